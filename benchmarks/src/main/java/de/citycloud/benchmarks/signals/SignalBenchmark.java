package de.citycloud.benchmarks.signals;

import de.citycloud.signals.control.JunctionController;
import de.citycloud.signals.control.Strategies;
import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.network.Lane;
import de.citycloud.signals.network.Link;
import de.citycloud.signals.network.NetworkRefused;
import de.citycloud.signals.network.RoadNetwork;
import de.citycloud.signals.network.SumoNetReader;
import de.citycloud.signals.predict.Snapshot;
import de.citycloud.signals.simulate.Outcome;
import de.citycloud.signals.simulate.Simulator;
import de.citycloud.signals.simulate.SimulatorSession;
import de.citycloud.signals.simulate.Trip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long decisions take, and how fast the built-in simulator is, on a grid of 100 junctions with 6,000 cars an hour.
 * Run by {@code ./city bench signals}; the network is named by the property {@code net}.
 */
@State(Scope.Thread)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH fills the fields.
public class SignalBenchmark {
  private static final int TRIPS = 6000;
  private static final int FILL_SECONDS = 900;
  private static final int RECORDED_SECONDS = 120;

  private RoadNetwork network;
  private List<Trip> trips;

  /** The network and its demand: cars between any two ends of streets. */
  @Setup
  public void load() throws NetworkRefused {
    network = SumoNetReader.read(Path.of(System.getProperty("net")));
    trips = trips(network);
  }

  private static List<Trip> trips(RoadNetwork network) {
    var cars = network.lanes().values().stream().filter(lane -> lane.cars() && !lane.internal()).toList();
    var behind = network.links().stream().map(Link::to).map(Lane::edgeId).collect(Collectors.toSet());
    var before = network.links().stream().map(Link::from).map(Lane::edgeId).collect(Collectors.toSet());
    var sources = cars.stream().map(Lane::edgeId).distinct().filter(edge -> !behind.contains(edge)).sorted().toList();
    var ends = cars.stream().map(Lane::edgeId).distinct().filter(edge -> !before.contains(edge)).sorted().toList();
    var random = new Random(1);
    var trips = new ArrayList<Trip>();
    for (int i = 0; i < TRIPS; i++) {
      trips.add(Trip.ofCar("t" + i, i * 3600.0 / TRIPS, List.of(sources.get(random.nextInt(sources.size())),
          ends.get(random.nextInt(ends.size())))));
    }
    return trips;
  }

  private Simulator simulator() {
    var simulator = new Simulator(network, 0, 1, -1);
    trips.forEach(simulator::add);
    return simulator;
  }

  /** Controllers beside recorded traffic. */
  @State(Scope.Thread)
  public static class Decisions {
    /** Strategy. */
    @Param({"adaptive", "percycle", "actuated80"})
    public String strategy;
    /** Junctions that decide. */
    @Param({"1", "25", "100"})
    public int junctions;

    private final List<Snapshot> recorded = new ArrayList<>();
    private List<JunctionController> controllers;
    private int next;

    /** Fills the streets under the network's program and records what is seen. */
    @Setup
    public void record(SignalBenchmark benchmark) {
      Map<String, Double> sight = new HashMap<>();
      benchmark.network.lanes().keySet().forEach(lane -> sight.put(lane, 0.0));
      var simulator = benchmark.simulator();
      for (int t = 0; t < FILL_SECONDS + RECORDED_SECONDS; t++) {
        simulator.step();
        if (t >= FILL_SECONDS) {
          recorded.add(simulator.snapshot(sight));
        }
      }
      var strategies = new Strategies(0).get(strategy);
      controllers = IntersectionImporter.importAll(benchmark.network, ImportSettings.of(3, 5), refused -> {}).stream()
          .limit(junctions).map(intersection -> new JunctionController(intersection, strategies)).toList();
    }
  }

  /** One second: estimation, strategy and safety kernel of all junctions. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Warmup(iterations = 2, time = 4)
  @Measurement(iterations = 3, time = 3)
  public int decide(Decisions state) {
    var snapshot = state.recorded.get(state.next++ % state.recorded.size());
    int green = 0;
    for (var controller : state.controllers) {
      green += controller.step(snapshot).indexOf('G');
    }
    return green;
  }

  /** An hour of the whole grid under the network's programs. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OutputTimeUnit(TimeUnit.SECONDS)
  @Warmup(iterations = 1)
  @Measurement(iterations = 3)
  public Outcome hourUnderPrograms() {
    return new SimulatorSession().run(simulator(), 3600);
  }

  /** An hour of the whole grid under ours. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OutputTimeUnit(TimeUnit.SECONDS)
  @Warmup(iterations = 1)
  @Measurement(iterations = 2)
  public Outcome hourUnderOurs() {
    return new SimulatorSession(
        IntersectionImporter.importAll(network, ImportSettings.of(3, 5), refused -> {}), new Strategies(0).get(
            "adaptive"))
        .run(simulator(), 3600);
  }
}
