package de.citycloud.signals.sumo;

import de.citycloud.signals.control.ControlStrategy;
import de.citycloud.signals.control.JunctionController;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.predict.ApproachEstimator;
import de.citycloud.signals.predict.LoopSensors;
import de.citycloud.signals.predict.Sight;
import de.citycloud.signals.predict.Sighting;
import de.citycloud.signals.predict.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Controls all signals of a SUMO simulation from its beginning to a given second. Of what SUMO could tell it lets
 * through what cameras would see: vehicles on the lanes before the stop lines, up to {@link
 * ApproachEstimator#SIGHT_METRES} of travel, and inside the junctions.
 */
public final class SumoSession {
  /** Bee-line around a junction that surely holds the look-back, m; what lies outside the look-back is dropped. */
  private static final double RANGE_METRES = 300;

  private final List<JunctionController> controllers = new ArrayList<>();
  /** Lanes in sight, with the position from which on a vehicle is seen, m. */
  private final Map<String, Double> sight;
  private final Set<String> nodes = new HashSet<>();
  private final @Nullable LoopSensors loops;

  /** What a session did. */
  public record Summary(long steps, long failures, double slowestMillis, double decisionSeconds) {}

  /**
   * A session that has not begun.
   *
   * @param strategies makes the strategy of each intersection
   * @param loopsOnly true to see only what two induction loops a lane tell
   */
  public SumoSession(List<Intersection> intersections, Function<Intersection, ControlStrategy> strategies,
      boolean loopsOnly) {
    loops = loopsOnly ? new LoopSensors(intersections) : null;
    sight = Sight.of(intersections);
    for (var intersection : intersections) {
      controllers.add(new JunctionController(intersection, strategies));
      intersection.movements().forEach(movement -> nodes.add(movement.link().nodeId()));
    }
  }

  /**
   * Steps to {@code endSecond} and closes the connection.
   *
   * @param port where SUMO listens
   * @param observer is told the second and the letters of every light that was set, before the step that shows them
   */
  public Summary run(int port, double endSecond, BiConsumer<Double, Map<String, String>> observer)
      throws TraciFailure {
    try (var traci = TraciClient.connect(port)) {
      for (var node : nodes) {
        traci.watchJunction(node, RANGE_METRES);
      }
      var shown = new LinkedHashMap<String, String>();
      double time = traci.time();
      double next = time;
      long steps = 0;
      long nanos = 0;
      TraciClient.StepResult seen = null;
      while (time < endSecond) {
        // Steps may be shorter than a second; decisions fall once a second.
        if (time >= next - 1e-6) {
          var full = new Snapshot(Math.round(time), seen == null ? Map.of() : inSight(seen));
          var snapshot = loops == null ? full : loops.reduce(full);
          long start = System.nanoTime();
          for (var controller : controllers) {
            var letters = controller.step(snapshot);
            var id = controller.intersection().id();
            if (!letters.equals(shown.put(id, letters))) {
              traci.show(id, letters);
            }
          }
          nanos += System.nanoTime() - start;
          observer.accept(time, shown);
          next += 1;
          steps++;
        }
        seen = traci.step();
        time = traci.time();
      }
      return new Summary(steps, controllers.stream().mapToLong(JunctionController::failures).sum(),
          controllers.stream().mapToLong(JunctionController::slowestNanos).max().orElse(0) / 1e6, nanos / 1e9);
    }
  }

  private Map<String, List<Sighting>> inSight(TraciClient.StepResult seen) {
    var byLane = new HashMap<String, List<Sighting>>();
    for (var vehicle : seen.vehicles().values()) {
      var from = sight.get(vehicle.laneId());
      if (from != null && vehicle.positionMetres() >= from) {
        byLane.computeIfAbsent(vehicle.laneId(), ignored -> new ArrayList<>())
            .add(new Sighting(vehicle.id(), vehicle.positionMetres(), vehicle.speedMetresPerSecond(),
                vehicle.lengthMetres(), weight(vehicle.vehicleClass())));
      }
    }
    return byLane;
  }

  /** Buses and trams count by the people in them. */
  private static double weight(String vehicleClass) {
    return switch (vehicleClass) {
      case "bus", "coach" -> 2;
      case "tram", "rail_urban" -> 3;
      default -> 1;
    };
  }
}
