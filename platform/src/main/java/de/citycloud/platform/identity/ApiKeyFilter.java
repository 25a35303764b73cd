package de.citycloud.platform.identity;

import de.citycloud.platform.municipality.CurrentMunicipality;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Signs a machine in by {@code X-API-Key} or {@code Authorization: Bearer}. A key of another municipality than the
 * path's signs nobody in.
 */
class ApiKeyFilter extends OncePerRequestFilter {
  private final ApiKeys keys;

  ApiKeyFilter(ApiKeys keys) {
    this.keys = keys;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var municipality = CurrentMunicipality.find();
    if (municipality.isPresent()) {
      keyOf(request).flatMap(keys::verify).filter(key -> key.municipalityId() == municipality.get().id())
          .ifPresent(ApiKeyFilter::signIn);
    }
    chain.doFilter(request, response);
  }

  private static void signIn(ApiKey key) {
    List<SimpleGrantedAuthority> authorities = Arrays.stream(Scope.values()).filter(key.scope()::includes)
        .map(scope -> new SimpleGrantedAuthority(scope.authority())).toList();
    var context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated("key " + key.id(), null, authorities));
    SecurityContextHolder.setContext(context);
  }

  private static Optional<String> keyOf(HttpServletRequest request) {
    var header = request.getHeader("X-API-Key");
    if (header != null) {
      return Optional.of(header.strip());
    }
    var authorization = request.getHeader("Authorization");
    return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        ? Optional.of(authorization.substring(7).strip())
        : Optional.empty();
  }
}
