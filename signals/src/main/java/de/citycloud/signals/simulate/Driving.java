package de.citycloud.signals.simulate;

import java.util.SplittableRandom;

/**
 * Moves all vehicles by one second: each as fast as it may and can without hitting the one in front (Krauß 1998), up to
 * the stop line where it may not go on.
 */
final class Driving {
  /** Vehicles stop so far before the stop line, m. */
  private static final double STOP_METRES = 0.5;
  /** Least share of a vehicle behind the stop line that still hinders others from the same lane, m. */
  private static final double CLEAR_METRES = 8;
  private static final double IMPERFECTION = 0.5;
  /** Who has to yield sees the others only from here on, m, and comes near no faster than it could stop, m/s. */
  private static final double VISIBILITY_METRES = 4.5;
  private static final double VISIBILITY_SPEED = 3.3;

  private final Streets streets;
  private final Traffic traffic;
  private final Yielding yielding;
  private final SplittableRandom random;
  private final int[] moved = new int[1];

  Driving(Streets streets, Traffic traffic, Yielding yielding, SplittableRandom random) {
    this.streets = streets;
    this.traffic = traffic;
    this.yielding = yielding;
    this.random = random;
  }

  /** One second; returns how many vehicles reached their destination. */
  int step() {
    for (int s = 0; s < streets.strips; s++) {
      var vehicles = traffic.queue[s];
      for (int i = 0; i < traffic.count[s]; i++) {
        plan(s, vehicles[i], i == 0 ? -1 : vehicles[i - 1]);
      }
    }
    for (int s = 0; s < streets.strips; s++) {
      for (int i = 0; i < traffic.count[s]; i++) {
        advance(s, traffic.queue[s][i]);
      }
    }
    moved[0] = 0;
    for (int s = 0; s < streets.strips; s++) {
      while (traffic.count[s] > 0 && traffic.x[traffic.queue[s][0]] >= streets.length[s]) {
        cross(traffic.queue[s][0]);
      }
    }
    return moved[0];
  }

  private double permitted(int strip, int slot) {
    return streets.speed[strip] * traffic.factor[slot];
  }

  private void plan(int strip, int slot, int leader) {
    var kind = traffic.trips[slot].kind();
    double speed = traffic.v[slot];
    double wanted = Math.min(permitted(strip, slot), speed + kind.acceleration());
    if (leader >= 0) {
      wanted = Math.min(wanted, behind(slot, leader, traffic.rear(leader) - traffic.x[slot]));
    }
    double metres = streets.length[strip] - traffic.x[slot];
    double reach = speed + wanted + speed * speed / kind.deceleration() + 5;
    if (metres < reach) {
      wanted = Math.min(wanted,
          strip < streets.lanes ? atEndOfLane(slot, metres) : insideJunction(slot, strip, metres));
    }
    // Drivers are not perfect: they stay a little below what would be safe.
    double dawdle = IMPERFECTION * random.nextDouble() * Math.min(kind.acceleration(), wanted);
    traffic.next[slot] = Math.max(0, wanted - dawdle);
  }

  private double behind(int slot, int leader, double metres) {
    var kind = traffic.trips[slot].kind();
    return Traffic.safeSpeed(metres - kind.gapMetres(), traffic.v[leader], kind.deceleration());
  }

  private double stopAt(int slot, double metres) {
    return Traffic.safeSpeed(metres - STOP_METRES, 0, traffic.trips[slot].kind().deceleration());
  }

  private double atEndOfLane(int slot, double metres) {
    if (traffic.isOnLastEdge(slot)) {
      return Double.MAX_VALUE;
    }
    int way = traffic.wayOf(slot);
    if (way < 0 || !yielding.mayEnter(slot, way, metres)) {
      return stopAt(slot, metres);
    }
    double wanted = Traffic.safeSpeed(metres, permitted(way, slot), traffic.trips[slot].kind().deceleration());
    if (metres > VISIBILITY_METRES && yielding.isMinor(way)) {
      wanted = Math.min(wanted, Traffic.safeSpeed(metres - VISIBILITY_METRES, VISIBILITY_SPEED,
          traffic.trips[slot].kind().deceleration()));
    }
    for (int other : streets.ways[traffic.strip[slot]]) {
      int last = traffic.last(other);
      if (last >= 0 && (other == way || traffic.rear(last) < CLEAR_METRES)) {
        wanted = Math.min(wanted, behind(slot, last, metres + traffic.rear(last)));
      }
    }
    return traffic.count[way] > 0 ? wanted : Math.min(wanted, onto(slot, way, metres + streets.length[way]));
  }

  private double insideJunction(int slot, int way, double metres) {
    double spot = streets.waitingSpot[way] - traffic.x[slot];
    double wanted = onto(slot, way, metres);
    if (spot >= -1 && spot < 1.5 * streets.waitingSpot[way] && streets.waitingSpot[way] > 0
        && yielding.isSomebodyComing(slot, way)) {
      return Math.min(wanted, stopAt(slot, spot));
    }
    return wanted;
  }

  /** Behind the last one on the lane beyond the junction, and behind those that come to it from elsewhere and are nearer. */
  private double onto(int slot, int way, double metres) {
    int lane = streets.to[way];
    int last = traffic.last(lane);
    double wanted = last < 0 ? Double.MAX_VALUE : behind(slot, last, metres + traffic.rear(last));
    for (int other : streets.waysTo[lane]) {
      for (int i = 0; other != way && i < traffic.count[other]; i++) {
        int merging = traffic.queue[other][i];
        double left = streets.length[other] - traffic.x[merging];
        boolean waits = traffic.x[merging] <= streets.waitingSpot[other];
        if (!waits && (left < metres || left == metres && merging < slot)) {
          wanted = Math.min(wanted,
              behind(slot, merging, metres - left - traffic.trips[merging].kind().lengthMetres()));
        }
      }
    }
    return wanted;
  }

  private void advance(int strip, int slot) {
    double speed = traffic.next[slot];
    traffic.v[slot] = speed;
    traffic.x[slot] += speed;
    traffic.lost[slot] += Math.max(0, 1 - speed / permitted(strip, slot));
    traffic.stands[slot] = speed < 0.1 ? traffic.stands[slot] + 1 : 0;
  }

  private void cross(int slot) {
    while (traffic.x[slot] >= streets.length[traffic.strip[slot]]) {
      int strip = traffic.strip[slot];
      double beyond = traffic.x[slot] - streets.length[strip];
      if (strip < streets.lanes && traffic.isOnLastEdge(slot)) {
        traffic.leave(slot);
        traffic.arrived[slot] = true;
        moved[0]++;
        return;
      }
      int onto = strip < streets.lanes ? traffic.wayOf(slot) : streets.to[strip];
      if (onto < 0) {
        // It ran past the end of a lane that does not lead on: it stands there.
        traffic.x[slot] = streets.length[strip] - 0.01;
        traffic.v[slot] = 0;
        return;
      }
      traffic.leave(slot);
      traffic.at[slot] += strip < streets.lanes ? 0 : 1;
      traffic.enter(slot, onto, beyond);
    }
  }
}
