package de.citycloud.signals.simulate;

import java.util.Arrays;

/** The vehicles: each in a slot of its own, and in the queue of the strip on which it is. */
final class Traffic {
  /** Not on the road: not yet or no more. */
  static final int NOWHERE = -1;

  private final Streets streets;
  /** [strip] slots from the front to the back; only the first {@code count} are meant. */
  final int[][] queue;
  final int[] count;
  /** [lane] length of vehicles on the ways that lead to it, m. */
  final double[] inbound;

  int slots;
  Trip[] trips = new Trip[64];
  Route[] routes = new Route[64];
  /** Edge of the route on which, or behind which, a vehicle is. */
  int[] at = new int[64];
  int[] strip = new int[64];
  /** Front of the vehicle from the beginning of its strip, m; and its speed, m/s. */
  double[] x = new double[64];
  double[] v = new double[64];
  double[] next = new double[64];
  /** Own share of the permitted speed. */
  double[] factor = new double[64];
  /** Time lost on the way so far, s; and wait before it could set off. */
  double[] lost = new double[64];
  double[] waited = new double[64];
  /** Seconds for which it has stood. */
  int[] stands = new int[64];
  boolean[] arrived = new boolean[64];

  Traffic(Streets streets) {
    this.streets = streets;
    queue = new int[streets.strips][4];
    count = new int[streets.strips];
    inbound = new double[streets.lanes];
  }

  /** A slot for a vehicle that is nowhere yet. */
  int add(Trip trip, Route route, double factor) {
    if (slots == trips.length) {
      int size = 2 * slots;
      trips = Arrays.copyOf(trips, size);
      routes = Arrays.copyOf(routes, size);
      at = Arrays.copyOf(at, size);
      strip = Arrays.copyOf(strip, size);
      x = Arrays.copyOf(x, size);
      v = Arrays.copyOf(v, size);
      next = Arrays.copyOf(next, size);
      this.factor = Arrays.copyOf(this.factor, size);
      lost = Arrays.copyOf(lost, size);
      waited = Arrays.copyOf(waited, size);
      stands = Arrays.copyOf(stands, size);
      arrived = Arrays.copyOf(arrived, size);
    }
    int slot = slots++;
    trips[slot] = trip;
    routes[slot] = route;
    strip[slot] = NOWHERE;
    this.factor[slot] = factor;
    return slot;
  }

  /** Puts a vehicle on a strip, behind those that are farther on. */
  void enter(int slot, int onto, double metres) {
    int place = count[onto];
    var vehicles = queue[onto];
    while (place > 0 && x[vehicles[place - 1]] < metres) {
      place--;
    }
    if (count[onto] == vehicles.length) {
      vehicles = Arrays.copyOf(vehicles, 2 * vehicles.length);
      queue[onto] = vehicles;
    }
    System.arraycopy(vehicles, place, vehicles, place + 1, count[onto] - place);
    vehicles[place] = slot;
    count[onto]++;
    strip[slot] = onto;
    x[slot] = metres;
    if (onto >= streets.lanes) {
      inbound[streets.to[onto]] += space(slot);
    }
  }

  /** Takes a vehicle off its strip. */
  void leave(int slot) {
    int from = strip[slot];
    var vehicles = queue[from];
    int place = 0;
    while (vehicles[place] != slot) {
      place++;
    }
    System.arraycopy(vehicles, place + 1, vehicles, place, count[from] - place - 1);
    count[from]--;
    strip[slot] = NOWHERE;
    if (from >= streets.lanes) {
      inbound[streets.to[from]] -= space(slot);
    }
  }

  /** Length with the gap in front, m. */
  double space(int slot) {
    return trips[slot].kind().lengthMetres() + trips[slot].kind().gapMetres();
  }

  /** Rear end, m. */
  double rear(int slot) {
    return x[slot] - trips[slot].kind().lengthMetres();
  }

  /** The last vehicle on a strip; −1 if it is empty. */
  int last(int onto) {
    return count[onto] == 0 ? -1 : queue[onto][count[onto] - 1];
  }

  /** Way across the next junction from where a vehicle is; −1 if its lane does not lead on. */
  int wayOf(int slot) {
    return routes[slot].ways()[at[slot]][streets.placeOf[strip[slot]]];
  }

  /** True if a vehicle is on the last road section of its way. */
  boolean isOnLastEdge(int slot) {
    return strip[slot] < streets.lanes && at[slot] == routes[slot].edges().length - 1;
  }

  /**
   * Speed at which one can still stop in time behind somebody, m/s (Krauß 1998, reaction time 1 s).
   *
   * @param gap free metres between the two
   * @param ahead speed of the one in front, m/s
   * @param deceleration comfortable braking, m/s²
   */
  static double safeSpeed(double gap, double ahead, double deceleration) {
    return gap <= 0
        ? 0
        : Math.sqrt(deceleration * deceleration + ahead * ahead + 2 * deceleration * gap) - deceleration;
  }
}
