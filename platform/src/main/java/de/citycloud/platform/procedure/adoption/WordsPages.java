package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.ResolvedProcedure.OfficeInfo;
import de.citycloud.platform.procedure.adoption.Setting.Kind;
import de.citycloud.platform.procedure.exchange.PackageStore;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.pack.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.node.JsonNodeFactory;

/** For staff: texts of ours in place of those of a package, what we say besides, and our office. */
@Controller
@RequestMapping("/{municipality}/procedures/adopted/{key}")
class WordsPages {
  private static final int MOST = 8_000;

  private final Municipalities municipalities;
  private final Adoptions adoptions;
  private final AdoptionStore store;
  private final PackageStore packages;

  WordsPages(Municipalities municipalities, Adoptions adoptions, AdoptionStore store, PackageStore packages) {
    this.municipalities = municipalities;
    this.adoptions = adoptions;
    this.store = store;
    this.packages = packages;
  }

  /** A text and what we made of it. @param name as in a path @param key of its words for people; null for the key itself */
  record Line(String name, Kind kind, String key, @Nullable Words original, @Nullable Words ours) {}

  /** What the form of a text sends. */
  record TextForm(@Nullable String de, @Nullable String en, @Nullable String plain) {}

  /** What the form of the office sends. */
  record OfficeForm(@Nullable String key, @Nullable String name, @Nullable String address, @Nullable String phone,
      @Nullable String email, @Nullable String hours) {}

  @GetMapping("/texts")
  ModelAndView texts(@PathVariable("municipality") String slug, @PathVariable("key") String key) {
    return new ModelAndView("procedure/texts", Map.of("town", municipalities.getBySlug(slug), "key", key, "pack",
        pack(key), "lines", lines(key)));
  }

  private ProcedurePackage pack(String key) {
    return packages.get(adoptions.get(key).chosen());
  }

  private List<Line> lines(String key) {
    var pack = pack(key);
    var settings = store.settingsOf(key);
    var all = new ArrayList<Line>();
    pack.sections().forEach((section, words) -> all.add(line(settings, Kind.TEXT, "section." + section, words)));
    pack.texts().forEach((text, words) -> all.add(line(settings, Kind.TEXT, "text." + text, words)));
    ProcedurePackage.SECTIONS.forEach(section -> all.add(line(settings, Kind.ADDENDUM, section, null)));
    return all;
  }

  private static Line line(List<Setting> settings, Kind kind, String name, @Nullable Words original) {
    var ours = Setting.on(LocalDate.now(ShownValues.ZONE), settings, kind, name, Instant.now())
        .map(Setting::value).map(Resolution::words);
    return new Line(kind == Kind.ADDENDUM ? "addendum." + name : name, kind,
        kind == Kind.ADDENDUM ? name : name.substring(name.indexOf('.') + 1), original, ours.orElse(null));
  }

  private Line get(String key, String name) {
    return lines(key).stream().filter(line -> line.name.equals(name)).findFirst()
        .orElseThrow(() -> new CityProblem("text-not-found", HttpStatus.NOT_FOUND,
            "%s has no such text, expected one of its list.\nMaybe open the list again.".formatted(key)));
  }

  @GetMapping("/texts/{name}")
  ModelAndView text(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("name") String name) {
    var line = get(key, name);
    var words = Optional.ofNullable(line.ours);
    return text(slug, key, line).addObject("textForm", new TextForm(words.map(Words::de).orElse(""),
        words.map(Words::en).orElse(""), words.map(Words::plain).orElse("")));
  }

  private ModelAndView text(String slug, String key, Line line) {
    return new ModelAndView("procedure/text", Map.of("town", municipalities.getBySlug(slug), "key", key, "line", line));
  }

  /** Both languages, or none of them to take the text back. */
  @PostMapping("/texts/{name}")
  ModelAndView setText(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("name") String name, @ModelAttribute("textForm") TextForm form, BindingResult errors) {
    var line = get(key, name);
    var de = clean(form.de);
    var en = clean(form.en);
    var plain = clean(form.plain);
    boolean none = de.isEmpty() && en.isEmpty();
    if (!none && (de.isEmpty() || de.length() > MOST)) {
      errors.rejectValue("de", "adoption.text.form");
    }
    if (!none && (en.isEmpty() || en.length() > MOST)) {
      errors.rejectValue("en", "adoption.text.form");
    }
    if (plain.length() > MOST) {
      errors.rejectValue("plain", "adoption.text.form");
    }
    if (errors.hasErrors()) {
      var again = text(slug, key, line);
      again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return again;
    }
    var json = JsonNodeFactory.instance.objectNode().put("de", de).put("en", en);
    if (!plain.isEmpty()) {
      json.put("plain", plain);
    }
    adoptions.set(key, Adoptions.setting(line.kind, line.kind == Kind.ADDENDUM ? line.key : line.name, null,
        none ? null : json, "", Instant.now()));
    return new ModelAndView("redirect:/%s/procedures/adopted/%s/texts"
        .formatted(municipalities.getBySlug(slug).slug(), key));
  }

  @GetMapping("/office")
  ModelAndView office(@PathVariable("municipality") String slug, @PathVariable("key") String key) {
    var office = adoptions.get(key).office();
    return office(slug, adoptions.get(key)).addObject("officeForm", new OfficeForm(office.key(), office.name(),
        office.address(), office.phone(), office.email(), office.hours()));
  }

  private ModelAndView office(String slug, Adoption adoption) {
    return new ModelAndView("procedure/office", Map.of("town", municipalities.getBySlug(slug), "key", adoption.key(),
        "pack", packages.get(adoption.chosen())));
  }

  @PostMapping("/office")
  ModelAndView setOffice(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @ModelAttribute("officeForm") OfficeForm form, BindingResult errors) {
    var adoption = adoptions.get(key);
    var office = new OfficeInfo(clean(form.key), clean(form.name), clean(form.address), clean(form.phone),
        clean(form.email), clean(form.hours));
    if (!office.key().matches("[a-z][a-z0-9-]{1,39}")) {
      errors.rejectValue("key", "adoption.office.key.form");
    }
    reject(errors, "name", office.name(), 1, 200);
    reject(errors, "address", office.address(), 1, 500);
    reject(errors, "phone", office.phone(), 0, 60);
    reject(errors, "hours", office.hours(), 0, 500);
    if (office.email().length() > 254 || !office.email().isEmpty() && !office.email().matches("[^@\\s]+@[^@\\s]+")) {
      errors.rejectValue("email", "adoption.office.email.form");
    }
    if (errors.hasErrors()) {
      var again = office(slug, adoption);
      again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return again;
    }
    adoptions.office(key, office);
    return new ModelAndView("redirect:/%s/procedures/adopted/%s".formatted(municipalities.getBySlug(slug).slug(), key));
  }

  private static void reject(BindingResult errors, String field, String value, int least, int most) {
    if (value.length() < least || value.length() > most) {
      errors.rejectValue(field, "adoption.office." + field + ".form");
    }
  }

  private static String clean(@Nullable String sent) {
    return Objects.requireNonNullElse(sent, "").replace("\u0000", "").replace("\r\n", "\n").strip();
  }
}
