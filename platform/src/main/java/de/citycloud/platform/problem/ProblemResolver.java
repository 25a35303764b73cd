package de.citycloud.platform.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Turns whatever a handler throws into a problem, in one place. A module with an error form of its own (SensorThings)
 * has its own advice, which is asked first.
 */
@Component
class ProblemResolver implements HandlerExceptionResolver {
  private static final Logger log = LoggerFactory.getLogger(ProblemResolver.class);

  private final ProblemTeller teller;

  ProblemResolver(ProblemTeller teller) {
    this.teller = teller;
  }

  @Override
  public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
      @Nullable Object handler, Exception thrown) {
    if (thrown instanceof AccessDeniedException || thrown instanceof AuthenticationException) {
      return null; // Spring Security's: it knows whether to ask for a sign-in
    }
    if (response.isCommitted() || thrown instanceof IOException) {
      log.debug("The caller of {} went away: {}", request.getRequestURI(), thrown.toString());
      return new ModelAndView();
    }
    return teller.tell(request, response, ProblemFinder.find(thrown).orElseGet(() -> ownMistake(request, thrown)));
  }

  private static Problem ownMistake(HttpServletRequest request, Exception thrown) {
    var reference = UUID.randomUUID().toString().substring(0, 8);
    log.error("{} {} failed, reference {}", request.getMethod(), request.getRequestURI(), reference, thrown);
    return new Problem("internal-server-error", HttpStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong on our side.\nMaybe try again later; if you report it, name the reference %s."
            .formatted(reference));
  }
}
