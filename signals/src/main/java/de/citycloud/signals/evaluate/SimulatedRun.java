package de.citycloud.signals.evaluate;

import de.citycloud.signals.control.ControlStrategy;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.network.RoadNetwork;
import de.citycloud.signals.simulate.Simulator;
import de.citycloud.signals.simulate.SimulatorSession;
import de.citycloud.signals.simulate.Trip;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs one scenario in the built-in simulator; no SUMO is needed, and nothing is judged but delay. */
final class SimulatedRun {
  private final Scenario scenario;
  private final RoadNetwork network;
  private final List<Intersection> intersections;
  private final List<Trip> trips;

  SimulatedRun(Scenario scenario, RoadNetwork network, List<Intersection> intersections) throws IOException {
    this.scenario = scenario;
    this.network = network;
    this.intersections = intersections;
    trips = DemandFile.read(scenario.routes(), scenario.beginSecond(), scenario.endSecond());
  }

  /**
   * Runs it.
   *
   * @param name of the strategy, for the record
   * @param strategies makes the strategy of each intersection; null for the network's own programs
   */
  Measurement measure(String name, @Nullable Function<Intersection, ControlStrategy> strategies, int seed) {
    long start = System.nanoTime();
    var simulator = new Simulator(network, scenario.beginSecond(), seed, scenario.teleportSeconds());
    trips.forEach(simulator::add);
    var session = strategies == null
        ? new SimulatorSession()
        : new SimulatorSession(intersections, strategies);
    var outcome = session.run(simulator, scenario.endSecond());
    var records = new TripRecords(outcome.delays());
    return new Measurement(scenario.name(), name, seed, records.mean(), records.base(), records.event(),
        records.percentile95(), outcome.delays().size(), outcome.teleports(), List.of(), 0, 0, 0, 0,
        (System.nanoTime() - start) / 1e9);
  }
}
