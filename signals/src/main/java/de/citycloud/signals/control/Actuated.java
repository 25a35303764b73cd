package de.citycloud.signals.control;

import de.citycloud.signals.junction.Intersection;
import java.util.Arrays;

/**
 * Traffic-actuated control (German: <i>verkehrsabhängige Bemessung</i>): the program's stages in their order, each
 * prolonged while vehicles keep passing, up to a maximum.
 */
final class Actuated implements ControlStrategy {
  private static final int GAP_SECONDS = 3;

  private final Intersection intersection;
  private final int maxGreenSeconds;
  private final int[] order;
  private int position;

  Actuated(Intersection intersection, int maxGreenSeconds) {
    this.intersection = intersection;
    this.maxGreenSeconds = maxGreenSeconds;
    order = Arrays.stream(intersection.programStages()).filter(s -> s >= 0).toArray();
  }

  @Override
  public Decision decide(JunctionView view) {
    if (order.length == 0 || !view.mayLeave()) {
      return new Decision(order.length == 0 ? view.stage() : order[position], "minimum green or intergreen");
    }
    int last = 1000;
    var groups = intersection.stages().get(view.stage()).groups();
    for (var movement : intersection.movements()) {
      if (groups.get(movement.group())) {
        last = Math.min(last, view.forecast().secondsSinceCrossing()[movement.lane()]);
      }
    }
    if (last < GAP_SECONDS && view.greenSeconds() < maxGreenSeconds) {
      return new Decision(order[position], "a vehicle passed " + last + " s ago");
    }
    position = (position + 1) % order.length;
    return new Decision(order[position], last >= GAP_SECONDS ? "gap of " + last + " s" : "maximum green");
  }
}
