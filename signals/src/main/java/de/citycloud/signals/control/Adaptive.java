package de.citycloud.signals.control;

import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.predict.ApproachEstimator;

/**
 * Ours: {@link Predictive} with the parameters of normal demand, and with those of saturation while standing vehicles
 * fill much of what can be seen. The thresholds for entering and leaving lie apart, so that it does not flutter.
 */
final class Adaptive implements ControlStrategy {
  private static final double ENTER_SHARE = 0.15;
  private static final double LEAVE_SHARE = 0.07;
  private static final double MEMORY_SECONDS = 60;
  private static final double CAR_METRES = 7.5;

  private final Predictive normal;
  private final Predictive saturated;
  private final double storage;
  private double filled;
  private boolean isSaturated;

  Adaptive(Intersection intersection) {
    normal = new Predictive(intersection, PredictiveSettings.normal());
    saturated = new Predictive(intersection, PredictiveSettings.saturated());
    storage = intersection.upstream().stream()
        .mapToDouble(u -> Math.min(u.lane().lengthMetres(), ApproachEstimator.SIGHT_METRES - u.metresToStopLine()))
        .sum() / CAR_METRES;
  }

  @Override
  public Decision decide(JunctionView view) {
    double standing = 0;
    for (double vehicles : view.forecast().standing()) {
      standing += vehicles;
    }
    filled += (standing / Math.max(1, storage) - filled) / MEMORY_SECONDS;
    isSaturated = isSaturated ? filled > LEAVE_SHARE : filled > ENTER_SHARE;
    var decision = isSaturated ? saturated.decide(view) : normal.decide(view);
    return isSaturated ? new Decision(decision.stage(), "saturated: " + decision.reason()) : decision;
  }
}
