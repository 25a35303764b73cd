package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.apply.Applications.Opened;
import de.citycloud.platform.procedure.apply.Draft.Receipt;
import de.citycloud.platform.procedure.casefile.CitizenCases;
import de.citycloud.platform.procedure.casefile.Submission;
import de.citycloud.platform.procedure.payment.Payments;
import de.citycloud.platform.procedure.rules.Assessment;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** All answers on one page, what it costs, and whether it is possible at all; then sending, and the confirmation. */
@Controller
@RequestMapping("/{municipality}/services/{key}")
class CheckPages {
  private final Municipalities municipalities;
  private final Applications applications;
  private final ProcedureRules rules;
  private final Drafts drafts;
  private final DraftFiles files;
  private final CitizenCases cases;
  private final Payments payments;
  private final AnswerViews answerViews;
  private final PathCookies cookies;

  CheckPages(Municipalities municipalities, Applications applications, ProcedureRules rules, Drafts drafts,
      DraftFiles files, CitizenCases cases, Payments payments, AnswerViews answerViews, PathCookies cookies) {
    this.municipalities = municipalities;
    this.applications = applications;
    this.rules = rules;
    this.drafts = drafts;
    this.files = files;
    this.cases = cases;
    this.payments = payments;
    this.answerViews = answerViews;
    this.cookies = cookies;
  }

  @GetMapping("/check/{draft}")
  ModelAndView check(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("draft") UUID id, HttpServletRequest request, Locale language, CsrfToken formToken) {
    formToken.getToken();
    var opened = applications.open(request, key, id);
    return opened.draft().isSent()
        ? new ModelAndView("redirect:" + path(slug, opened, "sent"))
        : show(slug, opened, "", language);
  }

  @PostMapping("/check/{draft}")
  ModelAndView send(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("draft") UUID id, @Nullable String pay, HttpServletRequest request, HttpServletResponse response,
      Locale language, CsrfToken formToken) {
    formToken.getToken();
    var opened = applications.open(request, key, id);
    if (opened.draft().isSent()) {
      return new ModelAndView("redirect:" + path(slug, opened, "sent"));
    }
    var procedure = opened.procedure();
    var answers = rules.onlyAsked(procedure, opened.draft().answers());
    var at = ProcedureRules.local(Applications.now());
    if (!rules.check(procedure, answers, language).isEmpty() || !rules.assess(procedure, answers, at).eligible()) {
      return again(show(slug, opened, "", language));
    }
    var assessment = rules.assess(procedure, answers, at);
    boolean choice = mayPayOnline(assessment);
    if (choice && !"online".equals(pay) && !"invoice".equals(pay)) {
      return again(show(slug, opened, "pay", language));
    }
    boolean online = choice && "online".equals(pay);
    var email = answers.get("email") instanceof String text && !text.isBlank() ? text : null;
    var receipt = cases.submit(new Submission(opened.draft().id(), procedure, answers,
        files.load(opened.draft(), fileIds(procedure, answers)), Submission.Channel.ONLINE, language,
        opened.draft().account(), email, online));
    drafts.markSent(opened.draft(), new Receipt(receipt.reference().text(), receipt.accessCode(), receipt.fee(), online,
        email, receipt.expectedBy()));
    cookies.keepCase(response, "/" + slug + "/cases/" + receipt.reference(), receipt.accessCode());
    return new ModelAndView("redirect:" + path(slug, opened, "sent"));
  }

  /** What to keep, what happens next, by when, whom to call. */
  @GetMapping("/sent/{draft}")
  ModelAndView sent(@PathVariable("municipality") String slug, @PathVariable("key") String key,
      @PathVariable("draft") UUID id, HttpServletRequest request, HttpServletResponse response, Locale language,
      CsrfToken formToken) {
    formToken.getToken();
    var opened = applications.open(request, key, id);
    var receipt = opened.draft().receipt();
    if (receipt == null) {
      return new ModelAndView("redirect:" + path(slug, opened, "check"));
    }
    cookies.keepCase(response, "/" + slug + "/cases/" + receipt.reference(), receipt.accessCode());
    var manifest = opened.procedure().pack().manifest();
    return new ModelAndView("procedure-apply/sent").addObject("town", municipalities.getBySlug(slug))
        .addObject("serviceName", manifest.name().in(language)).addObject("manifest", manifest)
        .addObject("receipt", receipt).addObject("office", opened.procedure().office())
        .addObject("own", opened.draft().account() != null)
        .addObject("expectedBy", answerViews.date(receipt.expectedBy(), language))
        .addObject("fee", answerViews.euros(receipt.fee(), language))
        .addObject("free", receipt.fee().signum() == 0);
  }

