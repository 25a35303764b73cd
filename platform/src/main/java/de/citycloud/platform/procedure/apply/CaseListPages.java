package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.casefile.CaseReference;
import de.citycloud.platform.procedure.casefile.CitizenCases;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** The way to one's cases: by account, or by reference and access code; and the check of a document. */
@Controller
class CaseListPages {
  private final Municipalities municipalities;
  private final CitizenCases cases;
  private final Drafts drafts;
  private final Procedures procedures;
  private final PathCookies cookies;

  CaseListPages(Municipalities municipalities, CitizenCases cases, Drafts drafts, Procedures procedures,
      PathCookies cookies) {
    this.municipalities = municipalities;
    this.cases = cases;
    this.drafts = drafts;
    this.procedures = procedures;
    this.cookies = cookies;
  }

  /** An application that somebody with an account has not sent yet. */
  record OpenDraft(UUID id, String procedure, String name, Instant expiresAt) {}

  @GetMapping("/{municipality}/cases")
  ModelAndView list(@PathVariable("municipality") String slug, @Nullable String reference, Locale language,
      CsrfToken formToken) {
    formToken.getToken();
    return show(slug, reference == null || reference.length() > 40 ? "" : reference, false, language);
  }

  /** Wrong reference and wrong code get the same answer. */
  @PostMapping("/{municipality}/cases")
  ModelAndView open(@PathVariable("municipality") String slug, @Nullable String reference, @Nullable String code,
      HttpServletRequest request, HttpServletResponse response, Locale language, CsrfToken formToken) {
    formToken.getToken();
    var typed = Objects.requireNonNullElse(reference, "").strip();
    var secret = Objects.requireNonNullElse(code, "").strip();
    var found = secret.isEmpty() || secret.length() > 100 || typed.length() > 40
        ? java.util.Optional.<CaseReference>empty()
        : CaseReference.parse(typed)
            .filter(known -> cases.byCode(known, secret, request.getRemoteAddr()).isPresent());
    if (found.isEmpty()) {
      var again = show(slug, typed.length() > 40 ? "" : typed, true, language);
      again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return again;
    }
    cookies.keepCase(response, MyCase.path(slug, found.get()), secret);
    return new ModelAndView("redirect:" + MyCase.path(slug, found.get()));
  }

  private ModelAndView show(String slug, String reference, boolean wrong, Locale language) {
    var page = new ModelAndView("procedure-apply/cases").addObject("town", municipalities.getBySlug(slug))
        .addObject("reference", reference).addObject("wrong", wrong).addObject("section", "cases.area");
    var account = Visitor.account();
    if (account != null) {
      page.addObject("mine", cases.listOf(account)).addObject("drafts", draftsOf(account, language));
    }
    return page;
  }

  private List<OpenDraft> draftsOf(int account, Locale language) {
    return drafts.listOf(account).stream()
        .flatMap(draft -> procedures.find(draft.procedure(), Instant.now())
            .map(procedure -> new OpenDraft(draft.id(), draft.procedure(),
                procedure.pack().manifest().name().in(language), draft.expiresAt()))
            .stream())
        .toList();
  }

  @GetMapping("/{municipality}/verify")
  ModelAndView verify(@PathVariable("municipality") String slug, @Nullable String code, CsrfToken formToken) {
    formToken.getToken();
    return verified(slug, code == null || code.length() > 100 ? "" : code);
  }

  /** Says whether the city issued a document with this code, and nothing about persons. */
  @PostMapping("/{municipality}/verify")
  ModelAndView check(@PathVariable("municipality") String slug, @Nullable String code, CsrfToken formToken) {
    formToken.getToken();
    var typed = Objects.requireNonNullElse(code, "").strip();
    var page = verified(slug, typed.length() > 100 ? typed.substring(0, 100) : typed);
    if (typed.isEmpty() || typed.length() > 100) {
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page.addObject("wrong", true);
    }
    return page.addObject("asked", true).addObject("genuine", cases.verify(typed).orElse(null));
  }

  private ModelAndView verified(String slug, String code) {
    return new ModelAndView("procedure-apply/verify").addObject("town", municipalities.getBySlug(slug))
        .addObject("code", code).addObject("asked", false).addObject("wrong", false);
  }
}
