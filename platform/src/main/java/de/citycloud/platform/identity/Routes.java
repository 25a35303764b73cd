package de.citycloud.platform.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who may see which page: the one list to read in a review. What is not on it does not exist for anybody. A new page is
 * added here.
 */
final class Routes {
  /** For everybody, to read. */
  static final List<String> PUBLIC = List.of("/", "/error", "/errors/**", "/favicon.ico", "/robots.txt", "/ui/**",
      "/vendor/**", "/map/**", "/v3/api-docs", "/v3/api-docs/**", "/v3/api-docs.yaml", "/swagger-ui", "/swagger-ui/**",
      "/swagger-ui.html", "/webjars/**", "/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness",
      "/{municipality}", "/{municipality}/", "/{municipality}/map", "/{municipality}/map/**",
      "/{municipality}/things", "/{municipality}/things/**", "/{municipality}/datastreams/**", "/{municipality}/live",
      "/{municipality}/search", "/{municipality}/data", "/{municipality}/data/**", "/{municipality}/imprint",
      "/{municipality}/privacy", "/{municipality}/plain", "/{municipality}/accessibility", "/{municipality}/barrier", "/{municipality}/contact",
      "/{municipality}/licences", "/{municipality}/open-source", "/{municipality}/help", "/{municipality}/sign-in",
      "/{municipality}/set-up",
      "/{municipality}/demo/**");

  /** For everybody, to send. */
  static final List<String> PUBLIC_FORMS = List.of("/{municipality}/sign-in", "/{municipality}/sign-out",
      "/{municipality}/set-up");

  /** For those who are signed in, with the role they need. */
  static final List<Protected> PROTECTED = List.of(new Protected("/{municipality}/account", Role.STAFF),
      new Protected("/{municipality}/account/**", Role.STAFF), new Protected("/{municipality}/sources", Role.STAFF),
      new Protected("/{municipality}/sources/**", Role.STAFF),
      new Protected("/{municipality}/keys", Role.ADMINISTRATOR),
      new Protected("/{municipality}/keys/**", Role.ADMINISTRATOR));

  private static final List<RequestMatcher> READ = PUBLIC.stream()
      .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher).toList();
  private static final List<RequestMatcher> SENT = PUBLIC_FORMS.stream().<RequestMatcher>map(
      pattern -> PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, pattern)).toList();
  private static final List<Needs> NEEDED = PROTECTED.stream()
      .map(route -> new Needs(PathPatternRequestMatcher.withDefaults().matcher(route.pattern), route.role)).toList();

  private Routes() {}

  /** A page for the administration. */
  record Protected(String pattern, Role role) {}

  private record Needs(RequestMatcher matcher, Role role) {}

  /** True if everybody may make this call. */
  static boolean isPublic(HttpServletRequest request) {
    boolean reads = List.of("GET", "HEAD", "OPTIONS").contains(request.getMethod());
    return (reads ? READ : SENT).stream().anyMatch(matcher -> matcher.matches(request));
  }

  /** The role this call needs; empty if it is no page of the administration. */
  static Optional<Role> neededRole(HttpServletRequest request) {
    return NEEDED.stream().filter(route -> route.matcher.matches(request)).map(Needs::role).findFirst();
  }
}
