package de.citycloud.signals.simulate;

import de.citycloud.signals.control.ControlStrategy;
import de.citycloud.signals.control.JunctionController;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.predict.ApproachEstimator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Controls all signals of a simulation, each behind its safety kernel, with what cameras would see. */
public final class SimulatorSession {
  private final List<JunctionController> controllers = new ArrayList<>();
  private final Map<String, Double> sight = new HashMap<>();

  /** Leaves all lights to the programs of the network. */
  public SimulatorSession() {}

  /** @param strategies makes the strategy of each intersection */
  public SimulatorSession(List<Intersection> intersections, Function<Intersection, ControlStrategy> strategies) {
    for (var intersection : intersections) {
      controllers.add(new JunctionController(intersection, strategies));
      for (var upstream : intersection.upstream()) {
        double seen = ApproachEstimator.SIGHT_METRES - upstream.metresToStopLine();
        sight.merge(upstream.lane().id(), upstream.lane().lengthMetres() - seen, Math::min);
      }
      for (var movement : intersection.movements()) {
        movement.link().via().forEach(lane -> sight.put(lane.id(), 0.0));
      }
    }
  }

  /** Decides and steps up to {@code endSecond}. */
  public Outcome run(Simulator simulator, long endSecond) {
    while (simulator.second() < endSecond) {
      if (!controllers.isEmpty()) {
        var snapshot = simulator.snapshot(sight);
        for (var controller : controllers) {
          simulator.show(controller.intersection().id(), controller.step(snapshot));
        }
      }
      simulator.step();
    }
    return simulator.outcome();
  }
}
