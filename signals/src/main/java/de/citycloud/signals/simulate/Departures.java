package de.citycloud.signals.simulate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Vehicles that want to set off: they wait, road section by road section, until there is room. */
final class Departures {
  /** Places tried in one second inside of a road section. */
  private static final int TRIES = 10;

  private final Streets streets;
  private final Traffic traffic;
  private final LaneChanges lanes;
  private final Routes routes;
  private final SplittableRandom random;
  private final List<Integer> coming = new ArrayList<>();
  private int next;
  private boolean sorted = true;
  private final TreeMap<Integer, Deque<Integer>> waiting = new TreeMap<>();

  Departures(Streets streets, Traffic traffic, LaneChanges lanes, Routes routes, SplittableRandom random) {
    this.routes = routes;
    this.streets = streets;
    this.traffic = traffic;
    this.lanes = lanes;
    this.random = random;
  }

  void add(int slot) {
    coming.add(slot);
    sorted = false;
  }

  /** All departures of one second. */
  void step(long second) {
    if (!sorted) {
      coming.subList(next, coming.size()).sort(Comparator.comparingDouble(slot -> traffic.trips[slot].departSecond()));
      sorted = true;
    }
    while (next < coming.size() && traffic.trips[coming.get(next)].departSecond() <= second) {
      int slot = coming.get(next++);
      routes.find(traffic.trips[slot].edges()).ifPresent(route -> traffic.routes[slot] = route);
      waiting.computeIfAbsent(traffic.routes[slot].edges()[0], ignored -> new ArrayDeque<>()).add(slot);
    }
    for (var queue : waiting.values()) {
      queue.removeIf(slot -> depart(slot, second));
    }
    waiting.values().removeIf(Deque::isEmpty);
  }

  private boolean depart(int slot, long second) {
    var trip = traffic.trips[slot];
    int lane = lane(slot);
    double length = streets.length[lane];
    double least = Math.min(trip.kind().lengthMetres(), length);
    int tries = trip.insideOfEdge() ? TRIES : 1;
    for (int i = 0; i < tries; i++) {
      traffic.x[slot] = trip.insideOfEdge() ? least + random.nextDouble() * (length - least) : least;
      traffic.v[slot] = Math.min(trip.departSpeed(), streets.speed[lane] * traffic.factor[slot]);
      slowDown(slot, lane);
      if (lanes.fits(slot, lane, false)) {
        traffic.waited[slot] = second - trip.departSecond();
        traffic.enter(slot, lane, traffic.x[slot]);
        return true;
      }
    }
    return false;
  }

  private void slowDown(int slot, int lane) {
    int last = traffic.last(lane);
    if (last >= 0 && traffic.x[last] > traffic.x[slot]) {
      var kind = traffic.trips[slot].kind();
      traffic.v[slot] = Math.min(traffic.v[slot],
          Traffic.safeSpeed(traffic.rear(last) - traffic.x[slot] - kind.gapMetres(), traffic.v[last],
              kind.deceleration()));
    }
  }

  /** The rightmost lane, or of those that lead farthest the one with the fewest vehicles. */
  private int lane(int slot) {
    var route = traffic.routes[slot];
    var own = streets.edgeLanes[route.edges()[0]];
    if (!traffic.trips[slot].anyLane()) {
      return own[0];
    }
    int best = -1;
    for (int k = 0; k < own.length; k++) {
      if (route.reach()[0][k] >= route.farthest(0) - 1
          && (best < 0 || traffic.count[own[k]] < traffic.count[own[best]])) {
        best = k;
      }
    }
    return own[best];
  }
}
