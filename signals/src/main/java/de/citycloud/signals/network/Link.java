package de.citycloud.signals.network;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way from one lane across a junction to another.
 *
 * @param from lane before the stop line
 * @param to lane behind the junction
 * @param via lanes inside the junction, in order; empty if the network has none
 * @param direction {@code s} straight, {@code l} left, {@code r} right, {@code t} turn, {@code L}/{@code R} partly
 * @param signalId traffic light that controls it; null if none does
 * @param signalIndex its position in the light's state, 0 or more; −1 without a light
 * @param nodeId junction that it crosses
 * @param requestIndex its position in that junction's right-of-way matrix; −1 if the network has none
 */
public record Link(Lane from, Lane to, List<Lane> via, char direction, @Nullable String signalId, int signalIndex,
    String nodeId, int requestIndex) {
  public Link {
    via = List.copyOf(via);
  }

  /** The light that controls it; empty if it has none. */
  public Optional<String> signal() {
    return Optional.ofNullable(signalId);
  }

  /** Length inside the junction, m. */
  public double lengthMetres() {
    return via.stream().mapToDouble(Lane::lengthMetres).sum();
  }
}
