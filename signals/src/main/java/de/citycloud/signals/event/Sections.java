package de.citycloud.signals.event;

import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.network.Lane;
import de.citycloud.signals.network.RoadNetwork;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The network as a store-and-forward model sees it: what stands before one signal on one road section is one store
 * (Gazis and Potts 1963; Aboudolas, Papageorgiou and Kosmatopoulos 2009).
 */
final class Sections {
  private static final double REACH_METRES = 600;

  /** [section] vehicles that fit, at least 4. */
  final double[] storage;
  /** Section by the road section that ends at the signal. */
  final Map<String, Integer> byEdge = new HashMap<>();
  /** [intersection][movement] section from which it comes, and to which it leads; −1 out of the network. */
  final int[][] from;
  final int[][] to;
  final Map<String, Integer> intersections = new HashMap<>();

  Sections(RoadNetwork network, List<Intersection> all) {
    from = new int[all.size()][];
    to = new int[all.size()][];
    var metres = new ArrayList<Double>();
    for (int i = 0; i < all.size(); i++) {
      intersections.put(all.get(i).id(), i);
      for (var lane : all.get(i).lanes()) {
        byEdge.computeIfAbsent(lane.edgeId(), ignored -> {
          metres.add(0.0);
          return metres.size() - 1;
        });
      }
      for (var upstream : all.get(i).upstream()) {
        for (int l = 0; l < all.get(i).lanes().size(); l++) {
          int section = byEdge.getOrDefault(all.get(i).lanes().get(l).edgeId(), 0);
          metres.set(section, metres.get(section) + upstream.prior()[l] * upstream.lane().lengthMetres());
        }
      }
    }
    storage = metres.stream().mapToDouble(m -> Math.max(4, m / Lane.CAR_SPACE_METRES)).toArray();
    for (int i = 0; i < all.size(); i++) {
      var movements = all.get(i).movements();
      from[i] = movements.stream().mapToInt(m -> byEdge.getOrDefault(m.link().from().edgeId(), -1)).toArray();
      to[i] = movements.stream().mapToInt(m -> downstream(network, m.link().to())).toArray();
    }
  }

  /** The next signal's store behind a lane, across nodes without a signal; −1 if there is none near. */
  private int downstream(RoadNetwork network, Lane lane) {
    record Step(Lane lane, double metres) {}
    var open = new ArrayDeque<Step>(List.of(new Step(lane, 0)));
    var seen = new HashSet<String>();
    while (!open.isEmpty()) {
      var step = open.remove();
      var section = byEdge.get(step.lane.edgeId());
      if (section != null) {
        return section;
      }
      for (var link : network.linksFrom(step.lane)) {
        if (link.signal().isEmpty() && step.metres < REACH_METRES && seen.add(link.to().id())) {
          open.add(new Step(link.to(), step.metres + step.lane.lengthMetres()));
        }
      }
    }
    return -1;
  }
}
