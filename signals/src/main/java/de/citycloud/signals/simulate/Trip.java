package de.citycloud.signals.simulate;

import java.util.List;

/**
 * A vehicle that wants to go somewhere.
 *
 * @param id its name
 * @param departSecond when it wants to set off, s
 * @param edges its way; with two that do not follow each other the fastest way between them is taken
 * @param insideOfEdge true if it sets off somewhere on its first road section, as from a car park; false from its
 *     beginning
 * @param anyLane true if it sets off on the lane that suits it; false on the rightmost
 * @param departSpeed speed at which it sets off, m/s; limited by what is permitted and safe
 * @param kind what it is
 */
public record Trip(String id, double departSecond, List<String> edges, boolean insideOfEdge, boolean anyLane,
    double departSpeed, Kind kind) {
  /**
   * Kind of a vehicle.
   *
   * @param lengthMetres its length, m
   * @param gapMetres least gap to the one in front when standing, m
   * @param acceleration m/s²
   * @param deceleration comfortable braking, m/s²
   * @param speedDeviation standard deviation of its speed by the permitted one, 0 to 0.5
   * @param weight importance of its waiting; 1 for a car
   */
  public record Kind(double lengthMetres, double gapMetres, double acceleration, double deceleration,
      double speedDeviation, double weight) {
    /** A passenger car. */
    public static final Kind CAR = new Kind(5, 2.5, 2.6, 4.5, 0.1, 1);
    /** A bus. */
    public static final Kind BUS = new Kind(12, 2.5, 1.2, 4.0, 0, 2);
  }

  public Trip {
    edges = List.copyOf(edges);
    if (edges.isEmpty() || !(departSecond >= 0)) {
      throw new IllegalArgumentException(
          "The trip \"%s\" departs at %s s over %d road sections, expected 0 s or later and at least one."
              .formatted(id, departSecond, edges.size()));
    }
  }

  /** A car that sets off from the beginning of its first road section. */
  public static Trip ofCar(String id, double departSecond, List<String> edges) {
    return new Trip(id, departSecond, edges, false, true, 0, Kind.CAR);
  }
}
