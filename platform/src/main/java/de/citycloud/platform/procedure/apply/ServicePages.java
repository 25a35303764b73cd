package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Manifest;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import de.citycloud.platform.ui.Navigation;
import de.citycloud.platform.ui.NavigationItem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The list of services, and the page from which each begins. */
@Controller
@RequestMapping("/{municipality}/services")
class ServicePages {
  private static final int LONGEST = 100;

  private final Municipalities municipalities;
  private final ServiceList services;
  private final Applications applications;
  private final ProcedureRules rules;
  private final Drafts drafts;
  private final PathCookies cookies;

  ServicePages(Municipalities municipalities, ServiceList services, Applications applications, ProcedureRules rules,
      Drafts drafts, PathCookies cookies) {
    this.municipalities = municipalities;
    this.services = services;
    this.applications = applications;
    this.rules = rules;
    this.drafts = drafts;
    this.cookies = cookies;
  }

  /** A section of the description as safe HTML. */
  record Section(String key, String html) {}

  @GetMapping
  ModelAndView list(@PathVariable("municipality") String slug,
      @RequestParam(name = "q", defaultValue = "") String question, Locale language) {
    var asked = question.strip();
    asked = asked.length() > LONGEST ? asked.substring(0, LONGEST) : asked;
    return page("procedure-apply/services", slug).addObject("asked", asked)
        .addObject("groups", services.find(asked, language));
  }

  @GetMapping("/{key}")
  ModelAndView service(@PathVariable("municipality") String slug, @PathVariable("key") String key, Locale language,
      HttpServletRequest request, CsrfToken formToken) {
    return describe(slug, key, false, language, request, formToken);
  }

  /** The same in plain German, where the procedure has it. */
  @GetMapping("/{key}/plain")
  ModelAndView plain(@PathVariable("municipality") String slug, @PathVariable("key") String key, Locale language,
      HttpServletRequest request, CsrfToken formToken) {
    return describe(slug, key, true, language, request, formToken);
  }

  private ModelAndView describe(String slug, String key, boolean plain, Locale language, HttpServletRequest request,
      CsrfToken formToken) {
    formToken.getToken();
    var procedure = applications.service(key);
    var manifest = procedure.pack().manifest();
    var words = plain ? Locale.GERMAN : language;
    var sections = ProcedurePackage.SECTIONS.stream()
        .map(section -> new Section(section, rules.section(procedure, section, words, plain)))
        .filter(section -> !section.html().isBlank()).toList();
    var page = page("procedure-apply/service", slug).addObject("procedure", procedure).addObject("manifest", manifest)
        .addObject("origin", nameOf(manifest))
        .addObject("office", procedure.office()).addObject("plain", plain).addObject("sections", sections)
        .addObject("serviceName", manifest.name().in(words)).addObject("summary", manifest.summary().in(words))
        .addObject("action", manifest.action().in(words)).addObject("hasPlain", hasPlain(procedure))
        .addObject("sure", Visitor.isSureEnough(procedure)).addObject("begun", begun(request, procedure));
    var processing = manifest.processing();
    if (processing != null) {
      page.addObject("processing", applications.period(processing, words));
    }
    return page;
  }

  /** Who maintains it, without the mail address; the key of the municipality if nobody is named. */
  private static String nameOf(Manifest manifest) {
    var name = manifest.maintainer().replaceFirst("\\s*<.*$", "").strip();
    return name.isEmpty() ? manifest.origin() : name;
  }

  private static boolean hasPlain(ResolvedProcedure procedure) {
    return procedure.pack().sections().values().stream().anyMatch(words -> words.plain() != null);
  }

  /** Drafts that this browser could go on with. */
  private List<Draft> begun(HttpServletRequest request, ResolvedProcedure procedure) {
    return cookies.draftsOf(request).stream()
        .flatMap(id -> drafts.find(id, procedure.key(), cookies.secretOf(request, id).orElse(null), Visitor.account(),
            procedure.pack()).stream())
        .filter(draft -> !draft.isSent() && !draft.answers().isEmpty()).limit(3).toList();
  }

  /** Begins an application; who must be known more surely goes to the sign-in first. */
  @PostMapping("/{key}/apply")
  String apply(@PathVariable("municipality") String slug, @PathVariable("key") String key, HttpServletRequest request,
      HttpServletResponse response) {
    var procedure = applications.service(key);
    var service = "/" + municipalities.getBySlug(slug).slug() + "/services/" + procedure.key();
    if (!Visitor.isSureEnough(procedure)) {
      return AssuranceNeeded.signIn(service, procedure.pack().manifest().assurance());
    }
    var begun = drafts.begin(procedure.key(), Visitor.account());
    cookies.keepDraft(request, response, service, begun.id(), begun.secret());
    return "redirect:" + service + "/apply/" + begun.id() + "/"
        + applications.stepsOf(procedure, Map.of()).getFirst().key();
  }

  /** Where people come who open the address of the form again. */
  @GetMapping("/{key}/apply")
  String toService(@PathVariable("municipality") String slug, @PathVariable("key") String key) {
    return "redirect:/" + municipalities.getBySlug(slug).slug() + "/services/" + applications.service(key).key();
  }

  private ModelAndView page(String view, String slug) {
    return new ModelAndView(view).addObject("town", municipalities.getBySlug(slug)).addObject("section",
        "services.area");
  }

  /** The area, and for people with an account the way to their cases. */
  @Component
  static class ServicesNavigation implements Navigation {
    @Override
    public List<NavigationItem> itemsFor(Municipality municipality) {
      var base = "/" + municipality.slug();
      return List.of(new NavigationItem(NavigationItem.Place.AREA, 20, "services.area", base + "/services"),
          new NavigationItem(NavigationItem.Place.AREA, 25, "cases.area", base + "/cases"),
          new NavigationItem(NavigationItem.Place.OPEN, 40, "verify.title", base + "/verify"));

    }
  }
}
