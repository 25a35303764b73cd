package de.citycloud.platform.municipality;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Binds {@link CurrentMunicipality} from the first segment of the path, before sign-in and everything else. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class MunicipalityFilter extends OncePerRequestFilter {
  private final Municipalities municipalities;

  MunicipalityFilter(Municipalities municipalities) {
    this.municipalities = municipalities;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var path = request.getRequestURI();
    int end = path.indexOf('/', 1);
    var first = path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
    var municipality = municipalities.findBySlug(first);
    if (municipality.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    try {
      CurrentMunicipality.call(municipality.get(), () -> {
        chain.doFilter(request, response);
        return Boolean.TRUE;
      });
    } catch (IOException | ServletException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }
}
