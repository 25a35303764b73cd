package de.citycloud.signals.control;

import de.citycloud.signals.predict.Forecast;
import java.util.BitSet;

/**
 * What a layer above asks of one intersection; {@link #NEUTRAL} asks nothing. It only shifts what the strategy counts:
 * maximum red, minima and all safety stay as they are.
 *
 * @param weights [movement] importance of its vehicles' waiting, 1 is neutral; empty for all 1
 * @param held [movement] movements that count for nothing for the moment, because the road behind them fills up
 * @param reason for people; empty if neutral
 */
public record Guidance(double[] weights, BitSet held, String reason) {
  /** Asks nothing. */
  public static final Guidance NEUTRAL = new Guidance(new double[0], new BitSet(), "");

  /** A layer above the intersections. */
  @FunctionalInterface
  public interface Guide {
    /** What it asks of an intersection now; to be called once a second for each. */
    Guidance of(JunctionView view);
  }

  /** The strategy under a guide. */
  static ControlStrategy guided(ControlStrategy strategy, Guide guide) {
    return new ControlStrategy() {
      @Override
      public Decision decide(JunctionView view) {
        var guidance = guide.of(view);
        if (guidance.weights.length == 0) {
          return strategy.decide(view);
        }
        var decision = strategy.decide(guidance.applyTo(view));
        return new Decision(decision.stage(), decision.reason() + "; " + guidance.reason);
      }

      @Override
      public boolean keepsSectionsFree() {
        return strategy.keepsSectionsFree();
      }
    };
  }

  /** The view with other weights, and with exits marked full for those who are held. */
  JunctionView applyTo(JunctionView view) {
    var forecast = view.forecast();
    var intersection = view.intersection();
    var factor = new double[intersection.lanes().size()];
    var full = forecast.exitFull().clone();
    for (int m = 0; m < weights.length; m++) {
      var movement = intersection.movements().get(m);
      factor[movement.lane()] += forecast.shares()[m] * weights[m];
      full[m] |= held.get(m);
    }
    var weight = forecast.weight().clone();
    for (int l = 0; l < weight.length; l++) {
      weight[l] *= factor[l];
    }
    return new JunctionView(intersection, view.second(), view.lamps(), view.lampSeconds(), view.redSeconds(),
        view.serviceSeconds(), view.stage(), view.greenSeconds(),
        new Forecast(forecast.arrivals(), forecast.moving(), forecast.standing(), forecast.approaching(),
            forecast.shares(), forecast.saturation(), weight, forecast.headWaits(), forecast.secondsSinceCrossing(),
            full, forecast.insideLong(), forecast.flow()));
  }
}
