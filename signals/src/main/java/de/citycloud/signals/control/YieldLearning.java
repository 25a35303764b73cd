package de.citycloud.signals.control;

import java.util.Arrays;

/** Learns how well yielding vehicles use gaps: vehicles that really crossed against those that the model expected. */
final class YieldLearning {
  private static final double FADING = 0.998;
  private static final double PRIOR_VEHICLES = 15;
  private static final double LEAST = 0.2;
  private static final double MOST = 1.2;

  private final StageTable table;
  private final double[] expected;
  private final double[] crossed;
  /** [lane] what the model expected for the second that has passed; negative if nothing can be learned from it. */
  private final double[] lastExpected;

  YieldLearning(StageTable table) {
    this.table = table;
    expected = new double[table.lanes];
    Arrays.fill(expected, PRIOR_VEHICLES);
    crossed = expected.clone();
    lastExpected = new double[table.lanes];
    Arrays.fill(lastExpected, -1);
  }

  /** Takes in the second that has passed and remembers what the model expects of the next. */
  void learn(JunctionView view, PlanModel model, PlanModel.State state) {
    for (int l = 0; l < table.lanes; l++) {
      if (lastExpected[l] >= 0) {
        expected[l] = expected[l] * FADING + lastExpected[l];
        crossed[l] = crossed[l] * FADING + (view.forecast().secondsSinceCrossing()[l] == 0 ? 1 : 0);
      }
      boolean yields = table.yielding[view.stage()][l].length > 0;
      boolean queue = view.forecast().standing()[l] >= 1 && view.greenSeconds() >= 3;
      lastExpected[l] = yields && queue ? model.yieldingRate(state, view.stage(), l) : -1;
    }
  }

  /** [lane] crossed by expected. */
  double[] factors() {
    var factors = new double[table.lanes];
    for (int l = 0; l < factors.length; l++) {
      factors[l] = Math.clamp(crossed[l] / expected[l], LEAST, MOST);
    }
    return factors;
  }
}
