package de.citycloud.benchmarks.signals;

import de.citycloud.signals.control.JunctionController;
import de.citycloud.signals.control.Strategies;
import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.network.Lane;
import de.citycloud.signals.network.NetworkRefused;
import de.citycloud.signals.network.SumoNetReader;
import de.citycloud.signals.predict.Sighting;
import de.citycloud.signals.predict.Snapshot;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * How long decisions take: controllers of a network decide each second before queues that grow by chance and drain on
 * green. Times are processor time of the one thread, so that other work on the machine does not count. Arguments: network,
 * seconds, strategies.
 */
final class DecisionBenchmark {
  private static final double ARRIVALS_PER_SECOND = 0.12;
  private static final int WARM_UP_SECONDS = 300;
  private static final double SPEED = 13.9;
  private static final double SPACE = 7.5;

  private DecisionBenchmark() {}

  public static void main(String[] words) throws NetworkRefused {
    var all = IntersectionImporter.importAll(SumoNetReader.read(Path.of(words[0])), ImportSettings.of(3, 5),
        System.err::println);
    int seconds = Integer.parseInt(words[1]);
    System.out
        .println("| strategy | junctions | ms a second, all junctions | ms a junction | 99th percentile | longest "
            + "second | s for an hour |\n|---|---|---|---|---|---|---|");
    for (var strategy : Arrays.asList(words).subList(2, words.length)) {
      for (int junctions : new int[]{1, 25, 50, 100}) {
        if (junctions <= all.size()) {
          System.out.println(row(strategy, all.subList(0, junctions), seconds));
        }
      }
    }
  }

  private static String row(String strategy, List<Intersection> intersections, int seconds) {
    var strategies = new Strategies(0).get(strategy);
    var controllers = intersections.stream().map(i -> new JunctionController(i, strategies)).toList();
    var streets = new Streets(intersections);
    var clock = ManagementFactory.getThreadMXBean();
    var millis = new double[seconds];
    for (int t = -WARM_UP_SECONDS; t < seconds; t++) {
      var snapshot = streets.snapshot(t + WARM_UP_SECONDS);
      long start = clock.getCurrentThreadCpuTime();
      for (var controller : controllers) {
        streets.shown.put(controller.intersection().id(), controller.step(snapshot));
      }
      if (t >= 0) {
        millis[t] = (clock.getCurrentThreadCpuTime() - start) / 1e6;
      }
      streets.drain();
    }
    long failures = controllers.stream().mapToLong(JunctionController::failures).sum();
    if (failures > 0) {
      throw new IllegalStateException("%d decisions failed: %s".formatted(failures, controllers.getFirst().reason()));
    }
    double mean = Arrays.stream(millis).average().orElse(0);
    Arrays.sort(millis);
    return String.format(Locale.ROOT, "| %s | %d | %.2f | %.3f | %.1f | %.1f | %.1f |", strategy, controllers.size(),
        mean,
        mean / controllers.size(), millis[(int) (seconds * 0.99)], millis[seconds - 1], mean * 3.6);
  }

  /** Lanes before stop lines: who arrives drives up to the queue, who is first leaves on green every 2 s. */
  private static final class Streets {
    final Map<String, String> shown = new HashMap<>();
    private final Random random = new Random(1);
    private final List<Intersection> intersections;
    private final Map<Lane, Deque<double[]>> queues = new HashMap<>();
    private long names;
    private long second;

    Streets(List<Intersection> intersections) {
      this.intersections = intersections;
      intersections.forEach(i -> i.lanes().stream().filter(Lane::cars)
          .forEach(lane -> queues.put(lane, new ArrayDeque<>())));
    }

    /** Each vehicle is its name and its position. */
    Snapshot snapshot(long now) {
      second = now;
      var byLane = new HashMap<String, List<Sighting>>();
      for (var entry : queues.entrySet()) {
        var lane = entry.getKey();
        double tail = lane.lengthMetres() - 1;
        var seen = new ArrayList<Sighting>();
        for (var vehicle : entry.getValue()) {
          double before = vehicle[1];
          vehicle[1] = Math.max(before, Math.min(tail, before + SPEED));
          seen.add(new Sighting("v" + (long) vehicle[0], vehicle[1], vehicle[1] - before, 5, 1));
          tail = vehicle[1] - SPACE;
        }
        if (tail > SPACE && random.nextDouble() < ARRIVALS_PER_SECOND) {
          entry.getValue().addLast(new double[]{names++, 0});
        }
        byLane.put(lane.id(), seen);
      }
      return new Snapshot(now, byLane);
    }

    void drain() {
      for (var intersection : intersections) {
        var letters = shown.get(intersection.id());
        for (var movement : intersection.movements()) {
          var lane = intersection.lanes().get(movement.lane());
          var queue = queues.get(lane);
          if (letters != null && queue != null && !queue.isEmpty() && second % 2 == 0
              && Character.toLowerCase(letters.charAt(intersection.groupPositions()[movement.group()])) == 'g'
              && queue.getFirst()[1] > lane.lengthMetres() - 2) {
            queue.removeFirst();
          }
        }
      }
    }
  }
}
