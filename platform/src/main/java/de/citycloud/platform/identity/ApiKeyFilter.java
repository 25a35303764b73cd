package de.citycloud.platform.identity;

import de.citycloud.platform.municipality.CurrentMunicipality;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The whole sign-in at the doors for machines, by {@code X-API-Key} or {@code Authorization: Bearer}. A key that is none,
 * has ended or was revoked is refused with 401, also where none was needed: its holder should know. A key of another
 * municipality may do here what everybody may.
 */
class ApiKeyFilter extends OncePerRequestFilter {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** What a key of each scope may do. */
  private static final Map<Scope, List<GrantedAuthority>> MAY = Arrays.stream(Scope.values())
      .collect(Collectors.toUnmodifiableMap(Function.identity(), scope -> Arrays.stream(Scope.values())
          .filter(scope::includes).<GrantedAuthority>map(each -> new SimpleGrantedAuthority(each.authority()))
          .toList()));

  private final ApiKeys keys;
  private final boolean readingIsOpen;

  /** @param readingIsOpen true if everybody may read; everything else needs a key with the scope write */
  ApiKeyFilter(ApiKeys keys, boolean readingIsOpen) {
    this.keys = keys;
    this.readingIsOpen = readingIsOpen;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache, no-store, max-age=0, must-revalidate");
    response.setHeader("X-Frame-Options", "DENY");
    var municipality = CurrentMunicipality.find();
    var text = keyOf(request);
    boolean signedIn = false;
    boolean mayWrite = false;
    if (municipality.isPresent() && text.isPresent()) {
      var key = keys.verify(text.get());
      if (key.isEmpty()) {
        refuse(response);
        return;
      }
      boolean here = key.get().municipalityId() == municipality.get().id();
      signedIn = true;
      mayWrite = here && key.get().scope().includes(Scope.WRITE);
      signIn(key.get(), here);
    }
    if (mayWrite || readingIsOpen && READING.contains(request.getMethod())) {
      chain.doFilter(request, response);
    } else if (signedIn) {
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

  private static void signIn(ApiKey key, boolean here) {
    var context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated("key " + key.id(), null,
            here ? MAY.getOrDefault(key.scope(), List.of()) : List.of()));
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
