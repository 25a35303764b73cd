package de.citycloud.signals.control;

import de.citycloud.signals.junction.Intersection;

/** The stage with the most vehicles standing or approaching, each lane weighted by the share that it really serves. */
final class Greedy implements ControlStrategy {
  private static final int INTERVAL_SECONDS = 5;
  private static final int FORCED_RED_SECONDS = 95;

  private final Intersection intersection;
  private final boolean pressure;

  /** @param pressure true for MaxPressure: vehicles at the stop line less those on the exit that are already queued */
  Greedy(Intersection intersection, boolean pressure) {
    this.intersection = intersection;
    this.pressure = pressure;
  }

  @Override
  public Decision decide(JunctionView view) {
    if (!view.mayLeave() || view.greenSeconds() % INTERVAL_SECONDS != 0) {
      return new Decision(view.stage(), "decides every " + INTERVAL_SECONDS + " s");
    }
    int best = view.stage();
    double most = score(view, best);
    for (int s = 0; s < intersection.stages().size(); s++) {
      double score = score(view, s);
      if (score > most + 1e-9) {
        most = score;
        best = s;
      }
    }
    return new Decision(best, "score " + Math.round(most * 10) / 10.0);
  }

  private double score(JunctionView view, int stage) {
    var forecast = view.forecast();
    var groups = intersection.stages().get(stage).groups();
    double score = 0;
    for (int g = groups.nextSetBit(0); g >= 0; g = groups.nextSetBit(g + 1)) {
      score += view.redSeconds()[g] > FORCED_RED_SECONDS ? 1000 : 0;
    }
    for (int m = 0; m < intersection.movements().size(); m++) {
      var movement = intersection.movements().get(m);
      if (groups.get(movement.group())) {
        double vehicles = pressure ? forecast.standing()[movement.lane()] : forecast.approaching()[movement.lane()];
        score += forecast.shares()[m] * vehicles * (forecast.exitFull()[m] && pressure ? 0 : 1);
      }
    }
    return score;
  }
}
