package de.citycloud.signals.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Finds ways: as given, or the fastest by the speeds of the last minutes, as navigation does and SUMO does for trips
 * without a route.
 */
final class Routes {
  /** A way without priority costs so much more, s, as in SUMO. */
  private static final double MINOR_SECONDS = 1.5;
  /** Memory of speeds, s. */
  private static final double MEMORY_SECONDS = 180;

  private final Streets streets;
  private final Traffic traffic;
  /** Ways whose road sections are all given. */
  private final Map<List<Integer>, Route> given = new HashMap<>();
  /** [edge] mean speed, m/s. */
  private final double[] speeds;

  Routes(Streets streets, Traffic traffic) {
    this.streets = streets;
    this.traffic = traffic;
    speeds = new double[streets.edgeIds.length];
    for (int e = 0; e < speeds.length; e++) {
      speeds[e] = streets.speed[streets.edgeLanes[e][0]];
    }
  }

  /** Takes in the speeds of one second. */
  void watch() {
    for (int e = 0; e < speeds.length; e++) {
      double sum = 0;
      int n = 0;
      for (int lane : streets.edgeLanes[e]) {
        for (int i = 0; i < traffic.count[lane]; i++) {
          sum += traffic.v[traffic.queue[lane][i]];
          n++;
        }
      }
      speeds[e] += ((n == 0 ? streets.speed[streets.edgeLanes[e][0]] : sum / n) - speeds[e]) / MEMORY_SECONDS;
    }
  }

  /** Empty if a road section is unknown or there is no way. */
  Optional<Route> find(List<String> names) {
    var edges = new ArrayList<Integer>();
    for (var name : names) {
      var edge = streets.edges.get(name);
      if (edge == null) {
        return Optional.empty();
      }
      edges.add(edge);
    }
    var known = given.get(edges);
    return known == null ? complete(edges) : Optional.of(known);
  }

  private Optional<Route> complete(List<Integer> wanted) {
    var all = new ArrayList<Integer>(List.of(wanted.getFirst()));
    boolean isGiven = true;
    for (int i = 1; i < wanted.size(); i++) {
      boolean follows = follows(wanted.get(i - 1), wanted.get(i));
      var part = follows ? List.of(wanted.get(i)) : fastest(wanted.get(i - 1), wanted.get(i));
      isGiven &= follows;
      if (part.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(part);
    }
    var route = Route.of(streets, all.stream().mapToInt(Integer::intValue).toArray());
    if (isGiven && route != null) {
      given.put(List.copyOf(wanted), route);
    }
    return Optional.ofNullable(route);
  }

  private boolean follows(int edge, int next) {
    for (int lane : streets.edgeLanes[edge]) {
      for (int way : streets.ways[lane]) {
        if (streets.edgeOf[streets.to[way]] == next) {
          return true;
        }
      }
    }
    return false;
  }

  private record Open(int edge, double seconds) {}

  /** Road sections behind {@code start} up to {@code end}; empty without a way (Dijkstra 1959). */
  private List<Integer> fastest(int start, int end) {
    int n = streets.edgeIds.length;
    var best = new double[n];
    Arrays.fill(best, Double.MAX_VALUE);
    var before = new int[n];
    Arrays.fill(before, -1);
    var queue = new PriorityQueue<Open>((a, b) -> a.seconds != b.seconds
        ? Double.compare(a.seconds, b.seconds)
        : Integer.compare(a.edge, b.edge));
    best[start] = 0;
    queue.add(new Open(start, 0));
    while (!queue.isEmpty()) {
      var open = queue.remove();
      if (open.edge == end) {
        break;
      }
      if (open.seconds > best[open.edge]) {
        continue;
      }
      for (int lane : streets.edgeLanes[open.edge]) {
        for (int way : streets.ways[lane]) {
          int next = streets.edgeOf[streets.to[way]];
          int first = streets.to[way];
          double seconds = open.seconds + streets.length[way] / streets.speed[way]
              + streets.length[first] / Math.max(0.1, speeds[next])
              + (streets.light[way] < 0 && streets.passFirst[way].length > 0 ? MINOR_SECONDS : 0);
          if (seconds < best[next] - 1e-9) {
            best[next] = seconds;
            before[next] = open.edge;
            queue.add(new Open(next, seconds));
          }
        }
      }
    }
    var found = new ArrayList<Integer>();
    for (int e = end; e >= 0 && e != start; e = before[e]) {
      found.add(e);
    }
    Collections.reverse(found);
    return best[end] == Double.MAX_VALUE ? List.of() : found;
  }
}
