package de.citycloud.signals.simulate;

/** Vehicles change to lanes that lead on, and to the shorter queue among those that do. */
final class LaneChanges {
  /** Seconds between two looks for a shorter queue. */
  private static final int LOOK_SECONDS = 4;
  /** Vehicles fewer that make a queue worth a change. */
  private static final int WORTH_VEHICLES = 2;
  /** After standing so long at the end of its lane a vehicle is let in wherever it fits, s. */
  private static final int SQUEEZE_SECONDS = 5;
  private static final double BESIDE_METRES = 5;
  /** No change for comfort so near to the stop line, m. */
  private static final double STAY_METRES = 15;

  private final Streets streets;
  private final Traffic traffic;

  LaneChanges(Streets streets, Traffic traffic) {
    this.streets = streets;
    this.traffic = traffic;
  }

  /** All changes of one second. */
  void step(long second) {
    for (int lane = 0; lane < streets.lanes; lane++) {
      if (streets.edgeLanes[streets.edgeOf[lane]].length < 2) {
        continue;
      }
      for (int i = 0; i < traffic.count[lane]; i++) {
        int slot = traffic.queue[lane][i];
        int target = target(slot, lane, i, second);
        if (target >= 0 && fits(slot, target, traffic.stands[slot] >= SQUEEZE_SECONDS)) {
          double metres = traffic.x[slot];
          traffic.leave(slot);
          traffic.enter(slot, target, metres);
          i--;
        } else if (target >= 0 && traffic.stands[slot] >= SQUEEZE_SECONDS) {
          swap(slot, lane, target, second);
        }
      }
    }
  }

  /** Two that stand side by side and want each other's place take it: else they would block both lanes for ever. */
  private void swap(int slot, int lane, int target, long second) {
    for (int i = 0; i < traffic.count[target]; i++) {
      int other = traffic.queue[target][i];
      if (Math.abs(traffic.x[other] - traffic.x[slot]) < BESIDE_METRES && traffic.stands[other] >= SQUEEZE_SECONDS
          && target(other, target, i, second) == lane) {
        double own = traffic.x[slot];
        double others = traffic.x[other];
        traffic.leave(slot);
        traffic.leave(other);
        traffic.enter(slot, target, Math.min(others, streets.length[target]));
        traffic.enter(other, lane, Math.min(own, streets.length[lane]));
        return;
      }
    }
  }

  /** The neighbouring lane that a vehicle would like to be on; −1 if it is content. */
  private int target(int slot, int lane, int ahead, long second) {
    var route = traffic.routes[slot];
    int index = traffic.at[slot];
    var reach = route.reach()[index];
    int place = streets.placeOf[lane];
    double farthest = route.farthest(index);
    var lanes = streets.edgeLanes[streets.edgeOf[lane]];
    if (reach[place] < farthest - 1) {
      int best = -1;
      for (int k = 0; k < lanes.length; k++) {
        if (reach[k] >= farthest - 1 && (best < 0 || Math.abs(k - place) < Math.abs(best - place))) {
          best = k;
        }
      }
      return lanes[place + Integer.signum(best - place)];
    }
    if ((second + slot) % LOOK_SECONDS != 0 || streets.length[lane] - traffic.x[slot] < STAY_METRES || ahead == 0) {
      return -1;
    }
    int best = -1;
    int fewest = ahead - WORTH_VEHICLES;
    for (int k = Math.max(0, place - 1); k <= Math.min(lanes.length - 1, place + 1); k++) {
      int others = k == place || reach[k] < farthest - 1 ? Integer.MAX_VALUE : ahead(lanes[k], traffic.x[slot]);
      if (others <= fewest) {
        fewest = others;
        best = lanes[k];
      }
    }
    return best;
  }

  private int ahead(int lane, double metres) {
    int n = 0;
    while (n < traffic.count[lane] && traffic.x[traffic.queue[lane][n]] > metres) {
      n++;
    }
    return n;
  }

  /**
   * True if there is room on a lane at the place of a vehicle, and nobody has to brake hard.
   *
   * @param squeeze true if half a metre to the others is enough
   */
  boolean fits(int slot, int lane, boolean squeeze) {
    if (traffic.x[slot] > streets.length[lane]) {
      return false;
    }
    var kind = traffic.trips[slot].kind();
    int place = ahead(lane, traffic.x[slot]);
    if (place > 0) {
      int leader = traffic.queue[lane][place - 1];
      double gap = traffic.rear(leader) - traffic.x[slot] - (squeeze ? 0.5 : kind.gapMetres());
      if (gap < 0 || Traffic.safeSpeed(gap, traffic.v[leader], kind.deceleration()) < traffic.v[slot]
          - kind.deceleration()) {
        return false;
      }
    }
    if (place < traffic.count[lane]) {
      int follower = traffic.queue[lane][place];
      var own = traffic.trips[follower].kind();
      double gap = traffic.rear(slot) - traffic.x[follower] - (squeeze ? 0.5 : own.gapMetres());
      return gap >= 0 && Traffic.safeSpeed(gap, traffic.v[slot], own.deceleration()) >= traffic.v[follower]
          - own.deceleration();
    }
    return true;
  }
}
