package de.citycloud.signals.predict;

import de.citycloud.signals.junction.Intersection;
import java.util.Arrays;

/**
 * Shares learned by watching: which stop line a vehicle seen upstream reaches, and which movement it takes there. Old
 * observations fade.
 */
final class TurningShares {
  private static final double FADING = 0.99;
  private static final double PRIOR_VEHICLES = 2;

  /** [upstream lane][stop line lane]; the last column counts those that reach none. */
  private final double[][] reached;
  private final double[] movements;
  private final int[] laneOf;
  private final int stopLanes;

  TurningShares(Intersection intersection) {
    stopLanes = intersection.lanes().size();
    reached = new double[intersection.upstream().size()][];
    for (int u = 0; u < reached.length; u++) {
      var upstream = intersection.upstream().get(u);
      reached[u] = Arrays.copyOf(upstream.prior(), stopLanes + 1);
      double weight = upstream.stopLane() >= 0 ? 3 * PRIOR_VEHICLES : PRIOR_VEHICLES;
      if (upstream.stopLane() >= 0) {
        Arrays.fill(reached[u], 0);
        reached[u][upstream.stopLane()] = 1;
      }
      for (int i = 0; i < reached[u].length; i++) {
        reached[u][i] *= weight;
      }
    }
    laneOf = intersection.movements().stream().mapToInt(m -> m.lane()).toArray();
    movements = intersection.movements().stream().mapToDouble(m -> m.link().direction() == 's' ? 2 : 1).toArray();
  }

  void reached(int upstream, int stopLane) {
    var row = reached[upstream];
    for (int i = 0; i < row.length; i++) {
      row[i] *= FADING;
    }
    row[stopLane < 0 ? stopLanes : stopLane] += 1;
  }

  void took(int movement) {
    for (int m = 0; m < movements.length; m++) {
      if (laneOf[m] == laneOf[movement]) {
        movements[m] *= FADING;
      }
    }
    movements[movement] += 1;
  }

  /** Share of the vehicles on an upstream lane that reach a stop line lane. */
  double reaching(int upstream, int stopLane) {
    double sum = 0;
    for (double count : reached[upstream]) {
      sum += count;
    }
    return reached[upstream][stopLane] / sum;
  }

  /** The stop line lane that most vehicles of an upstream lane reach. */
  int likeliest(int upstream) {
    int best = 0;
    for (int l = 1; l < stopLanes; l++) {
      best = reached[upstream][l] > reached[upstream][best] ? l : best;
    }
    return best;
  }

  /** Share of each movement among those of its lane. */
  double[] movements() {
    var sums = new double[stopLanes];
    for (int m = 0; m < movements.length; m++) {
      sums[laneOf[m]] += movements[m];
    }
    var shares = movements.clone();
    for (int m = 0; m < shares.length; m++) {
      shares[m] /= sums[laneOf[m]];
    }
    return shares;
  }
}
