package de.citycloud.platform.procedure.casefile;

/** What was decided. */
public enum Outcome {
  /** German: <i>bewilligt</i>. */
  GRANTED,
  /** <i>abgelehnt</i>. */
  REFUSED,
  /** <i>teilweise bewilligt</i>, or with conditions. */
  PARTLY
}
