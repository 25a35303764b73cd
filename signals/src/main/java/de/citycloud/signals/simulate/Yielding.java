package de.citycloud.signals.simulate;

/** Whether a vehicle may drive onto a way across a junction: signal, room behind it, and gaps of those who pass first. */
final class Yielding {
  /** Room beyond the junction is looked at only if the last one there is slower than this, m/s. */
  private static final double SLOW = 3;
  /** Who waits for a gap takes smaller ones with time, down to this share. */
  private static final double LEAST_GAP_SHARE = 0.2;
  private static final double PATIENCE_SECONDS = 120;
  private static final double SIGHT_METRES = 80;

  private final Streets streets;
  private final Traffic traffic;
  /** [light] letters that it shows. */
  private final String[] letters;
  /** [strip] false while the first one on the way to it may not go although its signal lets him. */
  private final boolean[] goes;

  Yielding(Streets streets, Traffic traffic) {
    this.streets = streets;
    this.traffic = traffic;
    letters = new String[streets.lightIds.length];
    goes = new boolean[streets.strips];
    java.util.Arrays.fill(goes, true);
  }

  void show(int light, String shown) {
    letters[light] = shown;
  }

  /** Letter that a way sees; {@code O} without a light, when only the right of way counts. */
  private char letter(int way) {
    int light = streets.light[way];
    if (light < 0 || letters[light] == null) {
      return 'O';
    }
    int position = streets.position[way];
    return position < letters[light].length() ? letters[light].charAt(position) : 'r';
  }

  /**
   * True if a vehicle may go on over the stop line.
   *
   * @param metres to the stop line
   */
  boolean mayEnter(int slot, int way, double metres) {
    char letter = letter(way);
    if (letter == 'r' || letter == 'u') {
      return false;
    }
    double speed = traffic.v[slot];
    double braking = speed + speed * speed / (2 * traffic.trips[slot].kind().deceleration());
    if (letter == 'y' || letter == 'Y') {
      return braking > metres && speed > 0.5;
    }
    boolean may = hasRoom(slot, way) && (letter == 'G'
        || (streets.waitingSpot[way] > 0 ? hasRoomToWait(way) : !isSomebodyComing(slot, way)));
    goes[way] = may;
    return may;
  }

  /** True if whoever drives a way now has to look out for others. */
  boolean isMinor(int way) {
    char letter = letter(way);
    return letter == 'g' || letter != 'G' && letter != 'y' && streets.passFirst[way].length > 0;
  }

  private boolean hasRoomToWait(int way) {
    int last = traffic.last(way);
    return last < 0 || traffic.rear(last) > traffic.trips[last].kind().gapMetres();
  }

  private boolean hasRoom(int slot, int way) {
    if (!streets.keepClear[way]) {
      return true;
    }
    int lane = streets.to[way];
    int last = traffic.last(lane);
    if (last < 0 ? traffic.inbound[lane] < 0.1 : traffic.v[last] > SLOW) {
      return true;
    }
    double free = last < 0 ? streets.length[lane] : traffic.rear(last);
    return free - traffic.inbound[lane] > traffic.space(slot);
  }

  /** True if a vehicle that waits inside the junction, or at a stop line, has to let somebody pass. */
  boolean isSomebodyComing(int slot, int way) {
    char letter = letter(way);
    if (letter == 'G') {
      return false;
    }
    double acceleration = traffic.trips[slot].kind().acceleration();
    double left = traffic.strip[slot] == way ? streets.length[way] - traffic.x[slot] : streets.length[way];
    double needed = Math.min(4, 1 + Math.sqrt(2 * left / acceleration) * 0.9);
    double gap = needed * Math.max(LEAST_GAP_SHARE, 1 - traffic.stands[slot] / PATIENCE_SECONDS);
    for (int first : streets.passFirst[way]) {
      if (comes(first, gap)) {
        return true;
      }
    }
    return false;
  }

  private boolean comes(int way, double gapSeconds) {
    for (int i = 0; i < traffic.count[way]; i++) {
      int inside = traffic.queue[way][i];
      boolean waits = traffic.v[inside] < 0.1 && traffic.stands[inside] > 1;
      if (!waits) {
        return true;
      }
    }
    char letter = letter(way);
    if (letter == 'r' || letter == 'u') {
      return false;
    }
    int lane = streets.from[way];
    for (int i = 0; i < traffic.count[lane]; i++) {
      int slot = traffic.queue[lane][i];
      double metres = streets.length[lane] - traffic.x[slot];
      double speed = traffic.v[slot];
      if (metres > SIGHT_METRES || metres > gapSeconds * Math.max(speed + 1, 4)) {
        return false;
      }
      boolean stuck = speed < 0.1 && !goes[way];
      boolean stops = letter == 'y' && speed + speed * speed / 9 < metres;
      if (!traffic.isOnLastEdge(slot) && traffic.wayOf(slot) == way && !stuck && !stops) {
        return true;
      }
    }
    // A short lane hides who comes: look one lane farther.
    if (streets.length[lane] < SIGHT_METRES / 2) {
      for (int before : streets.waysTo[lane]) {
        for (int i = 0; i < traffic.count[before]; i++) {
          int slot = traffic.queue[before][i];
          double metres = streets.length[lane] + streets.length[before] - traffic.x[slot];
          if (traffic.v[slot] > 1 && metres < gapSeconds * traffic.v[slot] && traffic.routes[slot]
              .ways()[traffic.at[slot] + 1][streets.placeOf[lane]] == way) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
