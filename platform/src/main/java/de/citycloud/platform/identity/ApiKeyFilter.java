package de.citycloud.platform.identity;

import de.citycloud.platform.audit.AuditActor;
import de.citycloud.platform.municipality.CurrentMunicipality;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The whole security of the doors for machines: signs in by {@code X-API-Key} or {@code Authorization: Bearer}, and lets
 * through whom {@link Routes} lets. A key that is none, has ended or was revoked is refused with 401, also where none was
 * needed: its holder should know. A key of another municipality may do here what everybody may. Where {@code
 * city.oidc.audience} is set, a bearer token of the identity provider does the same.
 */
class ApiKeyFilter extends OncePerRequestFilter {
  /** What a key of each scope may do. */
  private static final Map<Scope, List<GrantedAuthority>> MAY = Arrays.stream(Scope.values())
      .collect(Collectors.toUnmodifiableMap(Function.identity(), scope -> Arrays.stream(Scope.values())
          .filter(scope::includes).<GrantedAuthority>map(each -> new SimpleGrantedAuthority(each.authority()))
          .toList()));

  private final ApiKeys keys;
  private final Provider provider;
  private final OidcProperties oidc;

  ApiKeyFilter(ApiKeys keys, Provider provider, OidcProperties oidc) {
    this.keys = keys;
    this.provider = provider;
    this.oidc = oidc;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache, no-store, max-age=0, must-revalidate");
    response.setHeader("X-Frame-Options", "DENY");
    var municipality = CurrentMunicipality.find();
    var text = keyOf(request);
    @Nullable
    Authentication who = null;
    if (municipality.isPresent() && text.isPresent() && isToken(text.get())) {
      try {
        who = signIn(provider.bearer(text.get()), municipality.get().slug());
      } catch (JwtException e) {
        refuse(response);
        return;
      }
    } else if (municipality.isPresent() && text.isPresent()) {
      var key = keys.verify(text.get());
      if (key.isEmpty()) {
        refuse(response);
        return;
      }
      who = signIn(key.get(), key.get().municipalityId() == municipality.get().id());
    }
    var audience = Routes.audienceOf(request);
    if (audience.isPresent() && audience.get().admits(who)) {
      chain.doFilter(request, response);
    } else if (audience.isEmpty() && SecurityConfiguration.isRead(request)) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else if (who != null) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    } else {
      refuse(response);
    }
  }

  /** 401, as RFC 6750 wants it; the body follows in the form of the door. */
  private static void refuse(HttpServletResponse response) throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
  }

  /** Who holds a key, for those who ask for the principal. */
  private record Holder(int id) implements Principal, AuditActor.Known {
    @Override
    public String getName() {
      return "key " + id;
    }

    @Override
    public AuditActor actor() {
      return new AuditActor.Key(id);
    }
  }

  /** A key has no dot, a token two. */
  private boolean isToken(String text) {
    return oidc.isOn() && oidc.audience() != null && text.indexOf('.') > 0;
  }

  /** The scopes {@code city.read}, {@code city.write}, {@code city.admin}, in the municipality the token names. */
  private static Authentication signIn(Jwt token, String municipality) {
    var scopes = List.of(Objects.requireNonNullElse(token.getClaimAsString("scope"), "").split(" "));
    boolean here = municipality.equals(token.getClaimAsString("municipality"));
    var widest = Arrays.stream(Scope.values())
        .filter(scope -> here && scopes.contains("city." + scope.name().toLowerCase(Locale.ROOT)))
        .reduce((one, wider) -> wider);
    return signIn(UsernamePasswordAuthenticationToken.authenticated("client " + token.getSubject(), null,
        widest.map(scope -> MAY.getOrDefault(scope, List.of())).orElse(List.of())));
  }

  private static Authentication signIn(ApiKey key, boolean here) {
    return signIn(UsernamePasswordAuthenticationToken.authenticated(new Holder(key.id()), null,
        here ? MAY.getOrDefault(key.scope(), List.of()) : List.of()));
  }

  private static Authentication signIn(Authentication who) {
    var context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(who);
    SecurityContextHolder.setContext(context);
    return who;
  }

  private static Optional<String> keyOf(HttpServletRequest request) {
    var header = request.getHeader("X-API-Key");
    if (header != null) {
      return Optional.of(header.strip());
    }
    var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        ? Optional.of(authorization.substring(7).strip())
        : Optional.empty();
  }
}
