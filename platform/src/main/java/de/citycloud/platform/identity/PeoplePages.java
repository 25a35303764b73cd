package de.citycloud.platform.identity;

import de.citycloud.platform.identity.Accounts.Account;
import de.citycloud.platform.message.MailAddress;
import de.citycloud.platform.message.Messages;
import de.citycloud.platform.message.Text;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.problem.CityProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Everybody's accounts, for those who manage them: invite, give and take roles, lock, end sessions. Nobody changes their
 * own roles or locks themselves out here.
 */
@Controller
@RequestMapping("/{municipality}/people")
class PeoplePages {
  private static final String LIST = "identity/people";
  private static final String INVITE = "identity/people-invite";
  private static final String ONE = "identity/person";

  private final Accounts accounts;
  private final SessionStore sessions;
  private final SecondFactors factors;
  private final Messages messages;
  private final IdentityProperties properties;

  PeoplePages(Accounts accounts, SessionStore sessions, SecondFactors factors, Messages messages,
      IdentityProperties properties) {
    this.messages = messages;
    this.properties = properties;
    this.accounts = accounts;
    this.sessions = sessions;
    this.factors = factors;
  }

  /** What the form sends. */
  record Invitation(@Nullable String name, @Nullable List<String> roles, @Nullable String email) {}

  @GetMapping
  ModelAndView list() {
    return new ModelAndView(LIST, Map.of("people", accounts.listAll(), "me", AccountPages.me().accountId()));
  }

  @GetMapping("/invite")
  ModelAndView inviteForm() {
    return new ModelAndView(INVITE, Map.of("invitation", new Invitation("", List.of(), ""), "known", Role.values()));
  }

  @PostMapping("/invite")
  ModelAndView invite(@ModelAttribute("invitation") Invitation form, BindingResult errors, HttpServletRequest request,
      HttpServletResponse response) {
    var name = Accounts.normalised(Objects.requireNonNullElse(form.name, ""));
    var roles = rolesOf(form.roles);
    if (!Accounts.NAME.matcher(name).matches()) {
      errors.rejectValue("name", "account.name.form");
    }
    if (roles.isEmpty() || roles.get().isEmpty()) {
      errors.rejectValue("roles", "people.roles.form");
    }
    var email = Objects.requireNonNullElse(form.email, "").strip();
    if (!email.isEmpty() && !MailAddress.isValid(email)) {
      errors.rejectValue("email", "people.email.form");
    }
    Optional<Accounts.Link> link = errors.hasErrors() ? Optional.empty() : accounts.invite(name, roles.orElseThrow());
    if (link.isEmpty() && !errors.hasErrors()) {
      errors.rejectValue("name", "account.name.taken");
    }
    return link.isPresent()
        ? linkPage(name, link.get(), email, request, response)
        : new ModelAndView(INVITE, Map.of("known", Role.values()), HttpStatus.UNPROCESSABLE_CONTENT);
  }

  @GetMapping("/{id}")
  ModelAndView person(@PathVariable int id, @Nullable String done) {
    return page(get(id), HttpStatus.OK).addObject("done", Objects.requireNonNullElse(done, ""));
  }

  @PostMapping("/{id}/roles")
  ModelAndView setRoles(@PathVariable String municipality, @PathVariable int id,
      @RequestParam(required = false) List<String> roles) {
    var account = notMyself(id);
    var wanted = rolesOf(roles);
    if (wanted.isEmpty()) {
      return page(account, HttpStatus.UNPROCESSABLE_CONTENT).addObject("done", "");
    }
    accounts.setRoles(id, wanted.get());
    return back(municipality, id, "roles");
  }

  @PostMapping("/{id}/link")
  ModelAndView newLink(@PathVariable int id, HttpServletRequest request, HttpServletResponse response) {
    var account = notMyself(id);
    if (!account.local() || account.disabled()) {
      return page(account, HttpStatus.UNPROCESSABLE_CONTENT).addObject("done", "");
    }
    return linkPage(account.name(), accounts.newLink(id), "", request, response);
  }

  @PostMapping("/{id}/end-sessions")
  ModelAndView endSessions(@PathVariable String municipality, @PathVariable int id) {
    sessions.endAll(get(id).id(), 0);
    return back(municipality, id, "sessions");
  }

  @PostMapping("/{id}/second-factor/remove")
  ModelAndView removeSecondFactor(@PathVariable String municipality, @PathVariable int id) {
    factors.removeAll(notMyself(id).id());
    sessions.endAll(id, 0);
    return back(municipality, id, "factor");
  }

  @PostMapping("/{id}/disable")
  ModelAndView disable(@PathVariable String municipality, @PathVariable int id) {
    accounts.disable(notMyself(id).id(), true);
    return back(municipality, id, "disabled");
  }

  @PostMapping("/{id}/enable")
  ModelAndView enable(@PathVariable String municipality, @PathVariable int id) {
    accounts.disable(notMyself(id).id(), false);
    return back(municipality, id, "enabled");
  }

  private static ModelAndView back(String municipality, int id, String done) {
    return new ModelAndView("redirect:/" + municipality + "/people/" + id + "?done=" + done);
  }

  /** Sends the link if there is an address, and shows it once otherwise: nobody else needs to see it then. */
  private ModelAndView linkPage(String name, Accounts.Link link, String email, HttpServletRequest request,
      HttpServletResponse response) {
    AccountPages.keepNothing(response);
    // The address by which people know the program counts; the name in the request is what the caller says it is.
    var home = properties.origins().stream().sorted().findFirst()
        .orElseGet(() -> request.getRequestURL().toString().replaceFirst("(?<=[^/:])/.*$", ""));
    var days = Accounts.LINK_VALID.toDays();
    if (!email.isEmpty()) {
      messages.send(Person.ofAccount(link.account()), new MailAddress(email),
          new Text("invitation", LocaleContextHolder.getLocale(),
              List.of(CurrentMunicipality.get().name(), name, Long.toString(days)), home + link.path(),
              "account " + link.account()));
    }
    return new ModelAndView("identity/people-link",
        Map.of("invited", name, "link", email.isEmpty() ? home + link.path() : "", "to", email, "days", days));
  }

  private ModelAndView page(Account account, HttpStatus status) {
    return new ModelAndView(ONE, Map.of("person", account, "known", Role.values(), "sessions",
        sessions.listOf(account.id()), "myself", account.id() == AccountPages.me().accountId()), status);
  }

  private Account notMyself(int id) {
    if (id == AccountPages.me().accountId()) {
      throw new CityProblem("own-account", HttpStatus.CONFLICT,
          """
          Account %d is the one that is signed in, expected another: nobody locks themselves out.
          Maybe ask somebody else who manages accounts.\
          """.formatted(id));
    }
    return get(id);
  }

  private Account get(int id) {
    return accounts.find(id).orElseThrow(() -> new CityProblem("account-not-found", HttpStatus.NOT_FOUND,
        """
        There is no account %d in %s.
        Maybe it was deleted.\
        """.formatted(id, CurrentMunicipality.get().slug())));
  }

  /** Empty if one is unknown: a form of ours sends none. */
  private static Optional<Set<Role>> rolesOf(@Nullable List<String> names) {
    var given = names == null ? List.<String>of() : names;
    var roles = EnumSet.noneOf(Role.class);
    Stream.of(Role.values()).filter(role -> given.contains(role.name())).forEach(roles::add);
    return roles.size() == Set.copyOf(given).size() ? Optional.of(roles) : Optional.empty();
  }
}
