package de.citycloud.platform.barrier;

import de.citycloud.platform.message.MailAddress;
import de.citycloud.platform.municipality.Municipalities;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** The form for reporting a barrier, in usual and in plain words; name and address are optional. */
@Controller
class BarrierPages {
  private static final String FORM = "barrier/form";

  private final Municipalities municipalities;
  private final BarrierReports reports;

  BarrierPages(Municipalities municipalities, BarrierReports reports) {
    this.municipalities = municipalities;
    this.reports = reports;
  }

  /** What the form sends. */
  record NewReport(@Nullable String page, @Nullable String problem, @Nullable String name, @Nullable String email) {}

  @GetMapping("/{municipality}/barrier")
  ModelAndView form(@PathVariable("municipality") String slug, @Nullable String page, CsrfToken formToken) {
    return empty(slug, page, "barrier", formToken);
  }

  @GetMapping("/{municipality}/barrier/plain")
  ModelAndView plainForm(@PathVariable("municipality") String slug, @Nullable String page, CsrfToken formToken) {
    return empty(slug, page, "barrier.plain", formToken);
  }

  private ModelAndView empty(String slug, @Nullable String page, String words, CsrfToken formToken) {
    formToken.getToken();
    var known = page == null || page.length() > 500 ? "" : page;
    return model(slug, words).addObject("newReport", new NewReport(known, "", "", ""));
  }

  private ModelAndView model(String slug, String words) {
    return new ModelAndView(FORM, Map.of("town", municipalities.getBySlug(slug), "words", words));
  }

  @PostMapping("/{municipality}/barrier")
  ModelAndView report(@PathVariable("municipality") String slug, @ModelAttribute("newReport") NewReport form,
      BindingResult errors, Locale language, CsrfToken formToken) {
    return take(slug, form, errors, language, "barrier", formToken);
  }

  @PostMapping("/{municipality}/barrier/plain")
  ModelAndView plainReport(@PathVariable("municipality") String slug, @ModelAttribute("newReport") NewReport form,
      BindingResult errors, Locale language, CsrfToken formToken) {
    return take(slug, form, errors, language, "barrier.plain", formToken);
  }

  private ModelAndView take(String slug, NewReport form, BindingResult errors, Locale language, String words,
      CsrfToken formToken) {
    formToken.getToken();
    var page = text(form.page);
    var problem = text(form.problem);
    var name = text(form.name);
    var email = text(form.email);
    if (page.length() > 500) {
      errors.rejectValue("page", "barrier.page.long");
    }
    if (problem.isEmpty() || problem.length() > 4_000) {
      errors.rejectValue("problem", words + ".problem.form");
    }
    if (name.length() > 200) {
      errors.rejectValue("name", "barrier.name.long");
    }
    if (!email.isEmpty() && !MailAddress.isValid(email)) {
      errors.rejectValue("email", words + ".email.form");
    }
    if (errors.hasErrors()) {
      var again = model(slug, words);
      again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return again;
    }
    reports.take(page, problem, name, email, language);
    return new ModelAndView("redirect:/" + slug + "/barrier/thanks" + (email.isEmpty() ? "" : "?answer"));
  }

  private static String text(@Nullable String sent) {
    return Objects.requireNonNullElse(sent, "").replace("\u0000", "").strip();
  }

  @GetMapping("/{municipality}/barrier/thanks")
  ModelAndView thanks(@PathVariable("municipality") String slug, @Nullable String answer) {
    return new ModelAndView("barrier/thanks", Map.of("town", municipalities.getBySlug(slug), "answer", answer != null));
  }
}
