package de.citycloud.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** With a trusted proxy set, nobody else on the network is served: their call came without TLS. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 12)
class ThroughTheProxy extends OncePerRequestFilter {
  private final boolean needed;

  ThroughTheProxy(Environment environment) {
    this.needed = !TransportSettings.proxies(environment).isEmpty();
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (needed && !request.isSecure() && !isThisComputer(request.getRemoteAddr())) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    chain.doFilter(request, response);
  }

  private static boolean isThisComputer(String address) {
    try {
      return InetAddress.ofLiteral(address.replaceFirst("%.*", "")).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
