package de.citycloud.signals.control;

import java.util.HashMap;
import java.util.Map;

/**
 * Says whether a network is saturated: one intersection whose sight is filled with standing vehicles is enough, since
 * its queues reach the others next. All intersections change together; mixed regimes did worse than either.
 */
final class Regime {
  private static final double ENTER_SHARE = 0.2;
  private static final double LEAVE_SHARE = 0.08;
  private static final double MEMORY_SECONDS = 60;

  private final Map<String, Double> filled = new HashMap<>();
  private boolean saturated;

  /**
   * Takes in one intersection at one second.
   *
   * @param share standing vehicles by those that would fit into its sight, 0 to 1
   * @return true if the network counts as saturated now
   */
  boolean isSaturated(String intersection, double share) {
    filled.merge(intersection, share / MEMORY_SECONDS,
        (before, part) -> before * (1 - 1 / MEMORY_SECONDS) + part);
    double fullest = 0;
    for (double value : filled.values()) {
      fullest = Math.max(fullest, value);
    }
    saturated = saturated ? fullest > LEAVE_SHARE : fullest > ENTER_SHARE;
    return saturated;
  }
}
