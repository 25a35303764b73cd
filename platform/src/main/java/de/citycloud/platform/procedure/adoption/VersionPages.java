package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.exchange.Attempt;
import de.citycloud.platform.procedure.exchange.Origins;
import de.citycloud.platform.procedure.exchange.PackageStore;
import de.citycloud.platform.procedure.pack.PackageDiff;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** For staff: what another version changes for us, and from when it applies. Going back is the same page. */
@Controller
@RequestMapping("/{municipality}/procedures/adopted/{key}/versions")
class VersionPages {
  private final Municipalities municipalities;
  private final Adoptions adoptions;
  private final Overview overview;
  private final Origins origins;
  private final PackageStore packages;

  VersionPages(Municipalities municipalities, Adoptions adoptions, Overview overview, Origins origins,
      PackageStore packages) {
    this.municipalities = municipalities;
    this.adoptions = adoptions;
    this.overview = overview;
    this.origins = origins;
    this.packages = packages;
  }

  /** Fetches a version of the origin and checks its signature. */
  @PostMapping
  ModelAndView fetch(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @Nullable String digest) {
    var adoption = adoptions.get(key);
    var wanted = Objects.requireNonNullElse(digest, "");
    var origin = overview.originOf(adoption);
    if (origin.isPresent() && packages.find(wanted).isEmpty()) {
      try {
        origins.take(origin.get().id(), wanted);
      } catch (CityProblem e) {
        var view = new ModelAndView("procedure/refused", java.util.Map.of("town", municipalities.getBySlug(slug), "key",
            key, "problem", Attempt.shown(e), "words", String.valueOf(e.getMessage())));
        view.setStatus(e.status());
        return view;
      }
    }
    return new ModelAndView("redirect:" + path(slug, key) + "/versions/" + packages.get(wanted).digest());
  }

  @GetMapping("/{digest}")
  ModelAndView version(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("digest") String digest) {
    var adoption = adoptions.get(key);
    var row = overview.row(adoption);
    var next = packages.find(digest).filter(pack -> pack.manifest().key().equals(key)).orElseThrow(
        () -> new CityProblem("package-not-found", HttpStatus.NOT_FOUND,
            "There is no such version of %s here, expected one of its list.\nMaybe fetch it first.".formatted(key)));
    var spans = overview.spans(key);
    var running = spans.stream().filter(Overview.Span::running).map(Overview.Span::digest).filter(Objects::nonNull)
        .findFirst();
    var resolution = adoptions.look(key, next, LocalDate.now(ShownValues.ZONE));
    var model = new HashMap<String, Object>();
    model.put("town", municipalities.getBySlug(slug));
    model.put("row", row);
    model.put("next", next);
    model.put("missing", resolution.missing());
    model.put("examples", adoptions.examples(resolution));
    model.put("differences",
        running.map(packages::get).map(now -> PackageDiff.between(now, next).differences()).orElse(List.of()));
    running.map(packages::get).ifPresent(now -> model.put("now", now));
    model.put("older", running.map(packages::get)
        .filter(now -> now.manifest().version().compareTo(next.manifest().version()) > 0).isPresent());
    model.put("officeMissing", adoption.office().address().isBlank());
    overview.versions(adoption).stream().filter(each -> each.digest().equals(digest) && each.withdrawn() != null)
        .findFirst().ifPresent(known -> model.put("withdrawn", known.withdrawn()));
    return new ModelAndView("procedure/version", model);
  }

  /** Offers it from the start of a day in Berlin, or from now on. */
  @PostMapping("/{digest}")
  ModelAndView activate(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("digest") String digest, @Nullable String start, @Nullable String day, @Nullable String month,
      @Nullable String year) {
    @Nullable
    Instant from = null;
    if ("day".equals(start)) {
      try {
        from = LocalDate.of(number(year), number(month), number(day)).atStartOfDay(ShownValues.ZONE).toInstant();
      } catch (DateTimeException | NumberFormatException e) {
        var again = version(slug, key, digest).addObject("wrongDay", true);
        again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return again;
      }
    }
    var chosen = from;
    return Attempt.of(() -> adoptions.activate(key, digest, chosen), path(slug, key),
        () -> version(slug, key, digest));
  }

  private static int number(@Nullable String typed) {
    var text = Objects.requireNonNullElse(typed, "").strip();
    if (text.length() > 4) {
      throw new NumberFormatException(text);
    }
    return Integer.parseInt(text);
  }

  private String path(String slug, String key) {
    return "/" + municipalities.getBySlug(slug).slug() + "/procedures/adopted/" + key;
  }
}
