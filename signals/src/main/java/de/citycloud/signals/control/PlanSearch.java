package de.citycloud.signals.control;

import de.citycloud.signals.control.PlanModel.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Beam search over sequences of stages: at each moment of a grid that gets coarser with time the cheapest plans are
 * kept, and each goes on with its stage or turns to another one.
 */
final class PlanSearch {
  private final PlanModel model;
  private final StageTable table;
  private final PredictiveSettings settings;
  private final int horizon;
  private final List<List<Node>> moments = new ArrayList<>();

  /** A plan up to some moment; {@code first} is the stage it turns to at once, or the present one. */
  private record Node(State state, int stage, int first, double score) {}

  /** The cheapest plan: stage to show now, its cost, and the cost of the best plan that stays, in s of waiting. */
  record Result(int stage, double cost, double stayCost) {}

  PlanSearch(PlanModel model) {
    this.model = model;
    table = model.table;
    settings = model.settings;
    horizon = settings.horizonSeconds();
    for (int t = 0; t <= horizon; t++) {
      moments.add(new ArrayList<>());
    }
  }

  /**
   * Searches from an established stage that may be left.
   *
   * @param mayStay false if the stage has to be left now
   * @param allowed stages that may be turned to at once
   */
  Result from(State start, int stage, boolean mayStay, IntPredicate allowed) {
    expand(new Node(start, stage, stage, 0), 0, mayStay, allowed);
    for (int t = 1; t < horizon; t++) {
      for (var node : best(moments.get(t))) {
        expand(node, t, true, s -> true);
      }
    }
    Node best = null;
    double stay = Double.MAX_VALUE;
    for (var node : moments.get(horizon)) {
      best = best == null || node.score < best.score ? node : best;
      stay = node.first == stage ? Math.min(stay, node.score) : stay;
    }
    return best == null ? new Result(stage, 0, 0) : new Result(best.first, best.score, stay);
  }

  /**
   * The cheapest plans, but only so many that agree in their first and present stage: right after a change a plan looks
   * worse than it is, and variants of staying would crowd it out.
   */
  private List<Node> best(List<Node> nodes) {
    nodes.sort(Comparator.comparingDouble(Node::score));
    var alike = new int[table.stages * table.stages];
    var kept = new ArrayList<Node>();
    for (var node : nodes) {
      if (kept.size() < settings.beam() && alike[node.first * table.stages + node.stage]++ < settings.alike()) {
        kept.add(node);
      }
    }
    return kept;
  }

  private void expand(Node node, int t, boolean mayStay, IntPredicate allowed) {
    if (mayStay) {
      var state = new State(node.state);
      add(state, node.stage, node.first, roll(state, node.stage, t, next(t + 1)));
    }
    for (int s = 0; s < table.stages; s++) {
      if (s != node.stage && allowed.test(s) && inOrder(node.stage, s)
          && (t == 0 && !mayStay || settings.fixedOrder() || isWanted(node, s, t))) {
        turn(node, s, t);
      }
    }
  }

  private boolean inOrder(int from, int to) {
    return !settings.fixedOrder() || to == (from + 1) % table.programmed || from >= table.programmed && to == 0;
  }

  private void turn(Node node, int to, int t) {
    var state = new State(node.state);
    state.cost += settings.switchCost();
    int between = Math.max(table.transition[node.stage][to], state.ready[to] - t);
    for (int s = 0; s < table.stages; s++) {
      state.ready[s] = Math.max(state.ready[s], t + table.clearing[node.stage][to][s]);
    }
    // Vehicles go on while others, on foot or ended before, still clear the junction.
    int used = between - table.tail[node.stage][to] + settings.usedYellowSeconds();
    int time = t;
    for (int i = 0; i < between && time < horizon; i++, time++) {
      if (i == used) {
        model.finish(state, node.stage);
      }
      model.between(state, node.stage, to, time, i < used);
    }
    if (between <= used) {
      model.finish(state, node.stage);
    }
    int end = Math.min(horizon, time + table.minGreen[node.stage][to]);
    for (int i = 0; time < end; i++, time++) {
      model.green(state, to, time, node.stage, i < settings.startLossSeconds());
    }
    add(state, to, t == 0 ? to : node.first, roll(state, to, time, next(time)));
  }

  private int roll(State state, int stage, int from, int to) {
    for (int t = from; t < to; t++) {
      model.green(state, stage, t, stage, false);
    }
    return to;
  }

  /** The next moment of the grid, at or after t. */
  private int next(int t) {
    int step = t <= 4 ? 1 : t <= 20 ? 2 : 4;
    return Math.min(horizon, (t + step - 1) / step * step);
  }

  private void add(State state, int stage, int first, int t) {
    moments.get(t).add(new Node(state, stage, first, state.cost + model.remainder(state)));
  }

  /** A stage is worth a thought if somebody whom the present one does not serve waits for it or comes soon. */
  private boolean isWanted(Node node, int stage, int t) {
    for (int l = 0; l < table.lanes; l++) {
      if (table.serves(stage, l) && (!sameService(node.stage, stage, l))
          && (node.state.queue[l] > 0.3 || model.comesSoon(l, t))) {
        return true;
      }
    }
    return false;
  }

  private boolean sameService(int a, int b, int lane) {
    return table.free[a][lane].length == table.free[b][lane].length
        && table.yielding[a][lane].length == table.yielding[b][lane].length;
  }
}
