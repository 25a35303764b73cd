package de.citycloud.signals.control;

import de.citycloud.signals.control.PlanModel.State;
import de.citycloud.signals.junction.Intersection;
import java.util.function.IntPredicate;

/**
 * Ours: rolling-horizon control. Every second it searches the cheapest sequence of stages for the vehicles that are
 * there and those that will come, and follows its first step. Waiting and stops are counted; stages come in any order.
 */
final class Predictive implements ControlStrategy {
  private static final int DEGREE_SECONDS = 10;
  /** Up to this degree of saturation queues drain about as fast as the parameters assume. */
  private static final double USUAL_DEGREE = 0.75;

  private final Intersection intersection;
  private final PredictiveSettings settings;
  private final StageTable table;
  private final YieldLearning yielding;
  private long degreeSecond = -DEGREE_SECONDS;
  private double degree;

  Predictive(Intersection intersection, PredictiveSettings settings) {
    this.intersection = intersection;
    this.settings = settings;
    table = new StageTable(intersection);
    yielding = new YieldLearning(table);
  }

  @Override
  public boolean keepsSectionsFree() {
    return true;
  }

  @Override
  public Decision decide(JunctionView view) {
    int stage = view.stage();
    if (view.greenSeconds() < 0) {
      return new Decision(stage, "intergreen");
    }
    var model = new PlanModel(settings, table, view.forecast(), yielding.factors(),
        settings.queueCost() * queueFactor(view));
    var start = start(view);
    yielding.learn(view, model, start);
    if (!view.mayLeave()) {
      return new Decision(stage, "minimum green");
    }
    int overdue = mostOverdue(view);
    boolean mayStay = true;
    IntPredicate allowed = s -> true;
    if (overdue >= 0 && !intersection.stages().get(stage).groups().get(overdue)) {
      mayStay = false;
      allowed = s -> settings.fixedOrder() || intersection.stages().get(s).groups().get(overdue);
    }
    if (overdue < 0 && (nobodyCrosses(view) || somebodyLacksService(view))) {
      mayStay = false;
    }
    var result = new PlanSearch(model).from(start, stage, mayStay, allowed);
    return new Decision(result.stage(), Reasons.of(view, result, mayStay ? -1 : overdue));
  }

  /**
   * How much longer than usual the queues left at the end will stand: what is left drains with the capacity that demand
   * leaves over. Without it a full junction changes too often, since each change looks cheap.
   */
  private double queueFactor(JunctionView view) {
    if (settings.mostQueueFactor() <= 1) {
      return 1;
    }
    if (view.second() >= degreeSecond + DEGREE_SECONDS) {
      degreeSecond = view.second();
      degree = new DegreeOfSaturation(table, view.forecast(), settings.gapSeconds(), yielding.factors()).value();
    }
    return Math.clamp((1 - USUAL_DEGREE) / Math.max(0.01, 1 - degree), 1, settings.mostQueueFactor());
  }

  /** The group that has been red for too long, longest first; −1 if there is none. */
  private int mostOverdue(JunctionView view) {
    int most = -1;
    for (int g = 0; g < view.redSeconds().length; g++) {
      if (view.redSeconds()[g] >= settings.forcedRedSeconds()
          && (most < 0 || view.redSeconds()[g] > view.redSeconds()[most])) {
        most = g;
      }
    }
    return most;
  }

  /** Under saturation only vehicles that really cross keep a green; the model may believe what it likes. */
  private boolean nobodyCrosses(JunctionView view) {
    if (settings.leaveAfterSeconds() == 0 || table.stages == 1) {
      return false;
    }
    int last = view.greenSeconds();
    boolean othersWait = false;
    for (int l = 0; l < table.lanes; l++) {
      if (table.serves(view.stage(), l)) {
        last = Math.min(last, view.forecast().secondsSinceCrossing()[l]);
      } else {
        othersWait |= view.forecast().standing()[l] >= 1;
      }
    }
    return othersWait && last >= settings.leaveAfterSeconds();
  }

  /** A queue whose group could not drive freely for too long, and cannot now. */
  private boolean somebodyLacksService(JunctionView view) {
    if (settings.serviceSeconds() == 0) {
      return false;
    }
    for (var movement : intersection.movements()) {
      if (view.serviceSeconds()[movement.group()] >= settings.serviceSeconds()
          && view.forecast().standing()[movement.lane()] >= 1 && hasFreeStage(movement.group(), view.stage())) {
        return true;
      }
    }
    return false;
  }

  /** True if some other stage lets a group drive without yielding. */
  private boolean hasFreeStage(int group, int but) {
    for (int s = 0; s < table.stages; s++) {
      var stage = intersection.stages().get(s);
      if (s != but && stage.groups().get(group) && !stage.yielding().get(group)) {
        return true;
      }
    }
    return false;
  }

  private State start(JunctionView view) {
    var state = new State(table.lanes,
        table.readySeconds(intersection, view.lamps(), view.redSeconds()));
    for (int l = 0; l < table.lanes; l++) {
      if (view.forecast().headWaits()[l] >= 3 && table.serves(view.stage(), l)) {
        state.open[l] = table.yielding[view.stage()][l].length == 0 ? 0 : view.forecast().headWaits()[l] > 10 ? 0.5 : 1;
      }
    }
    return state;
  }
}
