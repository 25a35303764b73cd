package de.citycloud.signals.predict;

import java.util.List;
import java.util.Map;

/**
 * All vehicles in sight at one moment.
 *
 * @param second moment, s
 * @param byLane vehicles by lane; lanes without any may be absent
 */
public record Snapshot(long second, Map<String, List<Sighting>> byLane) {
  /** The vehicles on a lane, in no order. */
  public List<Sighting> on(String laneId) {
    return byLane.getOrDefault(laneId, List.of());
  }
}
