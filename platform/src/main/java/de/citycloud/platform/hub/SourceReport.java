package de.citycloud.platform.hub;

import java.util.List;

/**
 * What came of one input.
 *
 * @param things Things described
 * @param datastreams Datastreams named
 * @param observations Observations recorded and durable, repeats included
 * @param events situations and other events counted, not stored yet
 * @param rejectedCount rows rejected
 * @param rejected the first 100 of them
 */
public record SourceReport(int things, int datastreams, long observations, int events, long rejectedCount,
    List<Rejected> rejected) {
  /** How many rejected rows a report names. */
  public static final int NAMED = 100;

  public SourceReport {
    rejected = List.copyOf(rejected);
  }

  /**
   * A row that could not be used.
   *
   * @param place where, e.g. {@code line 12, column Capacity}
   * @param reason value and expectation, then advice
   */
  public record Rejected(String place, String reason) {}
}
