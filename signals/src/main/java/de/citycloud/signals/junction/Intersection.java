package de.citycloud.signals.junction;

import de.citycloud.signals.network.Lane;
import de.citycloud.signals.network.RoadNetwork.FixedProgram;
import de.citycloud.signals.safety.Lamp;
import de.citycloud.signals.safety.SafetyRules;
import java.util.BitSet;
import java.util.List;

/**
 * A signalised intersection (German: <i>Knotenpunkt</i>). Signal groups are counted from 0; each stands for one
 * position in the state of the light.
 *
 * @param id name of the light
 * @param positions length of the light's state
 * @param groupPositions position of each group
 * @param lanes lanes at the stop lines
 * @param movements streams of vehicles
 * @param upstream lanes within the look-back, stop line lanes first and in their order
 * @param sections short lanes behind the junction, between nodes without a signal
 * @param stages sets of groups that may be green together, those of the fixed program first and in its order
 * @param program the network's fixed program
 * @param programStages stage of each step of the program; −1 for steps with yellow
 * @param gives gives.get(i) has j: where both are green, group i lets group j pass first
 * @param pedestrian groups of people on foot alone
 * @param rules what the safety kernel keeps
 * @param assumptions what the network does not say, as sentences
 */
public record Intersection(String id, int positions, int[] groupPositions, List<Lane> lanes, List<Movement> movements,
    List<UpstreamLane> upstream, List<Section> sections, List<Stage> stages, FixedProgram program, int[] programStages,
    List<BitSet> gives,
    BitSet pedestrian, SafetyRules rules, List<String> assumptions) {
  public Intersection {
    lanes = List.copyOf(lanes);
    movements = List.copyOf(movements);
    upstream = List.copyOf(upstream);
    sections = List.copyOf(sections);
    stages = List.copyOf(stages);
    gives = List.copyOf(gives);
    assumptions = List.copyOf(assumptions);
  }

  /** Number of signal groups. */
  public int groups() {
    return groupPositions.length;
  }

  /** Name of a group for people: K and its position. */
  public String groupName(int group) {
    return "K" + groupPositions[group];
  }

  /** True if a and b must never be green together. */
  public boolean conflict(int a, int b) {
    return rules.conflicts().get(a).get(b);
  }

  /** The letters that the light shows; what yields to somebody who may still be driving gets a small g. */
  public String letters(Lamp[] lamps) {
    var letters = new char[positions];
    java.util.Arrays.fill(letters, 'r');
    for (int i = 0; i < lamps.length; i++) {
      letters[groupPositions[i]] = switch (lamps[i]) {
        case RED -> 'r';
        case YELLOW -> 'y';
        case GREEN -> yieldsNow(i, lamps) ? 'g' : 'G';
      };
    }
    return new String(letters);
  }

  private boolean yieldsNow(int group, Lamp[] lamps) {
    var others = gives.get(group);
    for (int j = others.nextSetBit(0); j >= 0; j = others.nextSetBit(j + 1)) {
      if (lamps[j] != Lamp.RED) {
        return true;
      }
    }
    return false;
  }
}
