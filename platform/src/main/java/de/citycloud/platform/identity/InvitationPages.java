package de.citycloud.platform.identity;

import de.citycloud.platform.municipality.Municipalities;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Where an invitation leads: its owner chooses a password. A second factor is asked for as at every sign-in. */
@Controller
@RequestMapping("/{municipality}/invitation")
class InvitationPages {
  private static final String FORM = "identity/invitation";

  private final Municipalities municipalities;
  private final Accounts accounts;
  private final Sessions sessions;

  InvitationPages(Municipalities municipalities, Accounts accounts, Sessions sessions) {
    this.municipalities = municipalities;
    this.accounts = accounts;
    this.sessions = sessions;
  }

  /** What the form sends. */
  record Choice(@Nullable String token, @Nullable String password, @Nullable String again) {}

  @GetMapping
  ModelAndView form(@PathVariable String municipality, @Nullable String token, CsrfToken formToken) {
    municipalities.getBySlug(municipality);
    formToken.getToken();
    var account = accounts.findByLink(Objects.requireNonNullElse(token, ""));
    return account.isEmpty()
        ? ended()
        : new ModelAndView(FORM, Map.of("choice", new Choice(token, "", ""), "invited", account.get().name()));
  }

  @PostMapping
  ModelAndView choose(@PathVariable String municipality, @ModelAttribute("choice") Choice form, BindingResult errors,
      HttpServletRequest request, HttpServletResponse response, CsrfToken formToken) {
    var town = municipalities.getBySlug(municipality);
    formToken.getToken();
    var token = Objects.requireNonNullElse(form.token, "");
    var invited = accounts.findByLink(token);
    if (invited.isEmpty()) {
      return ended();
    }
    NewPassword.check(form.password, form.again, List.of(invited.get().name(), town.name(), town.slug()), errors);
    if (errors.hasErrors()) {
      return new ModelAndView(FORM, Map.of("invited", invited.get().name()), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var account = accounts.redeem(token, Objects.requireNonNull(form.password));
    if (account.isEmpty()) {
      return ended();
    }
    if (account.get().hasSecondFactor()) {
      return new ModelAndView("redirect:/" + municipality + "/sign-in");
    }
    sessions.signIn(account.get().id(), Factor.PASSWORD, Assurance.NONE, request, response);
    return new ModelAndView("redirect:/" + municipality + "/account");
  }

  private static ModelAndView ended() {
    return new ModelAndView(FORM, Map.of("choice", new Choice("", "", ""), "invited", ""), HttpStatus.NOT_FOUND);
  }
}
