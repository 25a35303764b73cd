package de.citycloud.platform.identity;

import de.citycloud.platform.identity.SignInAttempts.Outcome;
import de.citycloud.platform.municipality.Municipalities;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Sign in, sign out, and the page of one's own account. */
@Controller
@RequestMapping("/{municipality}")
class SignInPages {
  private static final String FORM = "identity/sign-in";
  private static final String ACCOUNT = "identity/account";
  /** Where one may be led after signing in: a path of this program, nothing that names another host. */
  private static final Pattern WAY_BACK = Pattern.compile("/[a-z0-9-]+(/[\\w.~-]+)*");

  private final Municipalities municipalities;
  private final Accounts accounts;
  private final SignInAttempts attempts;
  private final Sessions sessions;

  SignInPages(Municipalities municipalities, Accounts accounts, SignInAttempts attempts, Sessions sessions) {
    this.municipalities = municipalities;
    this.accounts = accounts;
    this.attempts = attempts;
    this.sessions = sessions;
  }

  /** What the form sends. */
  record SignIn(@Nullable String name, @Nullable String password, @Nullable String next) {}

  @GetMapping("/sign-in")
  ModelAndView form(@PathVariable String municipality, @Nullable String next, CsrfToken formToken) {
    municipalities.getBySlug(municipality);
    formToken.getToken();
    return new ModelAndView(FORM, "signIn", new SignIn("", "", next));
  }

  @PostMapping("/sign-in")
  ModelAndView signIn(@PathVariable String municipality, @ModelAttribute("signIn") SignIn form, BindingResult errors,
      HttpServletRequest request, HttpServletResponse response, CsrfToken formToken) {
    municipalities.getBySlug(municipality);
    formToken.getToken();
    var name = Objects.requireNonNullElse(form.name, "");
    var password = Objects.requireNonNullElse(form.password, "");
    if (name.isBlank()) {
      errors.rejectValue("name", "account.name.missing");
    }
    if (password.isEmpty()) {
      errors.rejectValue("password", "account.password.missing");
    }
    if (errors.hasErrors()) {
      return new ModelAndView(FORM, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (attempts.attempt(name, request.getRemoteAddr(), () -> accounts.verify(name, password))) {
      case Outcome.Welcome(var account) -> {
        sessions.signIn(account, request, response);
        yield new ModelAndView("redirect:" + wayBack(municipality, form.next));
      }
      case Outcome.Wrong() -> {
        errors.reject("account.sign-in.wrong");
        yield new ModelAndView(FORM, HttpStatus.UNPROCESSABLE_CONTENT);
      }
      case Outcome.TooMany() -> {
        errors.reject("account.sign-in.too-many");
        response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(SignInAttempts.MINUTES * 60));
        yield new ModelAndView(FORM, HttpStatus.TOO_MANY_REQUESTS);
      }
    };
  }

  @PostMapping("/sign-out")
  String signOut(@PathVariable String municipality, HttpServletRequest request, HttpServletResponse response) {
    sessions.signOut(request, response);
    return "redirect:/" + municipalities.getBySlug(municipality).slug();
  }

  @GetMapping("/account")
  ModelAndView account() {
    return new ModelAndView(ACCOUNT, Map.of("account", Sessions.current().orElseThrow()));
  }

  private static String wayBack(String municipality, @Nullable String next) {
    return next != null && next.startsWith("/" + municipality + "/") && WAY_BACK.matcher(next).matches()
        ? next
        : "/" + municipality + "/account";
  }
}
