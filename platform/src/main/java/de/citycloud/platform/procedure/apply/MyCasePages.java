package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseStatus;
import de.citycloud.platform.procedure.casefile.CaseStatus.Action;
import de.citycloud.platform.procedure.casefile.CaseStatus.Document;
import de.citycloud.platform.procedure.casefile.CitizenCases;
import de.citycloud.platform.procedure.payment.Payments;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import de.citycloud.platform.ui.PagePdf;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Where a case stands, what is to do, what was written and decided. */
@Controller
@RequestMapping("/{municipality}/cases/{reference}")
class MyCasePages {
  private final Municipalities municipalities;
  private final MyCase myCase;
  private final CitizenCases cases;
  private final AnswerViews answerViews;
  private final PathCookies cookies;
  private final Payments payments;
  private final PagePdf pdf;

  MyCasePages(Municipalities municipalities, MyCase myCase, CitizenCases cases, AnswerViews answerViews,
      PathCookies cookies, Payments payments, PagePdf pdf) {
    this.municipalities = municipalities;
    this.myCase = myCase;
    this.cases = cases;
    this.answerViews = answerViews;
    this.cookies = cookies;
    this.payments = payments;
    this.pdf = pdf;
  }

  /** Who is not let in is asked for reference and code, whether or not there is such a case. */
  @GetMapping
  ModelAndView status(@PathVariable("municipality") String slug, @PathVariable("reference") String reference,
      @Nullable String done, HttpServletRequest request, HttpServletResponse response, Locale language,
      CsrfToken formToken) {
    formToken.getToken();
    return myCase.find(slug, reference, request, response)
        .map(status -> show(slug, status, language).addObject("done", known(done)))
        .orElseGet(() -> new ModelAndView("redirect:/" + municipalities.getBySlug(slug).slug() + "/cases"));
  }

  private static String known(@Nullable String done) {
    return done != null
        && List.of("written", "answered", "withdrawn", "objected", "objection-withdrawn", "unreachable").contains(done)
            ? done
            : "";
  }

  ModelAndView show(String slug, CaseStatus status, Locale language) {
    var manifest = status.procedure().pack().manifest();
    return new ModelAndView("procedure-apply/case").addObject("town", municipalities.getBySlug(slug))
        .addObject("status", status).addObject("can", status.may().stream().map(Enum::name).toList())
        .addObject("serviceName", manifest.name().in(language)).addObject("manifest", manifest)
        .addObject("office", status.procedure().office()).addObject("path", MyCase.path(slug, status.reference()))
        .addObject("groups", answerViews.groups(status.procedure(), status.answers(), List.of(), List.of(), language))
        .addObject("expectedBy", answerViews.date(status.expectedBy(), language))
        .addObject("informationUntil", answerViews.date(status.informationUntil(), language))
        .addObject("fee", answerViews.euros(status.fee(), language)).addObject("section", "cases.area")
        .addObject("trouble", status.may().contains(Action.PAY) ? payments.trouble(status.reference()) : "")
        .addObject("byCode", Visitor.account() == null).addObject("mistakes", Map.of()).addObject("done", "");
  }

  /** Closes the case in this browser. */
  @PostMapping("/leave")
  String leave(@PathVariable("municipality") String slug, @PathVariable("reference") String reference,
      HttpServletRequest request, HttpServletResponse response) {
    var status = myCase.get(slug, reference, request, response);
    cookies.forgetCase(response, MyCase.path(slug, status.reference()));
    return "redirect:/" + slug + "/cases";
  }

  @GetMapping("/documents/{id}")
  ResponseEntity<byte[]> document(@PathVariable("municipality") String slug,
      @PathVariable("reference") String reference, @PathVariable("id") long id, HttpServletRequest request,
      HttpServletResponse response) {
    var status = myCase.get(slug, reference, request, response);
    var document = status.documents().stream().filter(one -> one.id() == id).findFirst();
    var content = document.flatMap(one -> cases.content(status.reference(), one.id()));
    if (document.isEmpty() || content.isEmpty()) {
      throw new CityProblem("my-document-not-found", HttpStatus.NOT_FOUND,
          "This case has no such document.\nMaybe look at its list of documents again.");
    }
    return download(MediaType.parseMediaType(document.get().mediaType()), nameOf(document.get()), content.get());
  }

  private static String nameOf(Document document) {
    var ending = switch (document.mediaType()) {
      case "application/pdf" -> ".pdf";
      case "image/jpeg" -> ".jpg";
      case "image/png" -> ".png";
      default -> "";
    };
    return document.name().toLowerCase(Locale.ROOT).endsWith(ending) ? document.name() : document.name() + ending;
  }

  /** What was applied for, to keep. */
  @GetMapping("/application.pdf")
  ResponseEntity<byte[]> application(@PathVariable("municipality") String slug,
      @PathVariable("reference") String reference, HttpServletRequest request, HttpServletResponse response,
      Locale language) {
    var status = myCase.get(slug, reference, request, response);
    var files = status.documents().stream().filter(document -> !document.fromOffice()).map(Document::name).toList();
    var content = pdf.render("procedure-apply/application-pdf", language,
        Map.of("town", municipalities.getBySlug(slug), "serviceName",
            status.procedure().pack().manifest().name().in(language),
            "reference", status.reference().text(), "received",
            answerViews.date(ProcedureRules.local(status.receivedAt()).toLocalDate(), language),
            "groups", answerViews.groups(status.procedure(), status.answers(), List.of(), List.of(), language), "files",
            files, "fee", answerViews.euros(status.fee(), language), "free", status.fee().signum() == 0, "office",
            status.procedure().office()));
    return download(MediaType.APPLICATION_PDF, status.reference() + ".pdf", content);
  }

  private static ResponseEntity<byte[]> download(MediaType type, String name, byte[] content) {
    return ResponseEntity.ok().contentType(type)
        .header(HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString())
        .header(HttpHeaders.CACHE_CONTROL, "no-store").body(content);
  }

  /** Leads to where the fee is paid. */
  @PostMapping("/pay")
  String pay(@PathVariable("municipality") String slug, @PathVariable("reference") String reference,
      HttpServletRequest request, HttpServletResponse response, Locale language) {
    var status = myCase.get(slug, reference, request, response);
    var path = MyCase.path(slug, status.reference());
    if (!status.may().contains(Action.PAY)) {
      return "redirect:" + path;
    }
    try {
      return "redirect:"
          + payments.start(status.reference(), status.fee(), path + "/payment", language).orElse(path + "#payment");
    } catch (CityProblem e) {
      if (!e.slug().startsWith("payment-")) {
        throw e;
      }
      return "redirect:" + path + "?done=unreachable#payment";
    }
  }

  /** Takes an invoice in place of paying online. */
  @PostMapping("/invoice")
  String invoice(@PathVariable("municipality") String slug, @PathVariable("reference") String reference,
      HttpServletRequest request, HttpServletResponse response) {
    var status = myCase.get(slug, reference, request, response);
    if (status.may().contains(Action.PAY)) {
      payments.giveUp(status.reference());
    }
    return "redirect:" + MyCase.path(slug, status.reference()) + "#payment";
  }

  /** Where people come back to from the provider, whatever happened there. */
  @GetMapping("/payment")
  String paid(@PathVariable("municipality") String slug, @PathVariable("reference") String reference,
      HttpServletRequest request, HttpServletResponse response) {
    var status = myCase.get(slug, reference, request, response);
    payments.refresh(status.reference());
    return "redirect:" + MyCase.path(slug, status.reference()) + "#payment";
  }
}
