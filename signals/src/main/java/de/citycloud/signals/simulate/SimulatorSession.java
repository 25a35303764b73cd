package de.citycloud.signals.simulate;

import de.citycloud.signals.control.ControlStrategy;
import de.citycloud.signals.control.JunctionController;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.predict.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Controls all signals of a simulation, each behind its safety kernel, with what cameras would see. */
public final class SimulatorSession {
  private final List<JunctionController> controllers = new ArrayList<>();
  private final Map<String, Double> sight;

  /** Leaves all lights to the programs of the network. */
  public SimulatorSession() {
    sight = Map.of();
  }

  /** @param strategies makes the strategy of each intersection */
  public SimulatorSession(List<Intersection> intersections, Function<Intersection, ControlStrategy> strategies) {
    sight = Sight.of(intersections);
    intersections.forEach(intersection -> controllers.add(new JunctionController(intersection, strategies)));
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
