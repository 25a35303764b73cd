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
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Signs a machine in by {@code X-API-Key} or {@code Authorization: Bearer}. A key that is none, has ended or was revoked
 * is refused with 401, also where none was needed: its holder should know. A key of another municipality may do here
 * what everybody may. Where {@code city.oidc.audience} is set, a bearer token of the identity provider does the same.
 */
class ApiKeyFilter extends OncePerRequestFilter {
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
    var municipality = CurrentMunicipality.find();
    var text = keyOf(request);
    if (municipality.isPresent() && text.isPresent() && oidc.isOn() && oidc.audience() != null && text.get().indexOf('.') > 0) {
      try {
        signIn(provider.bearer(text.get()), municipality.get().slug());
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
      signIn(key.get(), key.get().municipalityId() == municipality.get().id());
    }
    chain.doFilter(request, response);
  }

  /** 401, as RFC 6750 wants it; the body follows in the form of the door. */
  static void refuse(HttpServletResponse response) throws IOException {
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

  /** The scopes {@code city.read}, {@code city.write}, {@code city.admin}, in the municipality the token names. */
  private static void signIn(Jwt token, String municipality) {
    var scopes = List.of(Objects.requireNonNullElse(token.getClaimAsString("scope"), "").split(" "));
    boolean here = municipality.equals(token.getClaimAsString("municipality"));
    var widest = Arrays.stream(Scope.values())
        .filter(scope -> here && scopes.contains("city." + scope.name().toLowerCase(java.util.Locale.ROOT)))
        .reduce((one, wider) -> wider);
    List<SimpleGrantedAuthority> authorities = Arrays.stream(Scope.values())
        .filter(scope -> widest.isPresent() && widest.get().includes(scope))
        .map(scope -> new SimpleGrantedAuthority(scope.authority())).toList();
    var context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated("client " + token.getSubject(), null,
        authorities));
    SecurityContextHolder.setContext(context);
  }

  private static void signIn(ApiKey key, boolean here) {
    List<SimpleGrantedAuthority> authorities = Arrays.stream(Scope.values())
        .filter(scope -> here && key.scope().includes(scope))
        .map(scope -> new SimpleGrantedAuthority(scope.authority())).toList();
    var context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(new Holder(key.id()), null, authorities));
    SecurityContextHolder.setContext(context);
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
