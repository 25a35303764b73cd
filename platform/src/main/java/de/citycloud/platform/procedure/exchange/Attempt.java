package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.problem.CityProblem;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.web.servlet.ModelAndView;

/** What a form asks for, tried: it leads on, or back to its page with the problem on top. */
public final class Attempt {
  private Attempt() {}

  /** A problem as a page says it. @param details names and values, to find the place */
  public record Shown(String slug, List<String> details) {}

  /**
   * Tries {@code action}.
   *
   * @param target where it leads if all is well, from the root
   * @param page the page again, if not
   */
  public static ModelAndView of(Runnable action, String target, Supplier<ModelAndView> page) {
    try {
      action.run();
      return new ModelAndView("redirect:" + target);
    } catch (CityProblem e) {
      if (e.status().value() == 404) {
        throw e;
      }
      var again = page.get().addObject("problem", shown(e));
      again.setStatus(e.status());
      return again;
    }
  }

  /** As a page says it. */
  public static Shown shown(CityProblem problem) {
    return new Shown(problem.slug(), problem.details().values().stream()
        .flatMap(value -> value instanceof List<?> list ? list.stream() : java.util.stream.Stream.of(value))
        .map(String::valueOf).limit(20).toList());
  }
}
