package de.citycloud.signals.simulate;

import de.citycloud.signals.network.Lane;
import de.citycloud.signals.network.Link;
import de.citycloud.signals.network.RoadNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A road network in tables. Strips 0 to {@code lanes} − 1 are lanes, the others ways across junctions; everything is
 * sorted by name, so that the same network brings the same numbers.
 */
final class Streets {
  final int lanes;
  final int strips;
  /** [strip] in m. */
  final double[] length;
  /** [strip] permitted speed, m/s. */
  final double[] speed;
  /** [lane] name. */
  final String[] laneIds;
  /** [lane] its road section. */
  final int[] edgeOf;
  /** [lane] its place in the road section, from the right. */
  final int[] placeOf;
  /** [edge] lanes, from the right. */
  final int[][] edgeLanes;
  final String[] edgeIds;
  final Map<String, Integer> edges = new HashMap<>();
  /** [strip] ways that start on a lane, and that lead to it; empty for ways themselves. */
  final int[][] ways;
  final int[][] waysTo;
  /** [strip] lane on which a way starts, leads to; −1 for lanes. */
  final int[] from;
  final int[] to;
  /** [strip] traffic light of a way, −1 without; and the position in its state. */
  final int[] light;
  final int[] position;
  final String[] lightIds;
  /** [strip] ways that pass first where both could go. */
  final int[][] passFirst;
  /** [strip] true if a way crosses or merges with others, so that nobody should stand on it. */
  final boolean[] keepClear;
  /** [strip] where on a way vehicles wait for a gap inside the junction, m; 0 if they wait at the stop line. */
  final double[] waitingSpot;
  /** [strip] lanes of a way inside the junction, in order; a lane itself otherwise. */
  final List<List<Lane>> parts = new ArrayList<>();

  Streets(RoadNetwork network) {
    var byEdge = new LinkedHashMap<String, List<Lane>>();
    network.lanes().values().stream().filter(lane -> lane.cars() && !lane.internal())
        .sorted(Comparator.comparing(Lane::edgeId).thenComparingInt(Streets::place))
        .forEach(lane -> byEdge.computeIfAbsent(lane.edgeId(), ignored -> new ArrayList<>()).add(lane));
    var laneIndex = new HashMap<String, Integer>();
    edgeIds = byEdge.keySet().toArray(String[]::new);
    edgeLanes = new int[edgeIds.length][];
    var all = new ArrayList<Lane>();
    for (int e = 0; e < edgeIds.length; e++) {
      edges.put(edgeIds[e], e);
      var own = byEdge.getOrDefault(edgeIds[e], List.of());
      edgeLanes[e] = new int[own.size()];
      for (int k = 0; k < own.size(); k++) {
        edgeLanes[e][k] = all.size();
        laneIndex.put(own.get(k).id(), all.size());
        all.add(own.get(k));
      }
    }
    var links = network.links().stream()
        .filter(link -> laneIndex.containsKey(link.from().id()) && laneIndex.containsKey(link.to().id()))
        .sorted(Comparator.comparing((Link link) -> link.from().id()).thenComparing(link -> link.to().id())).toList();
    lanes = all.size();
    strips = lanes + links.size();
    length = new double[strips];
    speed = new double[strips];
    laneIds = all.stream().map(Lane::id).toArray(String[]::new);
    edgeOf = new int[lanes];
    placeOf = new int[lanes];
    for (int l = 0; l < lanes; l++) {
      length[l] = all.get(l).lengthMetres();
      speed[l] = all.get(l).speedMetresPerSecond();
      parts.add(List.of(all.get(l)));
    }
    for (int e = 0; e < edgeLanes.length; e++) {
      for (int k = 0; k < edgeLanes[e].length; k++) {
        edgeOf[edgeLanes[e][k]] = e;
        placeOf[edgeLanes[e][k]] = k;
      }
    }
    var lights = new TreeSet<String>();
    links.forEach(link -> link.signal().ifPresent(lights::add));
    lightIds = lights.toArray(String[]::new);
    from = filled(-1);
    to = filled(-1);
    light = filled(-1);
    position = filled(-1);
    keepClear = new boolean[strips];
    waitingSpot = new double[strips];
    ways = new int[strips][0];
    waysTo = new int[strips][0];
    for (int i = 0; i < links.size(); i++) {
      var link = links.get(i);
      int w = lanes + i;
      from[w] = laneIndex.getOrDefault(link.from().id(), -1);
      to[w] = laneIndex.getOrDefault(link.to().id(), -1);
      length[w] = Math.max(0.1, link.lengthMetres());
      speed[w] = link.via().stream().mapToDouble(Lane::speedMetresPerSecond).min().orElse(speed[from[w]]);
      light[w] = link.signal().map(id -> Arrays.binarySearch(lightIds, id)).orElse(-1);
      position[w] = link.signalIndex();
      waitingSpot[w] = link.via().size() > 1 ? link.via().getFirst().lengthMetres() : 0;
      parts.add(link.via());
      append(ways, from[w], w);
      append(waysTo, to[w], w);
    }
    passFirst = relations(network, links);
  }

  private int[] filled(int value) {
    var table = new int[strips];
    Arrays.fill(table, value);
    return table;
  }

  private static void append(int[][] table, int row, int value) {
    table[row] = Arrays.copyOf(table[row], table[row].length + 1);
    table[row][table[row].length - 1] = value;
  }

  private static int place(Lane lane) {
    var number = lane.id().substring(lane.id().lastIndexOf('_') + 1);
    return number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : 0;
  }

  private int[][] relations(RoadNetwork network, List<Link> links) {
    var byNode = new LinkedHashMap<String, List<Integer>>();
    for (int i = 0; i < links.size(); i++) {
      byNode.computeIfAbsent(links.get(i).nodeId(), ignored -> new ArrayList<>()).add(i);
    }
    var first = new int[strips][0];
    byNode.forEach((node, own) -> network.rightOfWay(node).ifPresent(matrix -> {
      for (int i : own) {
        int request = links.get(i).requestIndex();
        first[lanes + i] = own.stream().filter(j -> matrix.givesWay(request, links.get(j).requestIndex()))
            .mapToInt(j -> lanes + j).toArray();
        keepClear[lanes + i] = own.stream().anyMatch(j -> matrix.areFoes(request, links.get(j).requestIndex())
            && from[lanes + j] != from[lanes + i]);
      }
    }));
    return first;
  }
}
