package de.citycloud.benchmarks.signals;

import java.util.List;

/**
 * A network and how much traffic it carries.
 *
 * @param name its folder
 * @param generator what SUMO's {@code netgenerate} is told
 * @param vehPerHour cars that come in from the edge of the network, veh/h
 * @param mainShare share of them that drives along the first axis, west–east and back, 0 to 1
 * @param event cars of an event on top; {@link EventTraffic#NONE} without any
 */
record Town(String name, List<String> generator, int vehPerHour, double mainShare, EventTraffic event) {
  private static final List<String> SIGNALS_EVERYWHERE = List.of("--default-junction-type", "traffic_light");

  /** All networks of the public benchmark; 1 to 16 signals, and 100 for speed. */
  static List<Town> all() {
    var one = new Town("crossing1", lights("--grid --grid.x-number 1 --grid.y-number 1 --grid.attach-length 300 -L 3"
        + " --sidewalks.guess --sidewalks.guess.max-speed 15 --crossings.guess"), 2000, 0.55, EventTraffic.NONE);
    var arterial = new Town("arterial5", lights("--grid --grid.x-number 5 --grid.y-number 1 --grid.x-length 280"
        + " --grid.attach-length 250 -L 2"), 2300, 0.45, EventTraffic.NONE);
    var blocks = new Town("blocks9", lights("--grid --grid.number 3 --grid.length 180 --grid.attach-length 200 -L 1"
        + " --turn-lanes 1 --turn-lanes.length 50"), 2200, 0.3, EventTraffic.NONE);
    var grid = new Town("grid16", lights("--grid --grid.number 4 --grid.length 220 --grid.attach-length 220 -L 2"),
        4600, 0.3, EventTraffic.NONE);
    var ring = new Town("ring12", lights("--spider --spider.arm-number 6 --spider.circle-number 2"
        + " --spider.space-radius 180 --spider.omit-center -L 2"), 2200, 0, EventTraffic.NONE);
    var random = new Town("town14", List.of(("--rand --rand.iterations 30 --rand.min-distance 120"
        + " --rand.max-distance 320 --bidi-probability 1 --random-lanenumber -L 2 --tls.guess"
        + " --tls.guess.threshold 40 --rand.neighbor-dist1 1 --rand.neighbor-dist3 6 --rand.neighbor-dist4 8")
        .split(" ")),
        1700, 0, EventTraffic.NONE);
    var large = new Town("grid100", lights("--grid --grid.number 10 --grid.length 200 --grid.attach-length 200 -L 2"),
        6000, 0, EventTraffic.NONE);
    return List.of(one, large, arterial, arterial.with("arterial5_event_depart", 1800, EventTraffic.departure(500)),
        blocks, blocks.with("blocks9_event_arrive", 1900, EventTraffic.arrival(600)),
        grid, grid.with("grid16_event_arrive", 3200, EventTraffic.arrival(1200)),
        grid.with("grid16_event_depart", 3200, EventTraffic.departure(1200)), ring, random,
        random.with("town14_event_depart", 1100, EventTraffic.departure(500)));
  }

  private static List<String> lights(String generator) {
    return java.util.stream.Stream.concat(List.of(generator.split(" ")).stream(), SIGNALS_EVERYWHERE.stream()).toList();
  }

  private Town with(String otherName, int otherVehPerHour, EventTraffic otherEvent) {
    return new Town(otherName, generator, otherVehPerHour, mainShare, otherEvent);
  }

  /** Length of the simulation, s: an event needs time to clear. */
  int seconds() {
    return event.cars() == 0 ? 3600 : 7200;
  }

  /**
   * Cars of an event.
   *
   * @param cars number, 0 or more
   * @param arriving true if they come, false if they leave
   */
  record EventTraffic(int cars, boolean arriving) {
    static final EventTraffic NONE = new EventTraffic(0, true);
    /** When the whistle blows, s after the start of the simulation. */
    static final int MOMENT_SECONDS = 3000;

    static EventTraffic arrival(int cars) {
      return new EventTraffic(cars, true);
    }

    static EventTraffic departure(int cars) {
      return new EventTraffic(cars, false);
    }

    /**
     * When one of its cars sets out, s. Arrivals: a peak half an hour before the start; departures: most within a
     * quarter of an hour after the end.
     *
     * @param dice two independent numbers, each uniform in 0 to 1
     */
    double departSeconds(double[] dice) {
      double mean = (dice[0] + dice[1]) / 2; // a triangle: most in the middle
      return arriving ? MOMENT_SECONDS - 2700 + mean * 2700 : MOMENT_SECONDS - 1200 + mean * mean * 3600;
    }
  }
}
