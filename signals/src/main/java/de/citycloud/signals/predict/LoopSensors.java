package de.citycloud.signals.predict;

import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.network.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What two induction loops a lane tell, one at the stop line and one upstream of it: that a vehicle passes, not which,
 * nor where it goes. Between them vehicles are reckoned: they drive at the permitted speed up to the end of the queue,
 * and leave it in their order. Lane changes between the loops make the count drift; whoever is reckoned for longer than
 * any red lasts is dropped.
 */
public final class LoopSensors {
  private static final double UPSTREAM_METRES = 100;
  private static final int LONGEST_STAY_SECONDS = 150;

  private final List<LoopedLane> lanes = new ArrayList<>();

  /** Puts loops on all stop line lanes. */
  public LoopSensors(List<Intersection> intersections) {
    for (var intersection : intersections) {
      intersection.lanes().forEach(lane -> lanes.add(new LoopedLane(lane)));
    }
  }

  /** A lane between its two loops. */
  private static final class LoopedLane {
    final Lane lane;
    final double entry;
    final Deque<Reckoned> inside = new ArrayDeque<>();
    Set<String> last = Set.of();
    int number;

    LoopedLane(Lane lane) {
      this.lane = lane;
      entry = Math.max(0, lane.lengthMetres() - UPSTREAM_METRES);
    }
  }

  /** A vehicle that has passed the upstream loop. */
  private record Reckoned(String id, long since) {}

  /** Reduces what cameras would see to what loops tell; to be called once a second. */
  public Snapshot reduce(Snapshot full) {
    Map<String, List<Sighting>> byLane = new HashMap<>();
    for (var looped : lanes) {
      count(looped, full);
      byLane.put(looped.lane.id(), reckon(looped, full.second()));
    }
    return new Snapshot(full.second(), byLane);
  }

  /** The names serve only to tell the pulses of two vehicles apart; no consumer sees them. */
  private static void count(LoopedLane looped, Snapshot full) {
    Set<String> now = new HashSet<>();
    for (var vehicle : full.on(looped.lane.id())) {
      if (vehicle.positionMetres() >= looped.entry) {
        now.add(vehicle.id());
      }
    }
    for (var id : looped.last) {
      if (!now.contains(id)) {
        looped.inside.pollFirst();
      }
    }
    for (var id : now) {
      if (!looped.last.contains(id)) {
        looped.inside.add(new Reckoned(looped.lane.id() + "#" + looped.number++, full.second()));
      }
    }
    looped.inside.removeIf(vehicle -> full.second() - vehicle.since > LONGEST_STAY_SECONDS);
    looped.last = now;
  }

  private static List<Sighting> reckon(LoopedLane looped, long second) {
    var lane = looped.lane;
    var sightings = new ArrayList<Sighting>();
    double free = lane.lengthMetres() - 1;
    for (var vehicle : looped.inside) {
      double driven = looped.entry + (second - vehicle.since) * lane.speedMetresPerSecond();
      boolean queued = driven >= free;
      sightings.add(new Sighting(vehicle.id, Math.max(0, Math.min(driven, free)),
          queued ? 0 : lane.speedMetresPerSecond(), 5, 1));
      free -= queued ? Lane.CAR_SPACE_METRES : 0;
    }
    return sightings;
  }
}
