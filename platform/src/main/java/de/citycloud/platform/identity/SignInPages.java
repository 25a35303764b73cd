package de.citycloud.platform.identity;

import de.citycloud.platform.identity.Accounts.Account;
import de.citycloud.platform.identity.SignInAttempts.Outcome;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

/** Sign in, in one step or two, and sign out. */
@Controller
@RequestMapping("/{municipality}")
class SignInPages {
  private static final String FORM = "identity/sign-in";
  private static final String CODE = "identity/sign-in-code";
  /** Time between the password and the code. */
  private static final Duration STEP = Duration.ofMinutes(10);

  private final Municipalities municipalities;
  private final Accounts accounts;
  private final SecondFactors factors;
  private final Passkeys passkeys;
  private final SignInAttempts attempts;
  private final Sessions sessions;
  private final SecretBox box;
  private final OidcProperties oidc;

  SignInPages(Municipalities municipalities, Accounts accounts, SecondFactors factors, Passkeys passkeys,
      SignInAttempts attempts, Sessions sessions, SecretBox box, OidcProperties oidc) {
    this.municipalities = municipalities;
    this.accounts = accounts;
    this.factors = factors;
    this.passkeys = passkeys;
    this.attempts = attempts;
    this.sessions = sessions;
    this.box = box;
    this.oidc = oidc;
  }

  /** What the form sends; ticket and credential if the browser was asked for a passkey instead. */
  record SignIn(@Nullable String name, @Nullable String password, @Nullable String next, @Nullable String ticket,
      @Nullable String credential) {}

  /** What the second form sends; the step is ours, sealed, and says whose password was right. */
  record SignInCode(@Nullable String step, @Nullable String code, @Nullable String next) {}

  @GetMapping("/sign-in")
  ModelAndView form(@PathVariable String municipality, @Nullable String next, @Nullable String level,
      HttpServletRequest request, CsrfToken formToken) {
    municipalities.getBySlug(municipality);
    formToken.getToken();
    return page(request, HttpStatus.OK).addObject("signIn", new SignIn("", "", next, "", "")).addObject("level", level);
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
      return page(request, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (attempts.attempt(name, request.getRemoteAddr(), () -> accounts.verify(name, password))) {
      case Outcome.Welcome<Account>(var account) when account.hasSecondFactor() -> codePage(request, HttpStatus.OK)
          .addObject("signInCode", new SignInCode(step(account), "", form.next)).addObject("codes", account.codes());
      case Outcome.Welcome<Account>(var account) -> {
        sessions.signIn(account.id(), Factor.PASSWORD, Assurance.NONE, request, response);
        yield onward(municipality, form.next);
      }
      case Outcome.Wrong<Account>() -> {
        errors.reject("account.sign-in.wrong");
        yield page(request, HttpStatus.UNPROCESSABLE_CONTENT);
      }
      case Outcome.TooMany<Account>() -> tooMany(errors, response, page(request, HttpStatus.TOO_MANY_REQUESTS));
    };
  }

  @PostMapping("/sign-in/code")
  ModelAndView code(@PathVariable String municipality, @ModelAttribute("signInCode") SignInCode form,
      BindingResult errors, HttpServletRequest request, HttpServletResponse response, CsrfToken formToken) {
    int town = municipalities.getBySlug(municipality).id();
    formToken.getToken();
    var account = box.read(Objects.requireNonNullElse(form.step, ""), use(town))
        .flatMap(id -> accounts.find(Integer.parseInt(id))).filter(known -> !known.disabled());
    if (account.isEmpty()) {
      return new ModelAndView("redirect:" + "/" + municipality + "/sign-in");
    }
    var code = Objects.requireNonNullElse(form.code, "");
    if (code.isBlank() || code.length() > 40) {
      errors.rejectValue("code", "account.code.missing");
      return codePage(request, HttpStatus.UNPROCESSABLE_CONTENT).addObject("codes", account.get().codes());
    }
    return switch (attempts.attempt(account.get().name(), request.getRemoteAddr(),
        () -> Optional.of(account.get()).filter(known -> factors.use(known.id(), code)))) {
      case Outcome.Welcome<Account>(var known) -> {
        sessions.signIn(known.id(), Factor.CODE, Assurance.NONE, request, response);
        yield onward(municipality, form.next);
      }
      case Outcome.Wrong<Account>() -> {
        errors.rejectValue("code", "account.code.wrong");
        yield codePage(request, HttpStatus.UNPROCESSABLE_CONTENT).addObject("codes", account.get().codes());
      }
      case Outcome.TooMany<Account>() -> tooMany(errors, response,
          codePage(request, HttpStatus.TOO_MANY_REQUESTS).addObject("codes", account.get().codes()));
    };
  }

  @PostMapping("/sign-in/passkey")
  ModelAndView passkey(@PathVariable String municipality, @ModelAttribute("signIn") SignIn form,
      BindingResult errors, HttpServletRequest request, HttpServletResponse response, CsrfToken formToken) {
    municipalities.getBySlug(municipality);
    formToken.getToken();
    var account = passkeys.signIn(request, Objects.requireNonNullElse(form.ticket, ""),
        Objects.requireNonNullElse(form.credential, "")).flatMap(accounts::find).filter(known -> !known.disabled());
    if (account.isEmpty()) {
      errors.reject("account.passkey.wrong");
      return page(request, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    sessions.signIn(account.get().id(), Factor.PASSKEY, Assurance.NONE, request, response);
    return onward(municipality, form.next);
  }

  @PostMapping("/sign-out")
  String signOut(@PathVariable String municipality, HttpServletRequest request, HttpServletResponse response) {
    sessions.signOut(request, response);
    return "redirect:/" + municipalities.getBySlug(municipality).slug();
  }

  private static ModelAndView onward(String municipality, @Nullable String next) {
    return new ModelAndView("redirect:" + WayBack.of(municipality, next, "/account"));
  }

  private String step(Account account) {
    return box.note(Integer.toString(account.id()),
        use(CurrentMunicipality.get().id()), STEP);
  }

  private static String use(int municipality) {
    return "second step " + municipality;
  }

  private ModelAndView page(HttpServletRequest request, HttpStatus status) {
    return new ModelAndView(FORM, Map.of("provider", oidc.isOn()), status).addObject("passkey",
        passkeys.request(request));
  }

  private ModelAndView codePage(HttpServletRequest request, HttpStatus status) {
    return new ModelAndView(CODE, status).addObject("passkey", passkeys.request(request));
  }

  private static ModelAndView tooMany(BindingResult errors, HttpServletResponse response, ModelAndView page) {
    errors.reject("account.sign-in.too-many");
    response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(SignInAttempts.MINUTES * 60));
    return page;
  }
}
