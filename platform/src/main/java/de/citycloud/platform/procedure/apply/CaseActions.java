package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseStatus;
import de.citycloud.platform.procedure.casefile.CaseStatus.Action;
import de.citycloud.platform.procedure.casefile.CitizenCases;
import de.citycloud.platform.procedure.casefile.Submission.Attachment;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.ModelAndView;

/** What applicants do with a case: write, send what was asked for, withdraw, object. */
@Controller
@RequestMapping("/{municipality}/cases/{reference}")
class CaseActions {
  /** Characters of one message. */
  static final int LONGEST = 5_000;
  /** Files of one answer. */
  static final int MOST_FILES = 5;
  /** What is wrong with a file has words of its own; anything else is a problem of its own. */
  private static final Set<String> FILE_PROBLEMS = Set.of("upload-too-large", "upload-type", "upload-harmful",
      "too-many-files");

  private final Municipalities municipalities;
  private final MyCase myCase;
  private final MyCasePages pages;
  private final CitizenCases cases;
  private final DraftFiles files;

  CaseActions(Municipalities municipalities, MyCase myCase, MyCasePages pages, CitizenCases cases,
      DraftFiles files) {
    this.municipalities = municipalities;
    this.myCase = myCase;
    this.pages = pages;
    this.cases = cases;
    this.files = files;
  }

  @PostMapping("/messages")
  ModelAndView write(@PathVariable("municipality") String slug, @PathVariable("reference") String reference,
      @Nullable String text, HttpServletRequest request, HttpServletResponse response, Locale language,
      CsrfToken formToken) {
    formToken.getToken();
    var status = allowed(slug, reference, Action.WRITE, request, response);
    var words = clean(text);
    if (words.isEmpty() || words.length() > LONGEST) {
      return again(slug, status, "text", "cases.text.form", words, language);
    }
    cases.write(status.reference(), words);
    return done(slug, status, "written");
  }

  /** Words, files, or both. */
  @PostMapping("/answer")
  ModelAndView answer(@PathVariable("municipality") String slug, @PathVariable("reference") String reference,
      @Nullable String answer, HttpServletRequest request, HttpServletResponse response, Locale language,
      CsrfToken formToken) throws IOException {
    formToken.getToken();
    var status = allowed(slug, reference, Action.ANSWER, request, response);
    var words = clean(answer);
    var sent = request instanceof MultipartHttpServletRequest parts
        ? parts.getFiles("files").stream().filter(file -> !file.isEmpty()).toList()
        : List.<MultipartFile>of();
    if (words.length() > LONGEST || words.isEmpty() && sent.isEmpty()) {
      return again(slug, status, "answer", "cases.answer.form", words, language);
    }
    if (sent.size() > MOST_FILES) {
      return again(slug, status, "files", "apply.file.too-many-files", words, language);
    }
    var read = new ArrayList<Attachment>();
    try {
      for (var file : sent) {
        read.add(files.read(file));
      }
    } catch (CityProblem e) {
      if (!FILE_PROBLEMS.contains(e.slug())) {
        throw e;
      }
      return again(slug, status, "files", "apply.file." + e.slug(), words, language);
    }
    cases.answer(status.reference(), words, read);
    return done(slug, status, "answered");
  }

  /** Asks once more before the case ends. */
  @GetMapping("/withdrawal")
  ModelAndView askWithdrawal(@PathVariable("municipality") String slug, @PathVariable("reference") String reference,
      HttpServletRequest request, HttpServletResponse response, Locale language, CsrfToken formToken) {
    formToken.getToken();
    return ask("procedure-apply/withdrawal", slug, allowed(slug, reference, Action.WITHDRAW, request, response),
        language);
  }

  @PostMapping("/withdrawal")
  ModelAndView withdraw(@PathVariable("municipality") String slug, @PathVariable("reference") String reference,
      HttpServletRequest request, HttpServletResponse response) {
    var status = allowed(slug, reference, Action.WITHDRAW, request, response);
    cases.withdraw(status.reference());
    return done(slug, status, "withdrawn");
  }

