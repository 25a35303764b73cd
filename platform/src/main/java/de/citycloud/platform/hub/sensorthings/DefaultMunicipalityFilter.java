package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Plain {@code /v1.1/…} belongs to the default municipality; bound before sign-in, as for every other path. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 21)
class DefaultMunicipalityFilter extends OncePerRequestFilter {
  private final Municipalities municipalities;
  private final String slug;

  DefaultMunicipalityFilter(Municipalities municipalities, SensorThingsProperties properties) {
    this.municipalities = municipalities;
    this.slug = properties.defaultMunicipality();
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    var path = request.getRequestURI();
    return slug.isEmpty() || !(path.equals("/v1.1") || path.startsWith("/v1.1/"));
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var municipality = municipalities.findBySlug(slug);
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
}
