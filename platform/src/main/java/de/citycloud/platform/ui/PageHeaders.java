package de.citycloud.platform.ui;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What a browser may do with our answers: load from this host only, run no inline script, show us in no frame. Files
 * whose name carries the hash of their content never change and may be kept.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class PageHeaders extends OncePerRequestFilter {
  private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
      + "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
      + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  /** Swagger UI, which is not ours, writes this one style into its page. */
  private static final String SWAGGER_POLICY = POLICY.replace("style-src 'self'",
      "style-src 'self' 'unsafe-hashes' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='");
  private static final Pattern HASHED = Pattern.compile("/(ui|vendor)/.*-[0-9a-f]{32}\\.[a-z0-9]+");

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("Content-Security-Policy",
        request.getRequestURI().startsWith("/swagger-ui/") ? SWAGGER_POLICY : POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Permissions-Policy", "geolocation=(self), camera=(), microphone=(), payment=(), usb=()");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    chain.doFilter(request, HASHED.matcher(request.getRequestURI()).matches() ? new Kept(response) : response);
  }

  private static final class Kept extends HttpServletResponseWrapper {
    Kept(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void setHeader(String name, String value) {
      super.setHeader(name,
          "Cache-Control".equalsIgnoreCase(name) ? "public, max-age=31536000, immutable" : value);
    }
  }
}
