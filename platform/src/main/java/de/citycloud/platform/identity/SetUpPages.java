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

/** Where a set-up link leads: the first administrator chooses a name and a password. */
@Controller
@RequestMapping("/{municipality}/set-up")
class SetUpPages {
  private static final String FORM = "identity/set-up";

  private final Municipalities municipalities;
  private final SetUpLinks links;
  private final SetUp setUp;
  private final Sessions sessions;

  SetUpPages(Municipalities municipalities, SetUpLinks links, SetUp setUp, Sessions sessions) {
    this.municipalities = municipalities;
    this.links = links;
    this.setUp = setUp;
    this.sessions = sessions;
  }

  /** What the form sends. */
  record NewAccount(@Nullable String token, @Nullable String name, @Nullable String password,
      @Nullable String again) {}

  @GetMapping
  ModelAndView form(@PathVariable String municipality, @Nullable String token, CsrfToken formToken) {
    municipalities.getBySlug(municipality);
    if (token == null || !links.isValid(token)) {
      return ended();
    }
    formToken.getToken();
    return new ModelAndView(FORM, Map.of("newAccount", new NewAccount(token, "", "", ""), "valid", true));
  }

  @PostMapping
  ModelAndView create(@PathVariable String municipality, @ModelAttribute("newAccount") NewAccount form,
      BindingResult errors, HttpServletRequest request, HttpServletResponse response, CsrfToken formToken) {
    var town = municipalities.getBySlug(municipality);
    var token = Objects.requireNonNullElse(form.token, "");
    if (!links.isValid(token)) {
      return ended();
    }
    formToken.getToken();
    var name = Accounts.normalised(Objects.requireNonNullElse(form.name, ""));
    var password = Objects.requireNonNullElse(form.password, "");
    if (!Accounts.NAME.matcher(name).matches()) {
      errors.rejectValue("name", "account.name.form");
    }
    NewPassword.check(password, form.again, List.of(name, town.name(), town.slug()), errors);
    if (errors.hasErrors()) {
      return again();
    }
    return switch (setUp.complete(token, name, password)) {
      case SetUp.Outcome.Done(var account) -> {
        sessions.signIn(account, Factor.PASSWORD, Assurance.NONE, request, response);
        yield new ModelAndView("redirect:/" + municipality + "/account");
      }
      case SetUp.Outcome.NameTaken() -> {
        errors.rejectValue("name", "account.name.taken");
        yield again();
      }
      case SetUp.Outcome.LinkEnded() -> ended();
    };
  }

  private static ModelAndView again() {
    return new ModelAndView(FORM, Map.of("valid", true), HttpStatus.UNPROCESSABLE_CONTENT);
  }

  private static ModelAndView ended() {
    return new ModelAndView(FORM, Map.of("newAccount", new NewAccount("", "", "", ""), "valid", false),
        HttpStatus.NOT_FOUND);
  }
}
