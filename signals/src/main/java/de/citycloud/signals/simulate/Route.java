package de.citycloud.signals.simulate;

/**
 * A way through the network, and which lanes lead on.
 *
 * @param edges road sections in order
 * @param reach [edge of the way][place] how far a vehicle comes from that lane without changing, m, cut off at {@link
 *     #FAR_METRES}
 * @param ways [edge of the way][place] way across the next junction; −1 if the lane does not lead on
 */
record Route(int[] edges, double[][] reach, int[][] ways) {
  /** What lies farther away does not matter for the choice of a lane. */
  static final double FAR_METRES = 500;

  /** Works out the lanes; null if the road sections do not follow each other. */
  static @org.jspecify.annotations.Nullable Route of(Streets streets, int[] edges) {
    var reach = new double[edges.length][];
    var ways = new int[edges.length][];
    for (int i = edges.length - 1; i >= 0; i--) {
      var lanes = streets.edgeLanes[edges[i]];
      reach[i] = new double[lanes.length];
      ways[i] = new int[lanes.length];
      boolean last = i == edges.length - 1;
      boolean leadsOn = last;
      for (int k = 0; k < lanes.length; k++) {
        ways[i][k] = -1;
        double best = last ? FAR_METRES : 0;
        for (int way : streets.ways[lanes[k]]) {
          int to = streets.to[way];
          if (i + 1 < edges.length && streets.edgeOf[to] == edges[i + 1]) {
            double beyond = reach[i + 1][streets.placeOf[to]];
            if (ways[i][k] < 0 || beyond > best) {
              best = beyond;
              ways[i][k] = way;
              leadsOn = true;
            }
          }
        }
        reach[i][k] = Math.min(FAR_METRES, streets.length[lanes[k]] + best);
      }
      if (!leadsOn) {
        return null;
      }
    }
    return new Route(edges, reach, ways);
  }

  /** The longest reach from a road section of the way, m. */
  double farthest(int index) {
    double most = 0;
    for (double metres : reach[index]) {
      most = Math.max(most, metres);
    }
    return most;
  }
}
