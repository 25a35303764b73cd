package de.citycloud.signals.junction;

import de.citycloud.signals.network.NetworkRefused;
import de.citycloud.signals.network.RoadNetwork;
import de.citycloud.signals.network.RoadNetwork.FixedProgram;
import de.citycloud.signals.network.RoadNetwork.Light;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts other fixed programs into a network. What may be green together stays what the network itself says: a program
 * cannot make its own conflicts legal.
 */
public final class ProgramImport {
  private ProgramImport() {}

  /**
   * The network with these programs in force.
   *
   * @param programs by light
   * @throws NetworkRefused if a light is unknown or a program is not safe; names every finding, not only the first
   */
  public static RoadNetwork apply(RoadNetwork network, Map<String, FixedProgram> programs, ImportSettings settings)
      throws NetworkRefused {
    var findings = new ArrayList<String>();
    var lights = new LinkedHashMap<>(network.lights());
    for (var entry : programs.entrySet()) {
      var id = entry.getKey();
      var light = lights.get(id);
      if (light == null) {
        findings.add("Traffic light \"%s\" is not in the network, expected one of %s.".formatted(id,
            network.lights().keySet().stream().sorted().limit(20).toList()));
        continue;
      }
      var found = findingsOf(network, light, entry.getValue(), settings);
      findings.addAll(found);
      if (found.isEmpty()) {
        lights.put(id, new Light(id, light.links(), light.crossings(), List.of(entry.getValue())));
      }
    }
    if (!findings.isEmpty()) {
      throw new NetworkRefused(String.join("\n", findings));
    }
    return new RoadNetwork(network.lanes(), network.links(), network.linksFrom(), network.linksTo(),
        network.rightsOfWay(), lights, network.report());
  }

  /** What speaks against a program for a light, as sentences. */
  static List<String> findingsOf(RoadNetwork network, Light light, FixedProgram program, ImportSettings settings) {
    var place = "Program \"%s\" of traffic light \"%s\"".formatted(program.id(), light.id());
    int positions = program.steps().getFirst().state().length();
    if (positions != light.size()) {
      return List.of("%s has %d positions, expected %d.".formatted(place, positions, light.size()));
    }
    var findings = new ArrayList<String>();
    var intersection = IntersectionImporter.importOne(network, light.id(), settings).orElse(null);
    if (intersection == null) {
      return List.of(place + " is for a light that never shows green in the network, expected one that does.");
    }
    for (int a = 0; a < intersection.groups(); a++) {
      int positionA = intersection.groupPositions()[a];
      findings.addAll(greens(program, positionA, place, intersection, a));
      for (int b = 0; b < a; b++) {
        int positionB = intersection.groupPositions()[b];
        for (int s = 0; s < program.steps().size() && intersection.conflict(a, b); s++) {
          var state = program.steps().get(s).state();
          if (isOpen(state.charAt(positionA)) && isOpen(state.charAt(positionB))) {
            findings.add("%s, step %d: positions %d and %d conflict and show %c and %c, expected red for one of them."
                .formatted(place, s, positionB, positionA, state.charAt(positionB), state.charAt(positionA)));
          }
        }
      }
    }
    return findings;
  }

  /** Each group has to be served, for its minimum, and has to have its yellow. */
  private static List<String> greens(FixedProgram program, int position, String place, Intersection intersection,
      int group) {
    var steps = program.steps();
    int n = steps.size();
    int first = -1;
    for (int s = 0; s < n; s++) {
      if (!isGreen(steps.get(s).state().charAt(position))) {
        first = s;
      }
    }
    boolean served = steps.stream().anyMatch(step -> isGreen(step.state().charAt(position)));
    if (!served) {
      return List.of("%s never gives position %d green, expected it once a cycle.".formatted(place, position));
    }
    var findings = new ArrayList<String>();
    double green = 0;
    double yellow = 0;
    for (int k = 1; first >= 0 && k <= n; k++) {
      int s = (first + k) % n;
      char letter = steps.get(s).state().charAt(position);
      if (isGreen(letter)) {
        green += steps.get(s).seconds();
        yellow = 0;
        continue;
      }
      if (green > 0 && green < intersection.rules().minGreenSeconds()[group]) {
        findings.add("%s gives position %d green for %s s, expected at least %d s.".formatted(place, position, green,
            intersection.rules().minGreenSeconds()[group]));
      }
      if (letter == 'y' && (green > 0 || yellow > 0)) {
        yellow += steps.get(s).seconds();
      }
      boolean over = letter != 'y' && (green > 0 || yellow > 0) || letter == 'y' && k == n;
      if (over && yellow < intersection.rules().yellowSeconds()[group]) {
        findings.add("%s gives position %d yellow for %s s after its green, expected at least %d s.".formatted(place,
            position, yellow, intersection.rules().yellowSeconds()[group]));
      }
      green = 0;
      yellow = letter == 'y' ? yellow : 0;
    }
    return findings;
  }

  private static boolean isGreen(char letter) {
    return letter == 'G' || letter == 'g';
  }

  private static boolean isOpen(char letter) {
    return isGreen(letter) || letter == 'y';
  }
}