  @GetMapping("/objection")
  ModelAndView askObjection(@PathVariable("municipality") String slug, @PathVariable("reference") String reference,
      HttpServletRequest request, HttpServletResponse response, Locale language, CsrfToken formToken) {
    formToken.getToken();
    return askObjection(slug, objectable(slug, reference, request, response), language);
  }

  private ModelAndView askObjection(String slug, CaseStatus status, Locale language) {
    return ask("procedure-apply/objection", slug, status, language).addObject("late",
        status.may().contains(Action.OBJECT_LATE));
  }

  /** Within its time, or late. */
  private CaseStatus objectable(String slug, String reference, HttpServletRequest request,
      HttpServletResponse response) {
    var status = myCase.get(slug, reference, request, response);
    return status.may().contains(Action.OBJECT_LATE) ? status : allowed(status, Action.OBJECT);
  }

  /** Reasons are welcome, not needed (§ 70 VwGO). */
  @PostMapping("/objection")
  ModelAndView object(@PathVariable("municipality") String slug, @PathVariable("reference") String reference,
      @Nullable String text, HttpServletRequest request, HttpServletResponse response, Locale language,
      CsrfToken formToken) {
    formToken.getToken();
    var status = objectable(slug, reference, request, response);
    var words = clean(text);
    if (words.length() > LONGEST) {
      var page = askObjection(slug, status, language).addObject("wrong", true).addObject("text", words);
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    cases.object(status.reference(), words);
    return done(slug, status, "objected");
  }

  /** Asks once more before an objection ends. */
  @GetMapping("/objection/withdrawal")
  ModelAndView askObjectionWithdrawal(@PathVariable("municipality") String slug,
      @PathVariable("reference") String reference, HttpServletRequest request, HttpServletResponse response,
      Locale language, CsrfToken formToken) {
    formToken.getToken();
    return ask("procedure-apply/objection-withdrawal", slug,
        allowed(slug, reference, Action.WITHDRAW_OBJECTION, request, response), language);
  }

  @PostMapping("/objection/withdrawal")
  ModelAndView withdrawObjection(@PathVariable("municipality") String slug,
      @PathVariable("reference") String reference, HttpServletRequest request, HttpServletResponse response) {
    var status = allowed(slug, reference, Action.WITHDRAW_OBJECTION, request, response);
    cases.withdrawObjection(status.reference());
    return done(slug, status, "objection-withdrawn");
  }

  /** @throws CityProblem {@code case-action} (409) if the case has moved on */
  private CaseStatus allowed(String slug, String reference, Action action, HttpServletRequest request,
      HttpServletResponse response) {
    return allowed(myCase.get(slug, reference, request, response), action);
  }

  private static CaseStatus allowed(CaseStatus status, Action action) {
    if (!status.may().contains(action)) {
      throw new CityProblem("case-action", HttpStatus.CONFLICT,
          """
          The case is in the state %s, in which %s is not possible.
          Maybe it has moved on meanwhile; open it again.""".formatted(status.state(), action));
    }
    return status;
  }

  private ModelAndView ask(String view, String slug, CaseStatus status, Locale language) {
    return new ModelAndView(view).addObject("town", municipalities.getBySlug(slug)).addObject("status", status)
        .addObject("serviceName", status.procedure().pack().manifest().name().in(language))
        .addObject("path", MyCase.path(slug, status.reference())).addObject("wrong", false).addObject("text", "");
  }

  private ModelAndView again(String slug, CaseStatus status, String field, String message, String words,
      Locale language) {
    var page = pages.show(slug, status, language).addObject("mistakes", Map.of(field, message))
        .addObject("typed", words.length() > 20_000 ? words.substring(0, 20_000) : words);
    page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }

  private static ModelAndView done(String slug, CaseStatus status, String what) {
    return new ModelAndView("redirect:" + MyCase.path(slug, status.reference()) + "?done=" + what);
  }

  private static String clean(@Nullable String text) {
    return Objects.requireNonNullElse(text, "").replace("\u0000", "").replace("\r\n", "\n").strip();
  }
}
