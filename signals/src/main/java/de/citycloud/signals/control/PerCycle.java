package de.citycloud.signals.control;

import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.predict.Forecast;
import java.util.Arrays;
import java.util.Locale;

/**
 * Ours as a field controller accepts it today: the program's stages in their order, and once a cycle another cycle time
 * and other splits (German: <i>Umlaufzeit, Freigabezeitanteil</i>); the offset is kept. Splits level the degree of
 * saturation of the critical lanes (Webster 1958); of all cycle times the one with the least delay is taken, by the
 * formula of the Highway Capacity Manual that also holds when demand exceeds capacity.
 */
final class PerCycle implements ControlStrategy {
  private static final int SHORTEST_CYCLE = 30;
  private static final int LONGEST_CYCLE = 100;
  private static final int CYCLE_STEP = 5;
  /** A cycle time is changed only for a gain of this share: each change disturbs the offsets. */
  private static final double WORTH_A_CHANGE = 0.05;
  /** A standing queue should be gone after this time, s. */
  private static final double CLEAR_WITHIN_SECONDS = 150;
  /** Green that is lost at its start, less the yellow that is used, s. */
  private static final double START_LOSS_SECONDS = 1;
  /** What a stream that yields passes of its saturation flow, if the others' lanes are empty. */
  private static final double YIELDING_FACTOR = 0.6;
  /** Period of the delay formula, s. */
  private static final double PERIOD_SECONDS = 900;

  private final Intersection intersection;
  private final StageTable table;
  private final long beginSecond;
  private final int[] order;
  private final int[] minimum;
  private final int lostSeconds;
  private int position;
  private int cycle;
  private int[] greens;
  private String plan = "first plan";

  /** @param beginSecond time of day at which the controller starts, for the offset */
  PerCycle(Intersection intersection, long beginSecond) {
    this.intersection = intersection;
    this.beginSecond = beginSecond;
    table = new StageTable(intersection);
    order = order(intersection);
    minimum = new int[order.length];
    int lost = 0;
    for (int i = 0; i < order.length; i++) {
      int before = order[(i + order.length - 1) % order.length];
      minimum[i] = table.minGreen[before][order[i]];
      lost += table.transition[before][order[i]];
    }
    lostSeconds = lost;
    greens = minimum.clone();
    cycle = Math.clamp(Math.round(intersection.program().cycleSeconds()), SHORTEST_CYCLE, LONGEST_CYCLE);
  }

  /** Stages of the program without immediate repetition, then those that it leaves out. */
  private static int[] order(Intersection intersection) {
    var programmed = Arrays.stream(intersection.programStages()).filter(s -> s >= 0).toArray();
    var order = new int[programmed.length + intersection.stages().size()];
    int n = 0;
    for (int stage : programmed) {
      if (n == 0 || order[n - 1] != stage) {
        order[n++] = stage;
      }
    }
    if (n > 1 && order[n - 1] == order[0]) {
      n--;
    }
    for (int s = 0; s < intersection.stages().size(); s++) {
      int stage = s;
      if (intersection.stages().get(s).programmed() && Arrays.stream(programmed).noneMatch(p -> p == stage)) {
        order[n++] = s;
      }
    }
    return Arrays.copyOf(order, n);
  }

  @Override
  public Decision decide(JunctionView view) {
    if (order.length == 0) {
      return new Decision(view.stage(), "the program has no stage");
    }
    if (view.stage() == order[position] && view.mayLeave() && view.greenSeconds() >= greens[position]) {
      position = (position + 1) % order.length;
      if (position == 0) {
        replan(view);
      }
    }
    return new Decision(order[position], plan);
  }

  private void replan(JunctionView view) {
    var load = new Load(view.forecast());
    int best = cycle;
    double least = load.cost(load.split(cycle), cycle) * (1 - WORTH_A_CHANGE);
    for (int candidate = SHORTEST_CYCLE; candidate <= LONGEST_CYCLE; candidate += CYCLE_STEP) {
      double cost = load.cost(load.split(candidate), candidate);
      if (cost < least) {
        least = cost;
        best = candidate;
      }
    }
    cycle = best;
    greens = load.split(cycle + towardsOffset(view.second()));
    plan = String.format(Locale.ROOT, "cycle %d s, greens %s s, fullest lane %.0f %% full", cycle,
        Arrays.toString(greens), 100 * load.fullest(greens, cycle));
  }

  /** Seconds by which this cycle is longer, so that the next ones begin at the offset; at most a tenth. */
  private int towardsOffset(long second) {
    int late = (int) Math.floorMod(intersection.program().offsetSeconds() - (beginSecond + second), (long) cycle);
    return late > cycle - 3 ? 0 : Math.min(late, cycle / 10);
  }

