package de.citycloud.platform.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Tells what went wrong outside of any handler: in a filter, at sign-in, in the server itself. */
@Controller
class ProblemErrorController implements ErrorController {
  private static final Logger log = LoggerFactory.getLogger(ProblemErrorController.class);

  private final ProblemTeller teller;

  ProblemErrorController(ProblemTeller teller) {
    this.teller = teller;
  }

  @RequestMapping("/error")
  ModelAndView error(HttpServletRequest request, HttpServletResponse response) {
    var thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    if (thrown instanceof Throwable cause) {
      var known = ProblemFinder.find(cause.getCause() == null ? cause : cause.getCause())
          .or(() -> ProblemFinder.find(cause));
      if (known.isPresent()) {
        return teller.tell(request, response, known.get());
      }
      log.error("{} failed outside of a handler", request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), cause);
    }
    // Called directly there is no error: then nothing is here.
    int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
        ? code
        : HttpStatus.NOT_FOUND.value();
    return teller.tell(request, response,
        new Problem(ProblemFinder.slugOf(status), HttpStatus.valueOf(status), detailOf(status, request)));
  }

  private static String detailOf(int status, HttpServletRequest request) {
    return switch (status) {
      case 401 -> "No valid key or sign-in came with the call, expected one.\n"
          + "Maybe send the header X-API-Key with a key of this municipality.";
      case 403 -> "This sign-in or key may not do that, expected one with a wider scope.\n"
          + "Maybe a form was open too long; then load it again.";
      case 404 -> "Nothing is known at %s.\nMaybe it has a typing error."
          .formatted(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
      case 413 -> "The body is larger than this door takes.\nMaybe send it in parts.";
      default -> status < 500
          ? "The call cannot be understood.\nMaybe its address or headers are malformed."
          : "Something went wrong on our side.\nMaybe try again later.";
    };
  }
}
