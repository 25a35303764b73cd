package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.apply.Applications.Opened;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.rules.FieldError;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * One page of a form a topic. What is right is kept whenever somebody continues, also beside mistakes; what is wrong
 * stays in its field until the page is left.
 */
@Controller
@RequestMapping("/{municipality}/services/{key}/apply/{draft}")
class StepPages {
  private final Municipalities municipalities;
  private final Applications applications;
  private final ProcedureRules rules;
  private final Drafts drafts;
  private final SentFiles sentFiles;
  private final FieldViews views;
  private final PathCookies cookies;

  StepPages(Municipalities municipalities, Applications applications, ProcedureRules rules, Drafts drafts,
      SentFiles sentFiles, FieldViews views, PathCookies cookies) {
    this.municipalities = municipalities;
    this.applications = applications;
    this.rules = rules;
    this.drafts = drafts;
    this.sentFiles = sentFiles;
    this.views = views;
    this.cookies = cookies;
  }

  /** To the page where something is missing, else to the check of the answers. */
  @GetMapping
  String resume(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("draft") UUID id, HttpServletRequest request, Locale language) {
    var opened = applications.open(request, key, id);
    var gap = opened.draft().isSent()
        ? ""
        : applications.firstGap(opened.procedure(), opened.draft().answers(), language);
    return "redirect:" + (gap.isEmpty() ? page(slug, opened, "check") : step(slug, opened, gap));
  }

  @GetMapping("/{step}")
  ModelAndView form(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("draft") UUID id, @PathVariable("step") String stepKey, @Nullable String from,
      HttpServletRequest request, Locale language, CsrfToken formToken) {
    formToken.getToken();
    var opened = applications.open(request, key, id);
    var step = find(opened, stepKey);
    return opened.draft().isSent() || step.isEmpty()
        ? new ModelAndView("redirect:" + page(slug, opened, "check"))
        : show(slug, opened, step.get(), null, List.of(), "check".equals(from), language);
  }

