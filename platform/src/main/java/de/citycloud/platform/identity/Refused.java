package de.citycloud.platform.identity;

import de.citycloud.platform.municipality.CurrentMunicipality;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;

/** Somebody who is signed in may not go on: they are led to what is missing, or told that it is not for them. */
class Refused implements AccessDeniedHandler {
  @Override
  public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
      throws IOException, ServletException {
    var audience = Routes.audienceOf(request);
    var somebody = Sessions.current();
    if (SecurityConfiguration.isRead(request)) {
      if (audience.isEmpty()) {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
        return;
      }
      if (somebody.isPresent()) {
        var root = "/" + CurrentMunicipality.get().slug();
        if (somebody.get().confined()) {
          response.sendRedirect(root + "/account");
          return;
        }
        if (audience.get() instanceof Audience.NeedsPurpose(var permission, var purpose)
            && somebody.get().may(permission)) {
          response.sendRedirect(root + "/purpose" + WayBack.query(request) + "&purpose=" + purpose);
          return;
        }
        if (audience.get() instanceof Audience.Assured(var level) && somebody.get().assurance().compareTo(level) < 0) {
          response.sendRedirect(root + "/sign-in" + WayBack.query(request) + "&level=" + level.inStore());
          return;
        }
      }
    }
    new AccessDeniedHandlerImpl().handle(request, response, reason);
  }
}
