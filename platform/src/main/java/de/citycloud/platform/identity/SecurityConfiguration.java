package de.citycloud.platform.identity;

import de.citycloud.platform.municipality.CurrentMunicipality;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/** Who may call what. Doors for machines keep no session; pages do. What nobody opened stays shut. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  /** Figures for the operator; they answer on the management port alone, which is bound to this computer. */
  @Bean
  @Order(0)
  SecurityFilterChain management(HttpSecurity http) throws Exception {
    return http.securityMatcher(EndpointRequest.toAnyEndpoint())
        .authorizeHttpRequests(calls -> calls.requestMatchers(HttpMethod.GET).permitAll().anyRequest().denyAll())
        .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.disable()).build();
  }

  /**
   * Doors for machines: {@link Routes} says which need a key. One filter instead of Spring's dozen: these doors know
   * neither sessions nor forms, and answer thousands of calls a second.
   */
  @Bean
  @Order(1)
  SecurityFilterChain machines(ApiKeys keys, Provider provider, OidcProperties oidc) {
    return new DefaultSecurityFilterChain(new OrRequestMatcher(Routes.DOORS.stream()
        .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher).toList()),
        new ApiKeyFilter(keys, provider, oidc));
  }

  /** Spring would time each filter of each call; what a call takes is measured as a whole. */
  @Bean
  SecurityObservationSettings noTimingOfFilters() {
    return SecurityObservationSettings.noObservations();
  }

  /** Pages: {@link Routes} says for whom each is. */
  @Bean
  @Order(2)
  SecurityFilterChain pages(HttpSecurity http, Sessions sessions, CsrfTokenRepository formTokens) throws Exception {
    return http.authorizeHttpRequests(SecurityConfiguration::askRoutes)
        .securityContext(context -> context.securityContextRepository(sessions))
        .csrf(csrf -> csrf.csrfTokenRepository(formTokens))
        .addFilterBefore(new FormTokenReady(), AuthorizationFilter.class)
        .exceptionHandling(refused -> refused.authenticationEntryPoint(SecurityConfiguration::askToSignIn)
            .accessDeniedHandler(new Refused()))
        .sessionManagement(management -> management.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .requestCache(cache -> cache.disable()).logout(logout -> logout.disable()).build();
  }

  private static void askRoutes(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry calls) {
    calls.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD).permitAll()
        .anyRequest().access((who, call) -> new AuthorizationDecision(Routes.audienceOf(call.getRequest())
            .filter(audience -> audience instanceof Audience.Public || audience.admits(who.get())).isPresent()));
  }

  static boolean isRead(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  private static void askToSignIn(HttpServletRequest request, HttpServletResponse response,
      AuthenticationException reason) throws IOException {
    var municipality = CurrentMunicipality.find();
    if (municipality.isEmpty() || Routes.audienceOf(request).isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.sendRedirect("/" + municipality.get().slug() + "/sign-in" + WayBack.query(request));
  }

  /** In a cookie rather than a session, so that visitors cost no memory; only pages with forms set it. */
  @Bean
  CsrfTokenRepository formTokens(@Value("${server.servlet.session.cookie.secure:false}") boolean secure) {
    var tokens = new CookieCsrfTokenRepository();
    // With the prefix, browsers take it from this very host alone, and over TLS alone.
    tokens.setCookieName(secure ? "__Host-city-form" : "city-form");
    tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax").path("/").secure(secure));
    return tokens;
  }

  /** Nobody signs in through Spring's own ways; without this bean a user with a password in the log would exist. */
  @Bean
  AuthenticationManager noOtherWayIn() {
    return authentication -> {
      throw new org.springframework.security.authentication.ProviderNotFoundException(
          "Sign in on the page of the municipality.");
    };
  }

  /** For those who are signed in every page may hold a form; its token must be there before the page is half sent. */
  private static final class FormTokenReady extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      if (Sessions.hasCookie(request)
          && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
        token.getToken();
      }
      chain.doFilter(request, response);
    }
  }
}