  /** What the lanes have to carry now. */
  private final class Load {
    /** [lane] vehicles a second that want to pass. */
    final double[] demand;
    /** [lane][position] vehicles a second that pass during green. */
    final double[][] capacity;

    Load(Forecast forecast) {
      demand = new double[table.lanes];
      capacity = new double[table.lanes][order.length];
      for (int l = 0; l < table.lanes; l++) {
        demand[l] = forecast.flow()[l] + forecast.standing()[l] / CLEAR_WITHIN_SECONDS;
        for (int p = 0; p < order.length; p++) {
          capacity[l][p] = forecast.saturation()[l] * served(forecast, order[p], l);
        }
      }
    }

    /** Share of a lane that a stage lets pass; a stream that yields counts less the more it has to wait for. */
    private double served(Forecast forecast, int stage, int lane) {
      double served = 0;
      for (int m : table.free[stage][lane]) {
        served += forecast.shares()[m];
      }
      if (table.yielding[stage][lane].length > 0) {
        double others = 0;
        for (int foe : table.foes[stage][lane]) {
          others += forecast.shares()[foe] * forecast.flow()[table.laneOf[foe]];
        }
        double gaps = YIELDING_FACTOR * Math.max(0.15, 1 - 3 * others);
        for (int m : table.yielding[stage][lane]) {
          served += forecast.shares()[m] * gaps;
        }
      }
      return Math.min(1, served);
    }

    /** Greens of a cycle: minima first, then each second where the fullest lane needs it. */
    int[] split(int cycleSeconds) {
      var split = minimum.clone();
      int left = cycleSeconds - lostSeconds - Arrays.stream(split).sum();
      for (; left > 0; left--) {
        int fullest = 0;
        double most = -1;
        for (int l = 0; l < table.lanes; l++) {
          double full = full(split, cycleSeconds, l);
          if (full > most && Double.isFinite(full)) {
            most = full;
            fullest = l;
          }
        }
        split[bestFor(fullest, split, cycleSeconds)]++;
      }
      return split;
    }

    /** The position that serves a lane best; of equals the one that also helps the other lanes most. */
    private int bestFor(int lane, int[] split, int cycleSeconds) {
      int best = 0;
      double most = -1;
      for (int p = 0; p < order.length; p++) {
        double help = 10 * capacity[lane][p];
        for (int l = 0; l < table.lanes; l++) {
          double full = full(split, cycleSeconds, l);
          help += Double.isFinite(full) ? capacity[l][p] * Math.min(1, full) : 0;
        }
        if (help > most) {
          most = help;
          best = p;
        }
      }
      return best;
    }

    private double passing(int[] split, int lane) {
      double passing = 0;
      for (int p = 0; p < split.length; p++) {
        passing += capacity[lane][p] * Math.max(0, split[p] - START_LOSS_SECONDS);
      }
      return passing;
    }

    /** Degree of saturation (German: <i>Auslastungsgrad</i>). */
    private double full(int[] split, int cycleSeconds, int lane) {
      return demand[lane] * cycleSeconds / passing(split, lane);
    }

    double fullest(int[] split, int cycleSeconds) {
      double most = 0;
      for (int l = 0; l < table.lanes; l++) {
        double full = full(split, cycleSeconds, l);
        most = Double.isFinite(full) ? Math.max(most, full) : most;
      }
      return most;
    }

    /** Delay per second, s/s: uniform part, and random and overflow part of the Highway Capacity Manual. */
    double cost(int[] split, int cycleSeconds) {
      double real = lostSeconds + Arrays.stream(split).sum();
      double cost = 0;
      for (int l = 0; l < table.lanes; l++) {
        double passing = passing(split, l);
        double flow = demand[l];
        if (passing <= 0 || flow <= 0) {
          continue;
        }
        double perSecond = passing / Math.max(real, cycleSeconds);
        double full = flow / perSecond;
        double share = Math.min(0.95, green(split, l) / Math.max(real, cycleSeconds));
        double uniform = 0.5 * real * (1 - share) * (1 - share) / (1 - Math.min(1, full) * share);
        double over = full - 1;
        double overflow = PERIOD_SECONDS / 4
            * (over + Math.sqrt(over * over + 4 * full / (perSecond * PERIOD_SECONDS)));
        cost += flow * (uniform + overflow);
      }
      return cost;
    }

    private int green(int[] split, int lane) {
      int green = 0;
      for (int p = 0; p < split.length; p++) {
        green += capacity[lane][p] > 0 ? split[p] : 0;
      }
      return green;
    }
  }
}
