package de.citycloud.signals.event;

import java.util.List;
import java.util.Map;

/**
 * What an event brings to the roads.
 *
 * @param name for people
 * @param direction whether visitors come or go
 * @param vehicles expected in all
 * @param deviationShare standard deviation of that number by the number, 0 to 1
 * @param venueEdges road sections at the venue: where trips end when visitors come, where they begin when they go
 * @param gateShares share of the vehicles by road section at the edge of the network, each 0 to 1, together at most 1;
 *     empty if unknown
 * @param slices vehicles per source and 5 minutes, by time; sources are gates when visitors come, venue exits when they go
 */
public record EventDemand(String name, Direction direction, double vehicles, double deviationShare,
    List<String> venueEdges, Map<String, Double> gateShares, List<Slice> slices) {
  /** Length of a slice, s. */
  public static final int SLICE_SECONDS = 300;

  /** Whether visitors come or go. */
  public enum Direction {
    /** They come. */
    ARRIVE,
    /** They go. */
    DEPART
  }

  /**
   * What one source brings in 5 minutes.
   *
   * @param edgeId gate or venue exit
   * @param fromSecond its first second, s of the simulation
   * @param vehicles expected, 0 or more
   * @param deviation standard deviation, vehicles
   */
  public record Slice(String edgeId, long fromSecond, double vehicles, double deviation) {
    public Slice {
      if (!(vehicles >= 0 && vehicles <= 100_000) || !(deviation >= 0)) {
        throw new IllegalArgumentException("At \"%s\" from %d s on %s ± %s vehicles are expected, expected 0 to 100000."
            .formatted(edgeId, fromSecond, vehicles, deviation));
      }
    }
  }

  public EventDemand {
    venueEdges = List.copyOf(venueEdges);
    gateShares = Map.copyOf(gateShares);
    slices = List.copyOf(slices);
  }

  /** Vehicles expected from all sources in the slice that holds a second. */
  public double vehiclesAt(long second) {
    return slices.stream().filter(s -> second >= s.fromSecond() && second < s.fromSecond() + SLICE_SECONDS)
        .mapToDouble(Slice::vehicles).sum();
  }
}