  private ModelAndView show(String slug, Opened opened, String mistake, Locale language) {
    var procedure = opened.procedure();
    var answers = rules.onlyAsked(procedure, opened.draft().answers());
    var errors = rules.check(procedure, answers, language);
    var page = new ModelAndView("procedure-apply/check").addObject("town", municipalities.getBySlug(slug))
        .addObject("serviceName", procedure.pack().manifest().name().in(language)).addObject("procedure", procedure)
        .addObject("groups", answerViews.groups(procedure, answers, opened.draft().files(), errors, language))
        .addObject("apply", "/" + slug + "/services/" + procedure.key() + "/apply/" + opened.draft().id())
        .addObject("gaps", errors).addObject("gapLinks", gapLinks(procedure, answers, errors))
        .addObject("mistake", mistake).addObject("here", path(slug, opened, "check"))
        .addObject("saved", path(slug, opened, "saved")).addObject("uses", applications.usesOf(procedure,
            applications.stepsOf(procedure, answers).stream()
                .flatMap(step -> rules.fieldsOf(procedure, step, answers).stream()).toList(),
            language));
    if (errors.isEmpty()) {
      addAssessment(page, procedure, rules.assess(procedure, answers, ProcedureRules.local(Applications.now())),
          language);
    }
    return page;
  }

  private void addAssessment(ModelAndView page, ResolvedProcedure procedure, Assessment assessment, Locale language) {
    page.addObject("eligible", assessment.eligible());
    page.addObject("fee", answerViews.euros(assessment.fee(), language));
    page.addObject("free", assessment.fee().signum() == 0);
    page.addObject("choice", mayPayOnline(assessment));
    page.addObject("reason", text(procedure, assessment.reason(), assessment, language));
    page.addObject("feeReason", text(procedure, assessment.feeReason(), assessment, language));
  }

  /** A text of ours, else of the package, with what the tables said; empty if there is none. */
  private String text(ResolvedProcedure procedure, @Nullable String key, Assessment assessment, Locale language) {
    if (key == null) {
      return "";
    }
    var words = procedure.ownTexts().getOrDefault("text." + key, procedure.pack().texts().get(key));
    return words == null ? "" : rules.text(procedure, words, assessment.values(), language);
  }

  private boolean mayPayOnline(Assessment assessment) {
    return assessment.fee().signum() > 0 && payments.isOffered();
  }

  /** The step in which a gap is filled, by field. */
  private Map<String, String> gapLinks(ResolvedProcedure procedure, Map<String, Object> answers,
      List<de.citycloud.platform.procedure.rules.FieldError> errors) {
    var links = new LinkedHashMap<String, String>();
    var steps = applications.stepsOf(procedure, answers);
    errors.forEach(error -> steps.stream().filter(step -> step.fields().contains(error.field())).findFirst()
        .ifPresent(step -> links.put(error.field(), step.key())));
    return links;
  }

  private static Set<String> fileIds(ResolvedProcedure procedure, Map<String, Object> answers) {
    var ids = new LinkedHashSet<String>();
    procedure.pack().fields().values().stream()
        .filter(field -> field.type() == de.citycloud.platform.procedure.pack.Field.Type.FILE)
        .forEach(field -> {
          if (answers.get(field.key()) instanceof List<?> list) {
            list.forEach(id -> ids.add(id.toString()));
          }
        });
    return ids;
  }

  private static ModelAndView again(ModelAndView page) {
    page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }

  private static String path(String slug, Opened opened, String page) {
    return "/" + slug + "/services/" + opened.procedure().key() + "/" + page + "/" + opened.draft().id();
  }
}
