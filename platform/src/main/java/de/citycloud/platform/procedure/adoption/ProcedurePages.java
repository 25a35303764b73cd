package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.procedure.adoption.Setting.Kind;
import de.citycloud.platform.procedure.exchange.PackageStore;
import de.citycloud.platform.procedure.pack.Parameter;
import de.citycloud.platform.ui.Navigation;
import de.citycloud.platform.ui.NavigationItem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** For staff: our procedures, and everything about one of them. */
@Controller
@RequestMapping("/{municipality}/procedures")
class ProcedurePages {
  private final Municipalities municipalities;
  private final Adoptions adoptions;
  private final AdoptionStore store;
  private final Overview overview;
  private final PackageStore packages;

  ProcedurePages(Municipalities municipalities, Adoptions adoptions, AdoptionStore store, Overview overview,
      PackageStore packages) {
    this.municipalities = municipalities;
    this.adoptions = adoptions;
    this.store = store;
    this.overview = overview;
    this.packages = packages;
  }

  /** One value of ours. @param now what applies today, in words; null if nothing is set @param later values that follow */
  record Value(Parameter parameter, @Nullable String now, boolean ours, String legalSource, List<Later> later) {}

  /** A value that follows. */
  record Later(LocalDate from, String value, String legalSource) {}

  @GetMapping("/adopted")
  ModelAndView list(@PathVariable("municipality") String slug) {
    return new ModelAndView("procedure/list", Map.of("town", municipalities.getBySlug(slug), "rows", overview.rows()));
  }

  @GetMapping("/adopted/{key}")
  ModelAndView procedure(@PathVariable("municipality") String slug, @PathVariable("key") String key, Locale language) {
    var adoption = adoptions.get(key);
    var spans = overview.spans(key);
    var versions = overview.versions(adoption);
    var row = overview.row(adoption, spans, versions);
    var digest = spans.stream().filter(Overview.Span::running).map(Overview.Span::digest).filter(Objects::nonNull)
        .findFirst().orElse(adoption.chosen());
    var pack = packages.get(digest);
    var model = new HashMap<String, Object>(Map.of("town", municipalities.getBySlug(slug), "row", row, "spans", spans,
        "versions", versions, "pack", pack, "office", adoption.office(), "values",
        values(key, pack.parameters().values().stream().toList(), language)));
    model.put("texts", store.settingsOf(key).stream().filter(each -> each.kind() != Kind.PARAMETER)
        .map(each -> each.kind() + each.name()).distinct().count());
    overview.originOf(adoption).ifPresent(origin -> model.put("origin", origin));
    return new ModelAndView("procedure/procedure", model);
  }

  private List<Value> values(String key, List<Parameter> parameters, Locale language) {
    var settings = store.settingsOf(key);
    var today = LocalDate.now(ShownValues.ZONE);
    var now = Instant.now();
    return parameters.stream().map(parameter -> {
      var set = Setting.on(today, settings, Kind.PARAMETER, parameter.key(), now);
      var ours = set.flatMap(setting -> Resolution.value(parameter, setting.value()));
      var value = ours.isPresent() ? ours.get() : parameter.standard();
      return new Value(parameter, value == null ? null : ShownValues.of(parameter, value, language), ours.isPresent(),
          set.map(Setting::legalSource).filter(source -> !source.isEmpty()).orElse(parameter.legalSource()),
          Setting.standing(settings, Kind.PARAMETER, parameter.key(), now).reversed().stream()
              .filter(each -> each.validFrom().isAfter(today))
              .flatMap(each -> Resolution.value(parameter, each.value()).stream()
                  .map(next -> new Later(each.validFrom(), ShownValues.of(parameter, next, language),
                      each.legalSource())))
              .toList());
    }).toList();
  }

  @PostMapping("/adopted/{key}/stop")
  ModelAndView stop(@PathVariable("municipality") String slug, @PathVariable("key") String key) {
    adoptions.stop(key);
    return new ModelAndView("redirect:" + path(slug, key));
  }

  @PostMapping("/adopted/{key}/activations/{id}/cancel")
  ModelAndView cancel(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("id") long id) {
    adoptions.cancel(key, id);
    return new ModelAndView("redirect:" + path(slug, key));
  }

  /** Words to the origin. */
  @PostMapping("/adopted/{key}/feedback")
  ModelAndView feedback(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @Nullable String words, Locale language) {
    var text = Objects.requireNonNullElse(words, "").replace("\u0000", "").strip();
    if (text.isEmpty() || text.length() > 2_000) {
      var again = procedure(slug, key, language).addObject("wrongWords", true).addObject("words", text);
      again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return again;
    }
    adoptions.tell(key, text);
    return new ModelAndView("redirect:" + path(slug, key) + "?told");
  }

  private String path(String slug, String key) {
    return "/" + municipalities.getBySlug(slug).slug() + "/procedures/adopted/" + adoptions.get(key).key();
  }

  /** The links for those who look after procedures. */
  @Component
  static class ProcedureNavigation implements Navigation {
    @Override
    public List<NavigationItem> itemsFor(Municipality municipality) {
      var somebody = SecurityContextHolder.getContext().getAuthentication();
      var root = "/" + municipality.slug() + "/procedures";
      return somebody != null && somebody.getAuthorities().stream()
          .anyMatch(authority -> "MAY_MANAGE_PROCEDURES".equals(authority.getAuthority()))
              ? List.of(new NavigationItem(NavigationItem.Place.STAFF, 40, "adoption.list", root + "/adopted"),
                  new NavigationItem(NavigationItem.Place.STAFF, 41, "exchange.catalogue", root + "/catalogue"),
                  new NavigationItem(NavigationItem.Place.STAFF, 42, "exchange.origins", root + "/origins"),
                  new NavigationItem(NavigationItem.Place.STAFF, 43, "exchange.publishing", root + "/publishing"))
              : List.of();
    }
  }
}
