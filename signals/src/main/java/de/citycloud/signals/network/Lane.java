package de.citycloud.signals.network;

/**
 * A lane (German: <i>Fahrstreifen</i>).
 *
 * @param id name in the network
 * @param edgeId the road section it belongs to
 * @param lengthMetres length, above 0
 * @param speedMetresPerSecond permitted speed, above 0
 * @param internal true inside a junction
 * @param cars true if passenger cars may use it; false for footways, cycle tracks, rails
 */
public record Lane(String id, String edgeId, double lengthMetres, double speedMetresPerSecond, boolean internal,
    boolean cars) {
  /** Length a standing car needs with its gap, m. */
  public static final double CAR_SPACE_METRES = 7.5;

  public Lane {
    if (!(lengthMetres > 0) || !(speedMetresPerSecond > 0)) {
      throw new IllegalArgumentException("Lane \"%s\" is %s m long with %s m/s, expected both above 0."
          .formatted(id, lengthMetres, speedMetresPerSecond));
    }
  }

  /** Cars that fit, standing; at least 1. */
  public int storage() {
    return Math.max(1, (int) (lengthMetres / CAR_SPACE_METRES));
  }

  /** Time to drive along it without hindrance, s. */
  public double travelSeconds() {
    return lengthMetres / speedMetresPerSecond;
  }
}
