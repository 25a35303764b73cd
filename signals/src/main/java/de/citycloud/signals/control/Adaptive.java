package de.citycloud.signals.control;

import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.network.Lane;
import de.citycloud.signals.predict.ApproachEstimator;

/**
 * Ours: {@link Predictive} with the parameters of normal demand, and with those of saturation while the {@link Regime} of
 * the network says so.
 */
final class Adaptive implements ControlStrategy {
  private final Predictive normal;
  private final Predictive saturated;
  private final double storage;
  private final Intersection intersection;
  private final Regime regime;

  Adaptive(Intersection intersection, Regime regime) {
    this.intersection = intersection;
    this.regime = regime;
    normal = new Predictive(intersection, PredictiveSettings.normal());
    saturated = new Predictive(intersection, PredictiveSettings.saturated());
    storage = intersection.upstream().stream()
        .mapToDouble(u -> Math.min(u.lane().lengthMetres(), ApproachEstimator.SIGHT_METRES - u.metresToStopLine()))
        .sum() / Lane.CAR_SPACE_METRES;
  }

  @Override
  public boolean keepsSectionsFree() {
    return true;
  }

  @Override
  public Decision decide(JunctionView view) {
    double standing = 0;
    for (double vehicles : view.forecast().standing()) {
      standing += vehicles;
    }
    boolean isSaturated = regime.isSaturated(intersection.id(), standing / Math.max(1, storage));
    var decision = isSaturated ? saturated.decide(view) : normal.decide(view);
    return isSaturated ? new Decision(decision.stage(), "saturated: " + decision.reason()) : decision;
  }
}
