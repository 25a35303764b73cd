package de.citycloud.signals.evaluate;

import de.citycloud.signals.control.Strategies;
import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.network.NetworkRefused;
import de.citycloud.signals.sumo.TraciFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** {@code signals evaluate}: runs scenarios with strategies and seeds, prints a table and writes JSON. */
public final class EvaluateCommand {
  /** Leaves the lights to the programs of the network: no controller at all. */
  private static final String NETWORK = "network";

  private EvaluateCommand() {}

  /**
   * Runs all combinations.
   *
   * @param folders of scenarios
   * @param controllers names of strategies; {@code network} for the network's own programs
   * @param settings what the networks do not say
   * @param loopsOnly true to see only what induction loops tell
   * @param json file for the result
   */
  public static void run(List<Path> folders, List<String> controllers, List<Integer> seeds,
      ImportSettings settings, boolean loopsOnly, Path json, PrintStream out)
      throws IOException, NetworkRefused, TraciFailure, InterruptedException {
    var scenarios = new ArrayList<Scenario>();
    for (var folder : folders) {
      scenarios.add(Scenario.read(folder));
    }
    var measurements = new ArrayList<Measurement>();
    for (var scenario : scenarios) {
      var strategies = new Strategies(scenario.beginSecond());
      var work = Files.createTempDirectory("signals");
      try {
        var run = new SumoRun(scenario, settings, loopsOnly, work);
        for (var controller : controllers) {
          var strategy = controller.equals(NETWORK) ? null : strategies.get(controller);
          for (int seed : seeds) {
            var measured = run.measure(controller, strategy, seed);
            measurements.add(measured);
            out.println(line(measured));
            measured.violations().stream().limit(3).forEach(finding -> out.println("    " + finding));
          }
          out.println(Results.summary(measurements, scenario.name(), controller));
        }
      } finally {
        delete(work);
      }
    }
    out.println();
    out.println(Results.table(measurements));
    Files.writeString(json, Results.json(measurements));
  }

  private static String line(Measurement m) {
    return String.format(Locale.ROOT,
        "%-24s %-12s seed %d: delay %6.1f s  base %6.1f  event %6.1f  p95 %6.1f  teleports %d  violations %d  "
            + "longest red %d s  failures %d  %.2f ms (at most %.1f)  %.0f s",
        m.scenario(), m.controller(), m.seed(), m.delay(), m.base(), m.event(), m.percentile95(), m.teleports(),
        m.violations().size(), m.longestRedSeconds(), m.failures(), m.meanMillis(), m.slowestMillis(), m.seconds());
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
