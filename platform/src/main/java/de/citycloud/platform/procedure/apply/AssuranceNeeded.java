package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.ResolvedProcedure;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** The service wants its applicants known more surely than the reader is: they sign in, and come back to their draft. */
final class AssuranceNeeded extends CityProblem {
  private static final long serialVersionUID = 1;

  private final String level;

  private AssuranceNeeded(String level) {
    super("assurance-needed", HttpStatus.FORBIDDEN,
        "This service needs a sign-in of the level %s.\nMaybe sign in again, then go on.".formatted(level));
    this.level = level;
  }

  /** @throws AssuranceNeeded unless the reader is known surely enough */
  static void check(ResolvedProcedure procedure) {
    if (!Visitor.isSureEnough(procedure)) {
      throw new AssuranceNeeded(procedure.pack().manifest().assurance());
    }
  }

  /** Where one signs in on that level and comes back to {@code next}. */
  static String signIn(String next, String level) {
    return "redirect:/%s/sign-in?next=%s&level=%s".formatted(CurrentMunicipality.get().slug(),
        URLEncoder.encode(next, StandardCharsets.UTF_8), level);
  }

  /** Sends people there in place of an error. */
  @ControllerAdvice(basePackageClasses = AssuranceNeeded.class)
  @Order(Ordered.HIGHEST_PRECEDENCE)
  static class ToSignIn {
    /** Every form of a draft is at the address of its page, but for that which discards it. */
    @ExceptionHandler
    String lead(AssuranceNeeded needed, HttpServletRequest request) {
      return signIn(request.getRequestURI().replaceFirst("/discard$", ""), needed.level);
    }
  }
}
