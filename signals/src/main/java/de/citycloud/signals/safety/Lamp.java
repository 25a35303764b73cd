package de.citycloud.signals.safety;

/** What a signal group shows. */
public enum Lamp {
  /** Stop. */
  RED,
  /** Go. */
  GREEN,
  /** Stop if you can: green has just ended. */
  YELLOW
}
