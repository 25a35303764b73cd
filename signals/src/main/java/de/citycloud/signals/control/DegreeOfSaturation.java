package de.citycloud.signals.control;

import de.citycloud.signals.predict.Forecast;

/**
 * How full an intersection is (German: <i>Auslastungsgrad</i>): demand by capacity of its fullest lane if green were
 * shared out so that this lane is as empty as possible. Time between greens is not counted.
 */
final class DegreeOfSaturation {
  /** A standing queue should be gone after this time, s. */
  private static final double CLEAR_WITHIN_SECONDS = 150;
  private static final int PARTS = 50;
  private static final double LEAST_GAP = 0.1;

  private final StageTable table;
  /** [lane] vehicles a second that want to pass. */
  private final double[] demand;
  /** [stage][lane] vehicles a second that pass during green. */
  private final double[][] capacity;

  /**
   * For what is expected now.
   *
   * @param gapSeconds gap that a yielding vehicle needs, s
   * @param yieldFactors [lane] how well its vehicles use gaps
   */
  DegreeOfSaturation(StageTable table, Forecast forecast, int gapSeconds, double[] yieldFactors) {
    this.table = table;
    demand = new double[table.lanes];
    capacity = new double[table.stages][table.lanes];
    for (int l = 0; l < table.lanes; l++) {
      demand[l] = forecast.flow()[l] + forecast.standing()[l] / CLEAR_WITHIN_SECONDS;
      for (int s = 0; s < table.stages; s++) {
        double others = 0;
        for (int foe : table.foes[s][l]) {
          others += forecast.shares()[foe] * forecast.flow()[table.laneOf[foe]];
        }
        double gaps = yieldFactors[l] * Math.max(LEAST_GAP, 1 - gapSeconds * others);
        double freely = share(table.free[s][l], forecast);
        double yielding = share(table.yielding[s][l], forecast);
        double served = freely + yielding;
        capacity[s][l] = served <= 0 ? 0 : forecast.saturation()[l] * served * served / (freely + yielding / gaps);
      }
    }
  }

  private static double share(int[] movements, Forecast forecast) {
    double share = 0;
    for (int m : movements) {
      share += forecast.shares()[m];
    }
    return share;
  }

  /** Demand by capacity; 1 is full. */
  double value() {
    var passing = new double[table.lanes];
    for (int part = 0; part < PARTS; part++) {
      int stage = bestFor(fullest(passing), passing);
      for (int l = 0; l < table.lanes; l++) {
        passing[l] += capacity[stage][l] / PARTS;
      }
    }
    return full(passing, fullest(passing));
  }

  private int fullest(double[] passing) {
    int fullest = 0;
    for (int l = 1; l < table.lanes; l++) {
      fullest = full(passing, l) > full(passing, fullest) ? l : fullest;
    }
    return fullest;
  }

  private double full(double[] passing, int lane) {
    return demand[lane] / Math.max(passing[lane], 1e-3);
  }

  /** The stage that serves a lane best; of equals the one that also helps the other lanes most. */
  private int bestFor(int lane, double[] passing) {
    int best = 0;
    double most = -1;
    for (int s = 0; s < table.stages; s++) {
      double help = 10 * capacity[s][lane];
      for (int l = 0; l < table.lanes; l++) {
        help += capacity[s][l] * Math.min(1, full(passing, l));
      }
      if (help > most) {
        most = help;
        best = s;
      }
    }
    return best;
  }
}
