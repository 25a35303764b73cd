package de.citycloud.signals.control;

import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.predict.Forecast;
import de.citycloud.signals.safety.Lamp;

/**
 * All that a strategy may look at.
 *
 * @param intersection what does not change
 * @param second now, s
 * @param lamps [group] what is shown
 * @param lampSeconds [group] for how long
 * @param redSeconds [group] since green ended; 0 while green
 * @param serviceSeconds [group] since it could last drive without yielding; 0 while it can
 * @param stage stage that was last asked for
 * @param greenSeconds since when all groups of that stage are green, those kept red before full sections left out; −1
 *     while they are not
 * @param forecast what the stop lines expect
 */
public record JunctionView(Intersection intersection, long second, Lamp[] lamps, int[] lampSeconds, int[] redSeconds,
    int[] serviceSeconds, int stage, int greenSeconds, Forecast forecast) {
  /** True if the present stage may be left. */
  public boolean mayLeave() {
    if (greenSeconds < 0) {
      return false;
    }
    var minimum = intersection.rules().minGreenSeconds();
    var groups = intersection.stages().get(stage).groups();
    for (int g = groups.nextSetBit(0); g >= 0; g = groups.nextSetBit(g + 1)) {
      if (lampSeconds[g] < minimum[g]) {
        return false;
      }
    }
    return true;
  }
}
