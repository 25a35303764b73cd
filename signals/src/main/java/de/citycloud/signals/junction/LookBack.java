package de.citycloud.signals.junction;

import de.citycloud.signals.network.Lane;
import de.citycloud.signals.network.Link;
import de.citycloud.signals.network.RoadNetwork;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the lanes from which vehicles come, across junctions without a signal and stubs. */
final class LookBack {
  private final RoadNetwork network;
  private final double reachMetres;
  private final List<Lane> stopLanes;
  private final Map<String, Found> found = new LinkedHashMap<>();

  private LookBack(RoadNetwork network, double reachMetres, List<Lane> stopLanes) {
    this.network = network;
    this.reachMetres = reachMetres;
    this.stopLanes = stopLanes;
  }

  private static final class Found {
    final Lane lane;
    double metres = Double.MAX_VALUE;
    double seconds;
    final double[] share;

    Found(Lane lane, int stopLanes) {
      this.lane = lane;
      share = new double[stopLanes];
    }
  }

  static List<UpstreamLane> of(RoadNetwork network, double reachMetres, List<Lane> stopLanes) {
    var search = new LookBack(network, reachMetres, stopLanes);
    for (int i = 0; i < stopLanes.size(); i++) {
      search.from(i);
    }
    var lanes = new ArrayList<UpstreamLane>();
    for (var found : search.found.values()) {
      double sum = 0;
      for (double share : found.share) {
        sum += share;
      }
      for (int i = 0; i < found.share.length; i++) {
        found.share[i] /= sum;
      }
      lanes.add(new UpstreamLane(found.lane, stopLanes.indexOf(found.lane), found.metres, found.seconds, found.share));
    }
    // Stop line lanes come first, in their order.
    lanes.sort((a, b) -> Integer.compare(a.stopLane() < 0 ? Integer.MAX_VALUE : a.stopLane(),
        b.stopLane() < 0 ? Integer.MAX_VALUE : b.stopLane()));
    return lanes;
  }

  private record Step(Lane lane, double metres, double seconds) {}

  private void from(int stopLane) {
    var open = new ArrayDeque<Step>();
    var best = new LinkedHashMap<String, Double>();
    open.add(new Step(stopLanes.get(stopLane), 0, 0));
    while (!open.isEmpty()) {
      var step = open.remove();
      var known = best.get(step.lane.id());
      if (known != null && known <= step.metres) {
        continue;
      }
      best.put(step.lane.id(), step.metres);
      note(step, stopLane);
      double start = step.metres + step.lane.lengthMetres();
      if (start >= reachMetres) {
        continue;
      }
      for (var link : network.linksTo(step.lane)) {
        if (link.signal().isEmpty() && !link.from().internal() && !isStopLane(link)) {
          open.add(new Step(link.from(), start + link.lengthMetres(),
              step.seconds + step.lane.travelSeconds() + inside(link)));
        }
      }
    }
  }

  private static double inside(Link link) {
    return link.via().stream().mapToDouble(Lane::travelSeconds).sum();
  }

  private boolean isStopLane(Link link) {
    return stopLanes.contains(link.from());
  }

  private void note(Step step, int stopLane) {
    var entry = found.computeIfAbsent(step.lane.id(), ignored -> new Found(step.lane, stopLanes.size()));
    entry.share[stopLane] = 1;
    if (step.metres < entry.metres) {
      entry.metres = step.metres;
      entry.seconds = step.seconds;
    }
  }
}
