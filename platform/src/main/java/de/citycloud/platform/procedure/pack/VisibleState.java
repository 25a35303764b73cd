package de.citycloud.platform.procedure.pack;

/** Where a case stands, as citizens and staff see it. */
public enum VisibleState {
  /** German: <i>eingegangen</i>. */
  RECEIVED,
  /** <i>in Prüfung</i>. */
  IN_REVIEW,
  /** <i>Nachforderung</i>: the clock of the deadline stands still. */
  INFORMATION_NEEDED,
  /** <i>entschieden</i>, with an {@code Outcome}. */
  DECIDED,
  /** <i>erledigt</i>. */
  CLOSED,
  /** <i>zurückgezogen</i>. */
  WITHDRAWN,
  /** <i>abgegeben</i>: another authority continues. */
  FORWARDED
}
