package de.citycloud.platform.identity;

import de.citycloud.platform.identity.SignInAttempts.Outcome;
import de.citycloud.platform.municipality.CurrentMunicipality;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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

/** One's own account: what it is, where it is signed in, and its password. */
@Controller
@RequestMapping("/{municipality}/account")
class AccountPages {
  private static final String PASSWORD = "identity/account-password";

  private final Accounts accounts;
  private final SessionStore sessions;
  private final SecondFactors factors;
  private final PasskeyStore passkeys;
  private final SignInAttempts attempts;

  AccountPages(Accounts accounts, SessionStore sessions, SecondFactors factors, PasskeyStore passkeys,
      SignInAttempts attempts) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.factors = factors;
    this.passkeys = passkeys;
    this.attempts = attempts;
  }

  /** What the form sends. */
  record ChangePassword(@Nullable String current, @Nullable String password, @Nullable String again) {}

  @GetMapping
  ModelAndView account(@Nullable String done) {
    var me = me();
    return new ModelAndView("identity/account", Map.of("account", me, "roles", me.roles().stream().sorted().toList(),
        "local", accounts.find(me.accountId()).orElseThrow().local(), "held", factors.of(me.accountId()), "passkeys",
        passkeys.listOf(me.accountId()), "sessions", sessions.listOf(me.accountId()), "done",
        Objects.requireNonNullElse(done, "")));
  }

  @GetMapping("/password")
  ModelAndView passwordForm() {
    return new ModelAndView(PASSWORD, "change", new ChangePassword("", "", ""));
  }

  /** The old password is asked for, and counted: an open computer is not enough. All other sessions end. */
  @PostMapping("/password")
  ModelAndView changePassword(@PathVariable String municipality, @ModelAttribute("change") ChangePassword form,
      BindingResult errors, HttpServletRequest request) {
    var me = me();
    var town = CurrentMunicipality.get();
    NewPassword.check(form.password, form.again, List.of(me.name(), town.name(), town.slug()), errors);
    var current = Objects.requireNonNullElse(form.current, "");
    if (current.isEmpty()) {
      errors.rejectValue("current", "account.password.current.missing");
    }
    if (errors.hasErrors()) {
      return new ModelAndView(PASSWORD, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (attempts.attempt(me.name(), request.getRemoteAddr(),
        () -> Optional.of(me).filter(known -> accounts.hasPassword(known.accountId(), current)))) {
      case Outcome.Welcome<SignedIn>(var known) -> {
        accounts.setPassword(known.accountId(), Objects.requireNonNull(form.password));
        sessions.endAll(known.accountId(), known.sessionId());
        yield new ModelAndView("redirect:/" + municipality + "/account?done=password");
      }
      case Outcome.Wrong<SignedIn>() -> {
        errors.rejectValue("current", "account.password.current.wrong");
        yield new ModelAndView(PASSWORD, HttpStatus.UNPROCESSABLE_CONTENT);
      }
      case Outcome.TooMany<SignedIn>() -> {
        errors.reject("account.sign-in.too-many");
        yield new ModelAndView(PASSWORD, HttpStatus.TOO_MANY_REQUESTS);
      }
    };
  }

  @PostMapping("/sessions/{id}/end")
  String endSession(@PathVariable String municipality, @PathVariable int id) {
    sessions.end(me().accountId(), id);
    return "redirect:/" + municipality + "/account?done=session";
  }

  @PostMapping("/sessions/end-others")
  String endOthers(@PathVariable String municipality) {
    sessions.endAll(me().accountId(), me().sessionId());
    return "redirect:/" + municipality + "/account?done=session";
  }

  static SignedIn me() {
    return Sessions.current().orElseThrow();
  }

  /** What is shown once must not be kept by the browser. */
  static void keepNothing(HttpServletResponse response) {
    response.setHeader(org.springframework.http.HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
