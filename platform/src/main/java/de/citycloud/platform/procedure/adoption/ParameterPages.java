package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.adoption.Setting.Kind;
import de.citycloud.platform.procedure.exchange.PackageStore;
import de.citycloud.platform.procedure.pack.Parameter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** For staff: one value of a procedure, with the days from which it is valid. */
@Controller
@RequestMapping("/{municipality}/procedures/adopted/{key}/parameters/{parameter}")
class ParameterPages {
  private final Municipalities municipalities;
  private final Adoptions adoptions;
  private final AdoptionStore store;
  private final PackageStore packages;

  ParameterPages(Municipalities municipalities, Adoptions adoptions, AdoptionStore store, PackageStore packages) {
    this.municipalities = municipalities;
    this.adoptions = adoptions;
    this.store = store;
    this.packages = packages;
  }

  /** A value that was set. @param from null if it always applies */
  record Set(@Nullable LocalDate from, LocalDate day, String value, String legalSource) {}

  @GetMapping
  ModelAndView page(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("parameter") String name, Locale language) {
    var parameter = get(key, name);
    var settings = store.settingsOf(key);
    var today = Setting.on(LocalDate.now(ShownValues.ZONE), settings, Kind.PARAMETER, name, Instant.now());
    var value = today.flatMap(setting -> Resolution.value(parameter, setting.value()))
        .or(() -> Optional.ofNullable(parameter.standard()));
    return view(slug, key, parameter, ParameterForm.of(parameter, value.orElse(null),
        today.map(Setting::legalSource).orElse(parameter.legalSource())), Map.of(), language);
  }

  private ModelAndView view(String slug, String key, Parameter parameter, ParameterForm form,
      Map<String, String> mistakes, Locale language) {
    var set = Setting.standing(store.settingsOf(key), Kind.PARAMETER, parameter.key(), Instant.now()).stream()
        .flatMap(each -> Resolution.value(parameter, each.value()).stream()
            .map(value -> new Set(each.isAlways() ? null : each.validFrom(), each.validFrom(),
                ShownValues.of(parameter, value, language), each.legalSource())))
        .toList();
    return new ModelAndView("procedure/parameter", Map.of("town", municipalities.getBySlug(slug), "key", key,
        "parameter", parameter, "form", form, "mistakes", mistakes, "set", set));
  }

  @PostMapping
  ModelAndView set(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("parameter") String name, @RequestParam Map<String, String> sent, Locale language) {
    var parameter = get(key, name);
    var form = ParameterForm.sent(parameter, sent);
    if (sent.containsKey("more")) {
      return view(slug, key, parameter, form.withMoreRows(parameter), Map.of(), language);
    }
    var read = form.read(parameter);
    if (!read.mistakes().isEmpty()) {
      var again = view(slug, key, parameter, form, ParameterForm.in(language, read.mistakes()), language);
      again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return again;
    }
    adoptions.set(key, Adoptions.setting(Kind.PARAMETER, name, read.from(), read.value(), form.legalSource(),
        Instant.now()));
    return back(slug, key, name);
  }

  /** Takes back what was set for a day. */
  @PostMapping("/remove")
  ModelAndView remove(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("parameter") String name, @Nullable String day) {
    var parameter = get(key, name);
    try {
      adoptions.set(key, Adoptions.setting(Kind.PARAMETER, parameter.key(),
          LocalDate.parse(Objects.requireNonNullElse(day, "")), null, "", Instant.now()));
    } catch (DateTimeException e) {
      throw new CityProblem("setting-not-found", HttpStatus.NOT_FOUND,
          "Nothing was set for this day, expected a day of the list.\nMaybe open the page again.");
    }
    return back(slug, key, name);
  }

  private ModelAndView back(String slug, String key, String name) {
    return new ModelAndView("redirect:/%s/procedures/adopted/%s/parameters/%s?set"
        .formatted(municipalities.getBySlug(slug).slug(), key, name));
  }

  /** Of the version in use or, if that lacks it, of the newest that has it. */
  private Parameter get(String key, String name) {
    var adoption = adoptions.get(key);
    var digests = new java.util.ArrayList<>(List.of(adoption.chosen()));
    packages.versionsOf(key).forEach(stored -> digests.add(stored.digest()));
    return digests.stream().map(packages::get).map(pack -> pack.parameters().get(name)).filter(Objects::nonNull)
        .findFirst().orElseThrow(() -> new CityProblem("parameter-not-found", HttpStatus.NOT_FOUND,
            "%s has no such parameter, expected one of its list.\nMaybe the version that has it is not here yet."
                .formatted(key)));
  }
}
