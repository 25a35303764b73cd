package de.citycloud.signals.control;

import de.citycloud.signals.junction.Intersection;

/** The network's own program, by the clock (German: <i>Festzeitsteuerung</i>). */
final class FixedTime implements ControlStrategy {
  private final Intersection intersection;
  private final long beginSecond;

  /** @param beginSecond time of day at which the controller starts, for the offset */
  FixedTime(Intersection intersection, long beginSecond) {
    this.intersection = intersection;
    this.beginSecond = beginSecond;
  }

  @Override
  public Decision decide(JunctionView view) {
    var program = intersection.program();
    double cycle = program.cycleSeconds();
    double at = (beginSecond + view.second() - program.offsetSeconds()) % cycle;
    at = at < 0 ? at + cycle : at;
    int step = 0;
    while (step < program.steps().size() - 1 && at >= program.steps().get(step).seconds()) {
      at -= program.steps().get(step).seconds();
      step++;
    }
    // A step with yellow already turns to the next stage.
    for (int i = 0; i < program.steps().size(); i++) {
      int stage = intersection.programStages()[(step + i) % program.steps().size()];
      if (stage >= 0) {
        return new Decision(stage, "second " + Math.round(at) + " of step " + step);
      }
    }
    return new Decision(view.stage(), "the program has no stage");
  }
}
