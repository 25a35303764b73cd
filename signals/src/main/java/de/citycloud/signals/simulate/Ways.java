package de.citycloud.signals.simulate;

import de.citycloud.signals.network.RoadNetwork;
import java.util.Arrays;
import java.util.List;

/** The fastest ways through a network on empty streets. */
public final class Ways {
  private final Streets streets;
  private final Routes routes;

  /** @param network whose permitted speeds count */
  public Ways(RoadNetwork network) {
    streets = new Streets(network);
    routes = new Routes(streets, new Traffic(streets));
  }

  /** Road sections from one to another, both included; empty if there is no way. */
  public List<String> fastest(String fromEdge, String toEdge) {
    return routes.find(List.of(fromEdge, toEdge))
        .map(route -> Arrays.stream(route.edges()).mapToObj(edge -> streets.edgeIds[edge]).toList()).orElse(List.of());
  }
}
