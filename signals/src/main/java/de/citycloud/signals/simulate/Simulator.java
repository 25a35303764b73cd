package de.citycloud.signals.simulate;

import de.citycloud.signals.network.RoadNetwork;
import de.citycloud.signals.network.RoadNetwork.FixedProgram;
import de.citycloud.signals.predict.Sighting;
import de.citycloud.signals.predict.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Drives vehicles through a network, one second a step. A light follows the network's program until somebody shows it
 * something else. Not for several threads.
 */
public final class Simulator {
  private final Streets streets;
  private final Traffic traffic;
  private final Routes routes;
  private final Yielding yielding;
  private final Driving driving;
  private final LaneChanges changes;
  private final Departures departures;
  private final SplittableRandom random;
  private final int teleportSeconds;
  /** [light] the program that it follows by itself; null once somebody shows it something. */
  private final @Nullable FixedProgram[] programs;
  private long second;
  private int arrived;
  private int teleports;

  /**
   * An empty network.
   *
   * @param beginSecond first second, s of the day
   * @param seed the same seed brings the same drivers
   * @param teleportSeconds standing so long at the head of a queue a vehicle is moved on; −1 for never
   */
  public Simulator(RoadNetwork network, long beginSecond, long seed, int teleportSeconds) {
    streets = new Streets(network);
    traffic = new Traffic(streets);
    routes = new Routes(streets, traffic);
    random = new SplittableRandom(seed);
    yielding = new Yielding(streets, traffic);
    driving = new Driving(streets, traffic, yielding, random);
    changes = new LaneChanges(streets, traffic);
    departures = new Departures(streets, traffic, changes, routes, random);
    this.teleportSeconds = teleportSeconds;
    second = beginSecond;
    programs = new FixedProgram[streets.lightIds.length];
    for (int i = 0; i < programs.length; i++) {
      var light = network.lights().get(streets.lightIds[i]);
      programs[i] = light == null ? null : light.programs().getFirst();
    }
  }

  /** The second that the next step brings about. */
  public long second() {
    return second;
  }

  /**
   * Adds a trip.
   *
   * @return false if there is no such way
   */
  public boolean add(Trip trip) {
    var route = routes.find(trip.edges());
    if (route.isEmpty()) {
      return false;
    }
    // As SUMO: normally distributed, within 20 to 200 %.
    double factor = Math.clamp(1 + trip.kind().speedDeviation() * random.nextGaussian(), 0.2, 2);
    departures.add(traffic.add(trip, route.get(), factor));
    return true;
  }

  /** What a light shows from now on; unknown lights are ignored. */
  public void show(String light, String letters) {
    int index = java.util.Arrays.binarySearch(streets.lightIds, light);
    if (index >= 0) {
      programs[index] = null;
      yielding.show(index, letters);
    }
  }

  /** One second. */
  public void step() {
    for (int i = 0; i < programs.length; i++) {
      var program = programs[i];
      if (program != null) {
        yielding.show(i, letters(program));
      }
    }
    departures.step(second);
    arrived += driving.step();
    routes.watch();
    changes.step(second);
    if (teleportSeconds >= 0) {
      freeTheStuck();
    }
    second++;
  }

  private String letters(FixedProgram program) {
    double at = (second - program.offsetSeconds()) % program.cycleSeconds();
    at = at < 0 ? at + program.cycleSeconds() : at;
    for (var step : program.steps()) {
      if (at < step.seconds()) {
        return step.state();
      }
      at -= step.seconds();
    }
    return program.steps().getLast().state();
  }

  private void freeTheStuck() {
    for (int s = 0; s < streets.strips; s++) {
      if (traffic.count[s] > 0 && traffic.stands[traffic.queue[s][0]] > teleportSeconds) {
        int slot = traffic.queue[s][0];
        var route = traffic.routes[slot];
        for (int i = traffic.at[slot] + 1; i < route.edges().length; i++) {
          int lane = streets.edgeLanes[route.edges()[i]][0];
          if (traffic.count[lane] == 0 || traffic.rear(traffic.last(lane)) > traffic.space(slot)) {
            traffic.leave(slot);
            traffic.at[slot] = i;
            traffic.stands[slot] = 0;
            traffic.v[slot] = 0;
            traffic.enter(slot, lane, Math.min(streets.length[lane], traffic.trips[slot].kind().lengthMetres()) * 0.99);
            teleports++;
            break;
          }
        }
      }
    }
  }

  /**
   * Vehicles as cameras see them.
   *
   * @param sight lanes, also inside junctions, with the position from which on a vehicle is seen, m
   */
  public Snapshot snapshot(Map<String, Double> sight) {
    var byLane = new HashMap<String, List<Sighting>>();
    for (int s = 0; s < streets.strips; s++) {
      for (int i = 0; i < traffic.count[s]; i++) {
        see(traffic.queue[s][i], s, sight, byLane);
      }
    }
    return new Snapshot(second, byLane);
  }

  private void see(int slot, int strip, Map<String, Double> sight, Map<String, List<Sighting>> byLane) {
    double metres = traffic.x[slot];
    for (var part : streets.parts.get(strip)) {
      if (metres < part.lengthMetres() || part == streets.parts.get(strip).getLast()) {
        var from = sight.get(part.id());
        if (from != null && metres >= from) {
          var trip = traffic.trips[slot];
          byLane.computeIfAbsent(part.id(), ignored -> new ArrayList<>()).add(
              new Sighting(trip.id(), metres, traffic.v[slot], trip.kind().lengthMetres(), trip.kind().weight()));
        }
        return;
      }
      metres -= part.lengthMetres();
    }
  }

  /** Delays up to now of all trips that are due. */
  public Outcome outcome() {
    var delays = new LinkedHashMap<String, Double>();
    for (int slot = 0; slot < traffic.slots; slot++) {
      double due = traffic.trips[slot].departSecond();
      if (due < second) {
        boolean departed = traffic.arrived[slot] || traffic.strip[slot] != Traffic.NOWHERE;
        delays.put(traffic.trips[slot].id(), departed ? traffic.lost[slot] + traffic.waited[slot] : second - due);
      }
    }
    return new Outcome(delays, arrived, teleports);
  }

  /** Names of all lanes that vehicles can be seen on. */
  Set<String> laneIds() {
    return Set.of(streets.laneIds);
  }
}
