package de.citycloud.signals.evaluate;

import de.citycloud.signals.control.ControlStrategy;
import de.citycloud.signals.control.Strategies;
import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.event.EventGuide;
import de.citycloud.signals.event.EventReader;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.network.NetworkRefused;
import de.citycloud.signals.network.SumoNetReader;
import de.citycloud.signals.sumo.TraciFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code signals evaluate}: runs scenarios with strategies and seeds, prints a table and writes JSON. */
public final class EvaluateCommand {
  /** Leaves the lights to the programs of the network: no controller at all. */
  private static final String NETWORK = "network";
  /** Behind the name of a strategy: it sees only what induction loops tell. */
  private static final String LOOPS = "@loops";

  private EvaluateCommand() {}

  /**
   * What to run.
   *
   * @param folders of scenarios
   * @param controllers names of strategies; {@code network} for the network's own programs, {@code sumo-actuated} and
   *     {@code sumo-actuated80} for SUMO's; {@code NAME@loops} sees only what induction loops tell,
   *     {@code NAME@event} is guided by the event layer
   * @param seeds of SUMO or of the built-in simulator
   * @param settings what the networks do not say
   * @param loopsOnly true for loops in all rows
   * @param builtIn true to run the built-in simulator instead of SUMO
   * @param json file for the result
   */
  public record Plan(List<Path> folders, List<String> controllers, List<Integer> seeds, ImportSettings settings,
      boolean loopsOnly, boolean builtIn, Path json) {}

  /** Runs all combinations. */
  public static void run(Plan plan, PrintStream out)
      throws IOException, NetworkRefused, TraciFailure, InterruptedException {
    requireRunnable(plan);
    var scenarios = new ArrayList<Scenario>();
    for (var folder : plan.folders) {
      scenarios.add(Scenario.read(folder));
    }
    var measurements = new ArrayList<Measurement>();
    for (var scenario : scenarios) {
      var work = Files.createTempDirectory("signals");
      try {
        for (var controller : plan.controllers) {
          if (controller.contains(Strategies.GUIDED) && scenario.event().isEmpty()) {
            out.println("%s has no event.json: %s runs without a guide.".formatted(scenario.name(), controller));
          }
          var run = run(plan, scenario, controller, work);
          for (int seed : plan.seeds) {
            var measured = run.measure(seed);
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
    Files.writeString(plan.json, Results.json(measurements));
  }

  /** What cannot be run is found before anything runs. */
  private static void requireRunnable(Plan plan) {
    for (var controller : plan.controllers) {
      boolean bySumo = controller.startsWith(SumoPrograms.ACTUATED);
      var name = controller.replace(LOOPS, "").replace(Strategies.GUIDED, "");
      if (bySumo) {
        var _ = SumoPrograms.maxGreenSeconds(controller);
      } else if (!name.equals(NETWORK)) {
        var _ = new Strategies(0).get(name);
      }
      if (plan.builtIn && (bySumo || plan.loopsOnly || controller.contains(LOOPS))) {
        throw new IllegalArgumentException(
            """
            "%s" cannot run in the built-in simulator, which has neither induction loops nor the control of SUMO.
            Maybe leave out --simulator built-in.""".formatted(controller));
      }
    }
  }

  /** One row of the table, ready to be run with any seed. */
  private interface Row {
    Measurement measure(int seed) throws IOException, TraciFailure, InterruptedException;
  }

  private static Row run(Plan plan, Scenario scenario, String controller, Path work)
      throws IOException, NetworkRefused {
    boolean loops = plan.loopsOnly || controller.contains(LOOPS);
    var name = controller.replace(LOOPS, "").replace(Strategies.GUIDED, "");
    boolean leftAlone = name.equals(NETWORK) || name.startsWith(SumoPrograms.ACTUATED);
    var known = new Strategies(scenario.beginSecond());
    var network = SumoNetReader.read(scenario.net());
    var intersections = IntersectionImporter.importAll(network, plan.settings, refused -> {});
    var event = controller.contains(Strategies.GUIDED) && scenario.event().isPresent()
        ? EventReader.read(scenario.event().get(), network.edgeIds())
        : null;
    // A new one for each seed: strategies of one session share what they learn.
    Supplier<@Nullable Function<Intersection, ControlStrategy>> strategies = () -> leftAlone
        ? null
        : event == null
            ? known.get(name)
            : known.get(name, new EventGuide(event, network, intersections, scenario.beginSecond()));
    if (plan.builtIn) {
      var run = new SimulatedRun(scenario, network, intersections);
      return seed -> run.measure(controller, strategies.get(), seed);
    }
    var run = new SumoRun(scenario, network, intersections, plan.settings, loops, work);
    return seed -> run.measure(controller, strategies.get(), seed);
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
