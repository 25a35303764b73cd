package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.ResolvedProcedure.OfficeInfo;
import de.citycloud.platform.procedure.exchange.Attempt;
import de.citycloud.platform.procedure.exchange.Origins;
import de.citycloud.platform.procedure.exchange.PackageStore;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.pack.Words;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** For staff: a procedure before it is adopted, with all pages of its form. */
@Controller
@RequestMapping("/{municipality}/procedures/catalogue/{digest}")
class PreviewPages {
  private final Municipalities municipalities;
  private final Adoptions adoptions;
  private final AdoptionStore store;
  private final Origins origins;
  private final PackageStore packages;
  private final ProcedureRules rules;

  PreviewPages(Municipalities municipalities, Adoptions adoptions, AdoptionStore store, Origins origins,
      PackageStore packages, ProcedureRules rules) {
    this.municipalities = municipalities;
    this.adoptions = adoptions;
    this.store = store;
    this.origins = origins;
    this.packages = packages;
    this.rules = rules;
  }

  /** A page of the form. */
  record Page(Field.Step step, List<Shown> fields) {}

  /** A field. @param options in order; empty if there is nothing to choose */
  record Shown(Field field, Map<String, Words> options) {}

  /** A section of the service page. @param html safe */
  record Section(String key, String html) {}

  @GetMapping
  ModelAndView preview(@PathVariable("municipality") String slug, @PathVariable("digest") String digest,
      @Nullable Long origin, Locale language) {
    var pack = origin == null || origin == 0 ? packages.get(digest) : origins.take(origin, digest);
    return page(slug, pack, origin, language);
  }

  private ModelAndView page(String slug, ProcedurePackage pack, @Nullable Long origin, Locale language) {
    var empty = Resolution.of(pack, 0, List.of(), office(slug), LocalDate.now(ShownValues.ZONE), Instant.now());
    var model = new HashMap<String, Object>();
    model.put("town", municipalities.getBySlug(slug));
    model.put("pack", pack);
    model.put("origin", origin == null ? 0L : origin);
    model.put("from", origin == null || origin == 0 ? pack.manifest().maintainer() : origins.get(origin).name());
    model.put("adopted", store.find(pack.manifest().key()).isPresent());
    model.put("pages", pack.steps().stream().map(step -> new Page(step, step.fields().stream()
        .flatMap(key -> pack.field(key).stream()).map(field -> shown(empty.procedure(), field)).toList())).toList());
    model.put("sections", ProcedurePackage.SECTIONS.stream()
        .map(section -> new Section(section, rules.section(empty.procedure(), section, language, false)))
        .filter(section -> !section.html.isEmpty()).toList());
    return new ModelAndView("procedure/preview", model);
  }

  private Shown shown(ResolvedProcedure procedure, Field field) {
    return new Shown(field, field.options().isEmpty() && field.optionsFrom() == null
        ? Map.of()
        : rules.optionsOf(procedure, field));
  }

  @PostMapping
  ModelAndView adopt(@PathVariable("municipality") String slug, @PathVariable("digest") String digest,
      @Nullable Long origin, Locale language) {
    var from = origin == null || origin == 0 ? null : origin;
    var pack = from == null ? packages.get(digest) : origins.take(from, digest);
    return Attempt.of(() -> adoptions.adopt(pack, from, office(slug)),
        "/%s/procedures/adopted/%s".formatted(municipalities.getBySlug(slug).slug(), pack.manifest().key()),
        () -> page(slug, pack, origin, language));
  }

  /** An office to begin with; it has no address, so that nobody forgets to name the real one. */
  private OfficeInfo office(String slug) {
    return new OfficeInfo("own", municipalities.getBySlug(slug).name(), "", "", "", "");
  }
}
