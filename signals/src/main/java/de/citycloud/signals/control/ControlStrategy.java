package de.citycloud.signals.control;

import de.citycloud.signals.junction.Section;

/**
 * Chooses the stage of one intersection, once a second (German: <i>Steuerungsverfahren</i>). It may choose anything:
 * the safety kernel sees to minimum greens, intergreens and maximum reds.
 */
public interface ControlStrategy {
  /** The stage to be shown or turned to now. */
  Decision decide(JunctionView view);

  /** True if vehicles are to be kept out of full {@link Section}s; the yardsticks do without. */
  default boolean keepsSectionsFree() {
    return false;
  }
}