  @PostMapping("/{step}")
  ModelAndView answer(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("draft") UUID id, @PathVariable("step") String stepKey, @Nullable String from,
      HttpServletRequest request, HttpServletResponse response, Locale language, CsrfToken formToken) {
    formToken.getToken();
    var opened = applications.openToKeep(request, key, id);
    var step = find(opened, stepKey);
    if (opened.draft().isSent() || step.isEmpty()) {
      return new ModelAndView("redirect:" + page(slug, opened, "check"));
    }
    var shown = rules.fieldsOf(opened.procedure(), step.get(), opened.draft().answers()).stream().map(Field::key)
        .toList();
    var sent = textsOf(request);
    var errors = new ArrayList<>(sentFiles.take(opened, shown, request, language));
    boolean stays = sent.containsKey("upload") || sent.containsKey("remove");
    var current = applications.openToKeep(request, key, id); // with the files that just came or went
    var before = withFiles(current);
    var reading = rules.read(current.procedure(), step.get(), before, sent, language);
    reading.errors().stream().filter(error -> shown.contains(error.field()) && !stays)
        .filter(error -> errors.stream().noneMatch(known -> known.field().equals(error.field())))
        .forEach(errors::add);
    var after = new LinkedHashMap<>(before);
    shown.stream().filter(field -> !isFile(current.procedure(), field)).forEach(after::remove);
    after.putAll(reading.values());
    drafts.keep(current.draft(), after);
    // The browser keeps the draft as long as we do: from now on again.
    cookies.secretOf(request, id).ifPresent(
        secret -> cookies.keepDraft(request, response, service(slug, current.procedure()), id, secret));
    AssuranceNeeded.check(current.procedure());
    if (!errors.isEmpty()) {
      var again = applications.open(request, key, id);
      var page = show(slug, again, step.get(), sent, errors, "check".equals(from), language);
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    boolean asksMore = rules.fieldsOf(current.procedure(), step.get(), after).stream()
        .anyMatch(field -> !shown.contains(field.key()));
    return new ModelAndView("redirect:" + (stays || asksMore
        ? step(slug, current, stepKey) + ("check".equals(from) ? "?from=check" : "")
        : next(slug, current, step.get(), after, "check".equals(from), language)));
  }

  /** Who came from the check goes back there, unless the new answer raised new questions. */
  private String next(String slug, Opened opened, Field.Step step, Map<String, Object> answers, boolean fromCheck,
      Locale language) {
    if (fromCheck) {
      var gap = applications.firstGap(opened.procedure(), answers, language);
      return gap.isEmpty() ? page(slug, opened, "check") : step(slug, opened, gap) + "?from=check";
    }
    var steps = applications.stepsOf(opened.procedure(), answers);
    int here = steps.indexOf(step);
    return here >= 0 && here + 1 < steps.size()
        ? step(slug, opened, steps.get(here + 1).key())
        : page(slug, opened, "check");
  }

  private Optional<Field.Step> find(Opened opened, String key) {
    return applications.stepsOf(opened.procedure(), opened.draft().answers()).stream()
        .filter(step -> step.key().equals(key)).findFirst();
  }

  private ModelAndView show(String slug, Opened opened, Field.Step step, @Nullable Map<String, List<String>> sent,
      List<FieldError> errors, boolean fromCheck, Locale language) {
    var procedure = opened.procedure();
    var answers = new HashMap<>(Visitor.known());
    answers.keySet().retainAll(procedure.pack().fields().keySet());
    answers.putAll(opened.draft().answers());
    var steps = applications.stepsOf(procedure, opened.draft().answers());
    int here = IntStream.range(0, steps.size()).filter(i -> steps.get(i).key().equals(step.key())).findFirst()
        .orElse(0);
    var back = fromCheck
        ? page(slug, opened, "check")
        : here == 0
            ? service(slug, procedure)
            : step(slug, opened, steps.get(here - 1).key());
    var fields = views.of(procedure, step, opened.draft(), answers, sent, errors, language);
    var intro = step.intro();
    return new ModelAndView("procedure-apply/step").addObject("town", municipalities.getBySlug(slug))
        .addObject("serviceName", procedure.pack().manifest().name().in(language))
        .addObject("stepTitle", applications.words(procedure, step.title(), language))
        .addObject("intro", intro == null ? "" : applications.words(procedure, intro, language))
        .addObject("fields", fields).addObject("wrong", fields.stream().filter(FieldView::isWrong).toList())
        .addObject("files", fields.stream().anyMatch(field -> field.type() == Field.Type.FILE))
        .addObject("number", here + 1).addObject("count", steps.size() + 1).addObject("back", back)
        .addObject("here", step(slug, opened, step.key())).addObject("saved", page(slug, opened, "saved"))
        .addObject("fromCheck", fromCheck).addObject("procedure", procedure)
        .addObject("uses", applications.usesOf(procedure,
            rules.fieldsOf(procedure, step, opened.draft().answers()), language));
  }

  /** What a form sent as text, without bytes that no text has; a name more than 50 times is nobody's answer. */
  private static Map<String, List<String>> textsOf(HttpServletRequest request) {
    var texts = new LinkedHashMap<String, List<String>>();
    request.getParameterMap().forEach((name, values) -> texts.put(name,
        java.util.Arrays.stream(values).limit(50).map(value -> value.replace("\u0000", "")).toList()));
    return texts;
  }

  /** The answers, with the files that are there as answers to their fields. */
  private static Map<String, Object> withFiles(Opened opened) {
    var answers = new LinkedHashMap<>(opened.draft().answers());
    opened.procedure().pack().fields().values().stream().filter(field -> field.type() == Field.Type.FILE)
        .forEach(field -> {
          var ids = opened.draft().filesOf(field.key()).stream().map(Draft.KeptFile::id).toList();
          if (ids.isEmpty()) {
            answers.remove(field.key());
          } else {
            answers.put(field.key(), ids);
          }
        });
    return answers;
  }

  private static boolean isFile(ResolvedProcedure procedure, String key) {
    return procedure.pack().field(key).filter(field -> field.type() == Field.Type.FILE).isPresent();
  }

  private static String service(String slug, ResolvedProcedure procedure) {
    return "/" + slug + "/services/" + procedure.key();
  }

  private static String step(String slug, Opened opened, String step) {
    return service(slug, opened.procedure()) + "/apply/" + opened.draft().id() + "/" + step;
  }

  private static String page(String slug, Opened opened, String page) {
    return service(slug, opened.procedure()) + "/" + page + "/" + opened.draft().id();
  }
}
