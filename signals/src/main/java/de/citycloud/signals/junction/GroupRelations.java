package de.citycloud.signals.junction;

import de.citycloud.signals.network.RightOfWay;
import de.citycloud.signals.network.RoadNetwork;
import de.citycloud.signals.network.RoadNetwork.Light;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which groups conflict and which yield to which, from the right-of-way matrices and the fixed program. */
final class GroupRelations {
  private final RoadNetwork network;
  private final Light light;
  private final int[] positions;
  private final List<List<Way>> ways = new ArrayList<>();
  private final List<BitSet> conflicts = new ArrayList<>();
  private final List<BitSet> gives = new ArrayList<>();
  private final BitSet pedestrian = new BitSet();
  private final double[] walkMetres;

  /** One line of a right-of-way matrix that a group controls. */
  private record Way(String node, int request) {}

  GroupRelations(RoadNetwork network, Light light, int[] positions, List<String> assumptions) {
    this.network = network;
    this.light = light;
    this.positions = positions;
    walkMetres = new double[positions.length];
    for (int i = 0; i < positions.length; i++) {
      ways.add(waysOf(i));
      conflicts.add(new BitSet());
      gives.add(new BitSet());
    }
    for (int i = 0; i < positions.length; i++) {
      for (int j = i + 1; j < positions.length; j++) {
        relate(i, j, assumptions);
      }
    }
  }

  List<BitSet> conflicts() {
    return conflicts;
  }

  List<BitSet> gives() {
    return gives;
  }

  /** Groups that serve people on foot and nobody else. */
  BitSet pedestrian() {
    return pedestrian;
  }

  /** Longest way on foot of a group, m; 0 without one. */
  double walkMetres(int group) {
    return walkMetres[group];
  }

  private List<Way> waysOf(int group) {
    var found = new ArrayList<Way>();
    for (var link : light.links().getOrDefault(positions[group], List.of())) {
      found.add(new Way(link.nodeId(), link.requestIndex()));
    }
    boolean vehicles = !found.isEmpty();
    for (var crossing : light.crossings()) {
      if (crossing.signalIndex() == positions[group]) {
        found.add(new Way(crossing.nodeId(), crossing.requestIndex()));
        walkMetres[group] = Math.max(walkMetres[group], crossing.lengthMetres());
      }
    }
    pedestrian.set(group, !vehicles);
    return found;
  }

  private void relate(int i, int j, List<String> assumptions) {
    boolean meet = false;
    boolean unknown = false;
    boolean iWaits = false;
    boolean jWaits = false;
    for (var a : ways.get(i)) {
      for (var b : ways.get(j)) {
        if (a.node().equals(b.node())) {
          var matrix = network.rightOfWay(a.node()).orElse(NONE);
          unknown |= a.request() < 0 || b.request() < 0;
          meet |= matrix.areFoes(a.request(), b.request());
          iWaits |= matrix.givesWay(a.request(), b.request());
          jWaits |= matrix.givesWay(b.request(), a.request());
        }
      }
    }
    if (!meet && !unknown) {
      return;
    }
    boolean together = false;
    for (var step : light.programs().getFirst().steps()) {
      char a = step.state().charAt(positions[i]);
      char b = step.state().charAt(positions[j]);
      if (isGreen(a) && isGreen(b)) {
        together = true;
        iWaits |= meet && a == 'g' && b == 'G';
        jWaits |= meet && b == 'g' && a == 'G';
      }
    }
    if (!together) {
      conflicts.get(i).set(j);
      conflicts.get(j).set(i);
      if (unknown && !meet) {
        assumptions.add("Positions %d and %d are taken to conflict: the matrix does not know one of them."
            .formatted(positions[i], positions[j]));
      }
    } else if (meet) {
      if (!iWaits && !jWaits) {
        assumptions.add("Positions %d and %d meet, yet the program gives both green: taken over from it."
            .formatted(positions[i], positions[j]));
      }
      gives.get(i).set(j, iWaits && !(jWaits && prefers(i, j)));
      gives.get(j).set(i, jWaits && !(iWaits && prefers(j, i)));
    }
  }

  /** Where each seems to wait for the other, the program's capital letter decides. */
  private boolean prefers(int i, int j) {
    return light.programs().getFirst().steps().stream().anyMatch(
        step -> step.state().charAt(positions[i]) == 'G' && step.state().charAt(positions[j]) == 'g');
  }

  private static boolean isGreen(char letter) {
    return letter == 'G' || letter == 'g';
  }

  private static final RightOfWay NONE = new RightOfWay(new BitSet[0], new BitSet[0]);
}
