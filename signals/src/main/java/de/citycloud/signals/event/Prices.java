package de.citycloud.signals.event;

import java.util.List;

/**
 * What one vehicle more would cost in each store, over the next minutes: a store-and-forward model is rolled forward
 * with the expected demand, and the costs are carried back (the costates of a model-predictive control with quadratic
 * costs, as in TUC: Diakaki, Papageorgiou and Aboudolas 2002). A store that fills up is dear; whoever drives into it
 * earns little.
 */
final class Prices {
  /** Length of a step, s, and steps looked ahead. */
  static final int STEP_SECONDS = 60;
  static final int STEPS = 10;
  /** Beyond this share a store is as good as full: its queue reaches back into the junction upstream. */
  private static final double FULL_SHARE = 0.8;
  private static final double FULL_PRICE = 20;

  private Prices() {}

  /**
   * A flow between two stores.
   *
   * @param from store
   * @param to store; −1 out of the network
   * @param share of the outflow of {@code from}, 0 to 1
   */
  record Turn(int from, int to, double share) {}

  /**
   * Works them out.
   *
   * @param vehicles [store] that are there now
   * @param storage [store] that fit
   * @param capacity [store] vehicles that green lets out in a step
   * @param inflow [step][store] vehicles that come from outside of the model
   * @return [store] price of a vehicle, above 0
   */
  static double[] of(double[] vehicles, double[] storage, double[] capacity, List<Turn> turns, double[][] inflow) {
    int n = vehicles.length;
    var queues = new double[STEPS + 1][];
    var jammed = new boolean[STEPS][n];
    queues[0] = vehicles.clone();
    for (int k = 0; k < STEPS; k++) {
      var next = queues[k].clone();
      var out = new double[n];
      for (int s = 0; s < n; s++) {
        jammed[k][s] = queues[k][s] > capacity[s];
        out[s] = Math.min(queues[k][s], capacity[s]);
        next[s] += inflow[k][s] - out[s];
      }
      for (var turn : turns) {
        if (turn.to >= 0) {
          next[turn.to] += turn.share * out[turn.from];
        }
      }
      queues[k + 1] = next;
    }
    var price = new double[n];
    for (int k = STEPS; k > 0; k--) {
      var before = new double[n];
      for (int s = 0; s < n; s++) {
        double share = queues[k][s] / storage[s];
        before[s] = 1 + 2 * share + FULL_PRICE * Math.max(0, share - FULL_SHARE);
        // Behind a queue that the green cannot empty a vehicle stays; else it moves on to the next store.
        before[s] += k < STEPS && jammed[k][s] ? price[s] : 0;
      }
      for (var turn : turns) {
        if (k < STEPS && !jammed[k][turn.from] && turn.to >= 0) {
          before[turn.from] += turn.share * price[turn.to];
        }
      }
      price = before;
    }
    return price;
  }
}
