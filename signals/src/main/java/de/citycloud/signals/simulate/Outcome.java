package de.citycloud.signals.simulate;

import java.util.Map;

/**
 * What a simulation brought.
 *
 * @param delays by trip: time lost on the way and wait for departure up to now, s
 * @param arrived vehicles that reached their destination
 * @param teleports vehicles that were moved on because they were stuck
 */
public record Outcome(Map<String, Double> delays, int arrived, int teleports) {
  /** Mean delay of all due trips, s; 0 without any. */
  public double meanDelay() {
    return delays.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
