package de.citycloud.platform.web;

import de.citycloud.platform.guard.NetworkAddress;
import de.citycloud.platform.municipality.CurrentMunicipality;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 429 with Retry-After to an address that calls a limited route too often; see {@link RateRule}. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 25)
class RateLimit extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(RateLimit.class);
  private final Allowance allowance;

  RateLimit(Allowance allowance) {
    this.allowance = allowance;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var rule = RateRule.of(request.getMethod().equals("HEAD") ? "GET" : request.getMethod(), request.getRequestURI());
    if (rule.isPresent()) {
      long wait = secondsToWait(rule.get(), request);
      if (wait > 0) {
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
        response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
        return;
      }
    }
    chain.doFilter(request, response);
  }

  /** A store that does not answer refuses nobody here: the page itself will say so. */
  private long secondsToWait(RateRule rule, HttpServletRequest request) {
    var town = CurrentMunicipality.find().map(municipality -> municipality.slug()).orElse("-");
    try {
      return allowance.take(rule, town + " " + NetworkAddress.counted(request.getRemoteAddr()));
    } catch (RuntimeException e) {
      LOG.warn("Calls could not be counted: {}", e.getClass().getSimpleName());
      return 0;
    }
  }
}
