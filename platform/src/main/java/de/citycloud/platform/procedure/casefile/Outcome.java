package de.citycloud.platform.procedure.casefile;

import java.util.Optional;

/** What was decided. */
public enum Outcome {
  /** German: <i>bewilligt</i>. */
  GRANTED,
  /** <i>abgelehnt</i>. */
  REFUSED,
  /** <i>teilweise bewilligt</i>, or with conditions. */
  PARTLY;

  /** What the outcome of a task that decides means; empty for outcomes of other tasks. */
  public static Optional<Outcome> ofTask(String outcome) {
    return Optional.ofNullable(switch (outcome) {
      case "grant" -> GRANTED;
      case "refuse" -> REFUSED;
      case "partly" -> PARTLY;
      default -> null;
    });
  }
}
