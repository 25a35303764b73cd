package de.citycloud.platform.identity;

import de.citycloud.platform.municipality.CurrentMunicipality;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
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
      var way = somebody.flatMap(known -> wayOn(audience.get(), known, WayBack.query(request)));
      if (way.isPresent()) {
        response.sendRedirect("/" + CurrentMunicipality.get().slug() + way.get());
        return;
      }
    }
    new AccessDeniedHandlerImpl().handle(request, response, reason);
  }

  /**
   * Where {@code somebody} does what is missing, as a path below the municipality; empty if they may not go on at all.
   *
   * @param back from {@link WayBack#query}
   */
  static Optional<String> wayOn(Audience audience, SignedIn somebody, String back) {
    if (somebody.confined()) {
      return Optional.of("/account");
    }
    return switch (audience) {
      case Audience.NeedsPurpose(var permission, var purpose) when somebody.may(permission) ->
        Optional.of("/purpose" + back + "&purpose=" + purpose);
      case Audience.Assured(var level) when somebody.assurance().compareTo(level) < 0 ->
        Optional.of("/sign-in" + back + "&level=" + level.inStore());
      default -> Optional.empty();
    };
  }
}
