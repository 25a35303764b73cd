package de.citycloud.platform.identity;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.problem.CityProblem;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Sign in at the identity provider: authorization code with PKCE, state and nonce. What must come back unchanged waits
 * in a sealed cookie of this browser; a state works once.
 */
@Controller
@RequestMapping("/{municipality}/sign-in/provider")
class ProviderPages {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderPages.class);
  private static final String COOKIE = "city-provider";
  private static final Duration VALID = Duration.ofMinutes(10);
  /** How old a sign-in at the provider may be that was asked for anew, in s: clocks differ. */
  private static final int FRESH_SECONDS = 180;

  private final OidcProperties properties;
  private final Provider provider;
  private final Municipalities municipalities;
  private final Accounts accounts;
  private final Sessions sessions;
  private final SecretBox box;
  private final SpentTokens spent;

  ProviderPages(OidcProperties properties, Provider provider, Municipalities municipalities, Accounts accounts,
      Sessions sessions, SecretBox box, SpentTokens spent) {
    this.properties = properties;
    this.provider = provider;
    this.municipalities = municipalities;
    this.accounts = accounts;
    this.sessions = sessions;
    this.box = box;
    this.spent = spent;
  }

  @GetMapping
  String leave(@PathVariable String municipality, @Nullable String next, @Nullable String level,
      HttpServletRequest request, HttpServletResponse response) {
    municipalities.getBySlug(municipality);
    if (!properties.isOn()) {
      throw new CityProblem("no-identity-provider", HttpStatus.NOT_FOUND,
          """
          No identity provider is set, expected one in city.oidc.issuer.
          Maybe sign in with a local account.\
          """);
    }
    var wanted = Arrays.stream(Assurance.values()).filter(known -> known.inStore().equals(level)).findFirst()
        .orElse(Assurance.NONE);
    var state = Tokens.random();
    var nonce = Tokens.random();
    var verifier = Tokens.random() + Tokens.random();
    var note = String.join(" ", state, nonce, verifier, wanted.name(), WayBack.of(municipality, next, "/account"));
    response.addHeader(HttpHeaders.SET_COOKIE, cookie(request, box.note(note, use(), VALID), VALID));
    return "redirect:" + request(request, state, nonce, verifier, wanted).getAuthorizationRequestUri();
  }

  @GetMapping("/callback")
  String comeBack(@PathVariable String municipality, @Nullable String code, @Nullable String state,
      HttpServletRequest request, HttpServletResponse response) {
    municipalities.getBySlug(municipality);
    var note = noteOf(request).flatMap(text -> box.read(text, use())).map(text -> text.split(" ", 5))
        .filter(parts -> parts.length == 5 && parts[0].equals(state));
    response.addHeader(HttpHeaders.SET_COOKIE, cookie(request, "", Duration.ZERO));
    if (!properties.isOn() || note.isEmpty() || code == null || !spent.spend(note.get()[0], VALID)) {
      throw refused("The answer of the provider belongs to no sign-in of this browser.");
    }
    var wanted = Assurance.valueOf(note.get()[3]);
    Jwt token;
    try {
      token = provider.exchange(request(request, note.get()[0], note.get()[1], note.get()[2], wanted), code,
          note.get()[0]);
    } catch (JwtException | AuthenticationException e) {
      LOG.warn("A sign-in at the provider failed: {}", e.getMessage());
      throw refused("The provider's answer is not good.");
    }
    if (!note.get()[1].equals(token.getClaimAsString("nonce"))) {
      throw refused("The provider's answer was made for another sign-in.");
    }
    var level = levelOf(token);
    if (level.compareTo(wanted) < 0 || wanted != Assurance.NONE && !isFresh(token)) {
      throw refused("The level of assurance is %s, expected %s, proven just now.".formatted(level, wanted));
    }
    var subject = Objects.requireNonNull(token.getSubject(), "the token was checked to have a subject");
    var account = accounts.ofProvider(String.valueOf(properties.issuer()), subject,
        Objects.requireNonNullElse(token.getClaimAsString(properties.nameClaim()), subject), level);
    if (account.disabled()) {
      throw refused("The account is locked.");
    }
    var roles = rolesOf(token);
    if (!properties.roles().isEmpty() && !roles.equals(account.roles())) {
      accounts.setRoles(account.id(), roles);
    }
    sessions.signIn(account.id(), Factor.PROVIDER, level, request, response);
    return "redirect:" + note.get()[4];
  }

  private OAuth2AuthorizationRequest request(HttpServletRequest request, String state, String nonce, String verifier,
      Assurance wanted) {
    var client = provider.client();
    var more = new java.util.LinkedHashMap<String, Object>(Map.of("nonce", nonce, "code_challenge",
        Base64.getUrlEncoder().withoutPadding().encodeToString(Tokens.hash(verifier)), "code_challenge_method",
        "S256"));
    if (wanted != Assurance.NONE) {
      more.put("acr_values", properties.levels().entrySet().stream().filter(entry -> entry.getValue() == wanted)
          .map(Map.Entry::getKey).sorted().findFirst().orElse(wanted.inStore()));
      more.put("max_age", "0");
    }
    return OAuth2AuthorizationRequest.authorizationCode().clientId(client.getClientId())
        .authorizationUri(String.valueOf(client.getProviderDetails().getAuthorizationUri()))
        .redirectUri(
            request.getRequestURL().toString().replaceFirst("/sign-in/provider.*$", "/sign-in/provider/callback"))
        .scopes(client.getScopes()).state(state).additionalParameters(more)
        .attributes(Map.of("code_verifier", verifier)).build();
  }

  private Assurance levelOf(Jwt token) {
    var said = Objects.requireNonNullElse(token.getClaimAsString(properties.levelClaim()), "");
    var mapped = properties.levels().get(said);
    return mapped != null
        ? mapped
        : Arrays.stream(Assurance.values()).filter(level -> level.inStore().equals(said)).findFirst()
            .orElse(Assurance.NONE);
  }

  private static boolean isFresh(Jwt token) {
    var at = token.getClaimAsInstant("auth_time");
    return at != null && at.isAfter(Instant.now().minusSeconds(FRESH_SECONDS));
  }

  private Set<Role> rolesOf(Jwt token) {
    var groups = Objects.requireNonNullElse(token.getClaimAsStringList(properties.groupsClaim()), List.<String>of());
    var roles = EnumSet.noneOf(Role.class);
    properties.roles().forEach((group, role) -> {
      if (groups.contains(group)) {
        roles.add(role);
      }
    });
    return roles;
  }

  private static CityProblem refused(String why) {
    return new CityProblem("sign-in-refused", HttpStatus.FORBIDDEN, why + """

                                                                          Maybe start again on the sign-in page.\
                                                                          """);
  }

  private static Optional<String> noteOf(HttpServletRequest request) {
    return request.getCookies() == null
        ? Optional.empty()
        : Arrays.stream(request.getCookies()).filter(cookie -> cookie.getName().equals(COOKIE)).map(Cookie::getValue)
            .filter(value -> value.length() < 2000).findFirst();
  }

  private static String cookie(HttpServletRequest request, String value, Duration age) {
    return ResponseCookie.from(COOKIE, value).path("/" + CurrentMunicipality.get().slug() + "/sign-in/provider")
        .httpOnly(true).secure(request.isSecure()).sameSite("Lax").maxAge(age).build().toString();
  }

  private static String use() {
    return "provider " + CurrentMunicipality.get().id();
  }
}
