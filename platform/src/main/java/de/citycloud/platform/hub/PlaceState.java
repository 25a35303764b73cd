package de.citycloud.platform.hub;

import java.util.Locale;

/** How a place stands, as one word with one shape. */
public enum PlaceState {
  /** A car park with room (frei). */
  FREE,
  /** A car park with at most a tenth of its spaces left (knapp). */
  SCARCE,
  /** A car park without a space (voll). */
  FULL,
  /** A measuring point whose last value is fresh (aktuell). */
  CURRENT,
  /** The last value is older than twice the interval in which values should come (keine aktuellen Daten). */
  OLD,
  /** There never was a value (keine Daten). */
  EMPTY;

  /** The word in data and style sheets: lower case English. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** True if the last value may be shown as the present one. */
  public boolean isFresh() {
    return this != OLD && this != EMPTY;
  }
}
