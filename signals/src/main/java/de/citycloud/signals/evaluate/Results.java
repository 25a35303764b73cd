package de.citycloud.signals.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Measurements as a table for people and as JSON. */
final class Results {
  private Results() {}

  /** Mean and worst seed of one strategy in one scenario. */
  static String summary(List<Measurement> all, String scenario, String controller) {
    var some = of(all, scenario, controller);
    double mean = some.stream().mapToDouble(Measurement::delay).average().orElse(0);
    double worst = some.stream().mapToDouble(Measurement::delay).max().orElse(0);
    return String.format(Locale.ROOT, "%-24s %-12s mean %.1f s, worst seed %.1f s (%.2f of the mean)", scenario,
        controller, mean, worst, worst / mean);
  }

  /** A Markdown table: one row for each scenario and strategy. */
  static String table(List<Measurement> all) {
    var rows = new StringBuilder(
        """
        | scenario | controller | delay s | worst seed | base s | event s | p95 s | teleports | violations | longest red s | seeds |
        |---|---|---|---|---|---|---|---|---|---|---|
        """);
    for (var scenario : all.stream().map(Measurement::scenario).distinct().toList()) {
      for (var controller : all.stream().filter(m -> m.scenario().equals(scenario)).map(Measurement::controller)
          .distinct().toList()) {
        var some = of(all, scenario, controller);
        rows.append(String.format(Locale.ROOT, "| %s | %s | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %d | %d | %s |%n",
            scenario, controller, mean(some, Measurement::delay),
            some.stream().mapToDouble(Measurement::delay).max().orElse(0), mean(some, Measurement::base),
            mean(some, Measurement::event), mean(some, Measurement::percentile95), mean(some, Measurement::teleports),
            some.stream().mapToInt(m -> m.violations().size()).sum(),
            some.stream().mapToInt(Measurement::longestRedSeconds).max().orElse(0),
            some.stream().map(m -> String.format(Locale.ROOT, "%.1f", m.delay())).collect(Collectors.joining(" "))));
      }
    }
    return rows.toString();
  }

  /** One object for each run. */
  static String json(List<Measurement> all) {
    return all.stream().map(m -> String.format(Locale.ROOT,
        "  {\"scenario\": \"%s\", \"controller\": \"%s\", \"seed\": %d, \"delay\": %.2f, \"base\": %.2f, "
            + "\"event\": %.2f, \"p95\": %.2f, \"trips\": %d, \"teleports\": %d, \"violations\": %d, "
            + "\"longestRed\": %d, \"failures\": %d, \"slowestMillis\": %.2f, \"meanMillis\": %.3f}",
        m.scenario().replaceAll("[\"\\\\\\p{Cntrl}]", "_"), m.controller(), m.seed(), m.delay(), m.base(), m.event(),
        m.percentile95(), m.trips(), m.teleports(), m.violations().size(), m.longestRedSeconds(), m.failures(),
        m.slowestMillis(), m.meanMillis())).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private static double mean(List<Measurement> some, java.util.function.ToDoubleFunction<Measurement> what) {
    return some.stream().mapToDouble(what).average().orElse(0);
  }

  private static List<Measurement> of(List<Measurement> all, String scenario, String controller) {
    return all.stream().filter(m -> m.scenario().equals(scenario) && m.controller().equals(controller)).toList();
  }
}
