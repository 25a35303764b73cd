package de.citycloud.signals.control;

import de.citycloud.signals.predict.Forecast;

/**
 * How queues at the stop lines fill and drain under a stage, second by second, in expected vehicles. A lane whose
 * movements are not all green drains until the first vehicle that has to wait comes to its head; a lane whose vehicles
 * yield drains as far as the streams that pass first leave gaps.
 */
final class PlanModel {
  /** Reach of "the exit is full": what happens later is unknown. */
  private static final int EXIT_FULL_SECONDS = 8;
  private static final double LEAST_GAP = 0.02;

  final PredictiveSettings settings;
  final StageTable table;
  final Forecast forecast;
  /** [lane][t] arrivals within the gap that begins at t. */
  private final double[][] soon;
  /** [stage][lane] share of the lane that drives freely, yields; "now" while some exits are full. */
  private final double[][] free;
  private final double[][] yields;
  private final double[][] freeNow;
  private final double[][] yieldsNow;
  /** [stage][lane] [other lane, share] pairs of the streams that pass first. */
  private final double[][][] foeShares;

  /** [lane] how well its vehicles use the gaps that the model sees; 1 as modelled. */
  private final double[] yieldFactor;

  /** Weight of the queues that are left. */
  private final double queueCost;

  PlanModel(PredictiveSettings settings, StageTable table, Forecast forecast, double[] yieldFactor,
      double queueCost) {
    this.queueCost = queueCost;
    this.yieldFactor = yieldFactor;
    this.settings = settings;
    this.table = table;
    this.forecast = forecast;
    soon = new double[table.lanes][];
    int horizon = settings.horizonSeconds();
    for (int l = 0; l < table.lanes; l++) {
      soon[l] = new double[horizon + 1];
      for (int t = 0; t <= horizon; t++) {
        for (int k = t; k < Math.min(t + settings.gapSeconds(), forecast.horizonSeconds()); k++) {
          soon[l][t] += forecast.arrivals()[l][k];
        }
      }
    }
    free = new double[table.stages][table.lanes];
    yields = new double[table.stages][table.lanes];
    freeNow = new double[table.stages][table.lanes];
    yieldsNow = new double[table.stages][table.lanes];
    foeShares = new double[table.stages][table.lanes][];
    for (int s = 0; s < table.stages; s++) {
      for (int l = 0; l < table.lanes; l++) {
        sum(table.free[s][l], free[s], freeNow[s], l);
        sum(table.yielding[s][l], yields[s], yieldsNow[s], l);
        foeShares[s][l] = foeShares(table.foes[s][l]);
      }
    }
  }

  private void sum(int[] movements, double[] later, double[] now, int lane) {
    for (int m : movements) {
      later[lane] += forecast.shares()[m];
      now[lane] += forecast.exitFull()[m] ? 0 : forecast.shares()[m];
    }
  }

  private double[] foeShares(int[] movements) {
    if (movements.length == 0) {
      return new double[0];
    }
    var shares = new double[table.lanes];
    for (int m : movements) {
      shares[table.laneOf[m]] += forecast.shares()[m];
    }
    return shares;
  }

  /** Queues at one moment of a plan, and what it has cost so far. */
  static final class State {
    final double[] queue;
    /** [lane] chance that the head of the queue may go under the present stage. */
    final double[] open;
    /** [stage] second of the plan before which groups that have ended hold it up. */
    final int[] ready;
    double cost;

    State(int lanes, int[] ready) {
      queue = new double[lanes];
      open = new double[lanes];
      this.ready = ready;
      java.util.Arrays.fill(open, 1);
    }

    State(State other) {
      queue = other.queue.clone();
      open = other.open.clone();
      ready = other.ready.clone();
      cost = other.cost;
    }
  }

  /** One second of green. */
  void green(State state, int stage, int second, int before, boolean starting) {
    for (int l = 0; l < table.lanes; l++) {
      boolean loss = starting && state.queue[l] > 0.5 && (before < 0 || !table.serves(before, l));
      lane(state, stage, second, l, loss ? 0 : 1);
    }
  }

  /** One second between two greens; {@code used} while vehicles of the old one still pass. */
  void between(State state, int from, int to, int second, boolean used) {
    for (int l = 0; l < table.lanes; l++) {
      boolean stays = table.serves(from, l) && table.serves(to, l);
      boolean ends = table.serves(from, l) && !stays;
      lane(state, from, second, l, stays || ends && used ? 1 : 0);
    }
  }

  /** Waiting vehicles of yielding streams that have entered the junction leave it when their green ends. */
  void finish(State state, int from) {
    for (int l = 0; l < table.lanes; l++) {
      double yield = yields[from][l];
      if (yield > 0) {
        double leave = Math.min(state.queue[l], 1) * yield / (free[from][l] + yield) * state.open[l];
        state.queue[l] -= leave;
      }
      state.open[l] = 1;
    }
  }

  private void lane(State state, int stage, int second, int l, double go) {
    double arriving = forecast.arrivals()[l][second];
    double waiting = state.queue[l];
    double total = waiting + arriving;
    double weight = forecast.weight()[l];
    boolean now = second < EXIT_FULL_SECONDS;
    double freely = now ? freeNow[stage][l] : free[stage][l];
    double yielding = now ? yieldsNow[stage][l] : yields[stage][l];
    double served = freely + yielding;
    if (total <= 0) {
      return;
    }
    if (go == 0 || served <= 0.001) {
      state.queue[l] = total;
      state.cost += weight * (total + settings.stopCost() * forecast.moving()[l][second]);
      return;
    }
    double rate = go * rate(state, stage, second, l, freely, yielding);
    double out = Math.min(total, rate);
    double left = total - out;
    state.queue[l] = left;
    state.cost += weight * (left + settings.stopCost() * forecast.moving()[l][second] * left / total);
    if (served < 0.999) {
      double blocked = 1 - served;
      state.open[l] *= 1 - blocked * Math.min(1, out / served);
    }
  }

  /** Vehicles that a queue sends over the stop line in one second. */
  private double rate(State state, int stage, int second, int l, double freely, double yielding) {
    double rate = forecast.saturation()[l] * state.open[l];
    return yielding > 0.001
        ? rate * (freely + yielding) / (freely + yielding / (yieldFactor[l] * gap(state, stage, second, l)))
        : rate;
  }

  /** The same for the second to come, as far as vehicles yield; for learning how well they find gaps. */
  double yieldingRate(State state, int stage, int lane) {
    return rate(state, stage, 0, lane, freeNow[stage][lane], yieldsNow[stage][lane]);
  }

  /** Share of the time in which the streams that pass first leave a gap. */
  private double gap(State state, int stage, int second, int lane) {
    double coming = 0;
    var shares = foeShares[stage][lane];
    for (int l = 0; l < shares.length; l++) {
      if (shares[l] > 0) {
        coming += shares[l] * (2 * state.queue[l] * state.open[l] + soon[l][second]);
      }
    }
    return Math.max(LEAST_GAP, 1 - coming);
  }

  /** True if a vehicle reaches a lane's stop line within a gap's time. */
  boolean comesSoon(int lane, int second) {
    return soon[lane][second] > 0.3;
  }

  /** What the queues left at the end will still cost. */
  double remainder(State state) {
    double cost = 0;
    for (int l = 0; l < table.lanes; l++) {
      double x = state.queue[l];
      cost += forecast.weight()[l]
          * (settings.leftCost() * x + queueCost * x * x / (2 * forecast.saturation()[l]));
    }
    return cost;
  }
}
