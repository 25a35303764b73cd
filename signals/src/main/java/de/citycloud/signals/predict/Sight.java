package de.citycloud.signals.predict;

import de.citycloud.signals.junction.Intersection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the cameras of some intersections see: the lanes before their stop lines, up to {@link
 * ApproachEstimator#SIGHT_METRES} of travel, and those inside the junctions.
 */
public final class Sight {
  private Sight() {}

  /** Lanes in sight, with the position from which on a vehicle is seen, m. */
  public static Map<String, Double> of(List<Intersection> intersections) {
    var sight = new HashMap<String, Double>();
    for (var intersection : intersections) {
      for (var upstream : intersection.upstream()) {
        double seen = ApproachEstimator.SIGHT_METRES - upstream.metresToStopLine();
        sight.merge(upstream.lane().id(), upstream.lane().lengthMetres() - seen, Math::min);
      }
      for (var movement : intersection.movements()) {
        movement.link().via().forEach(lane -> sight.put(lane.id(), 0.0));
      }
    }
    return sight;
  }
}
