package de.citycloud.signals.evaluate;

import de.citycloud.signals.network.Link;
import de.citycloud.signals.network.RoadNetwork;
import de.citycloud.signals.network.RoadNetwork.Light;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches what the lights of vehicles show, second by second, and writes down what must not be. It knows the network's
 * right-of-way matrices and programs, and shares no code with the kernel or the stages.
 *
 * <ul>
 * <li>Streams that meet are not green together, unless one of them yields or the fixed program does the same.
 * <li>After green comes yellow, for its full length, before a stream that meets it gets green.
 * <li>A green lasts its minimum.
 * </ul>
 */
final class SignalJudge {
  private static final int MOST_FINDINGS = 1_000;

  private final RoadNetwork network;
  private final int yellowSeconds;
  private final int minGreenSeconds;
  private final Map<String, Watch> watches = new HashMap<>();
  private final List<String> findings = new ArrayList<>();
  private int longestRed;

  SignalJudge(RoadNetwork network, int yellowSeconds, int minGreenSeconds) {
    this.network = network;
    this.yellowSeconds = yellowSeconds;
    this.minGreenSeconds = minGreenSeconds;
  }

  /** What is remembered of one light. */
  private static final class Watch {
    String last = "";
    int[] since = {};
    int[] greenEnded = {};
    int seconds;
    final boolean[][] forbidden;
    final boolean[][] needsYield;
    final boolean[] vehicles;

    Watch(int size) {
      forbidden = new boolean[size][size];
      needsYield = new boolean[size][size];
      vehicles = new boolean[size];
    }
  }

  /** Takes in the letters that a light shows during one second; to be called for each second. */
  void see(String id, double time, String letters) {
    var light = network.lights().get(id);
    if (light == null) {
      return;
    }
    var watch = watches.computeIfAbsent(id, ignored -> watch(light));
    int n = Math.min(letters.length(), watch.vehicles.length);
    if (watch.last.isEmpty()) {
      watch.since = new int[n];
      watch.greenEnded = new int[n];
      java.util.Arrays.fill(watch.greenEnded, -10_000);
      watch.last = letters;
    }
    for (int i = 0; i < n; i++) {
      if (watch.vehicles[i]) {
        change(watch, id, time, i, letters);
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        meet(watch, id, time, i, j, letters);
      }
    }
    for (int i = 0; i < n; i++) {
      if (kind(watch.last.charAt(i)) != kind(letters.charAt(i))) {
        watch.since[i] = watch.seconds;
      }
      if (kind(letters.charAt(i)) == 'r' && watch.vehicles[i]) {
        longestRed = Math.max(longestRed, watch.seconds - Math.max(0, watch.greenEnded[i]) + 1);
      }
    }
    watch.last = letters;
    watch.seconds++;
  }

  private void change(Watch watch, String id, double time, int i, String letters) {
    char before = kind(watch.last.charAt(i));
    char now = kind(letters.charAt(i));
    int lasted = watch.seconds - watch.since[i];
    boolean sinceTheBeginning = watch.since[i] == 0;
    if (before == 'g' && now != 'g') {
      watch.greenEnded[i] = watch.seconds;
      if (lasted < minGreenSeconds && !sinceTheBeginning) {
        find(id, time, "position %d was green for %d s, expected %d s".formatted(i, lasted, minGreenSeconds));
      }
      if (now == 'r') {
        find(id, time, "position %d went from green to red without yellow".formatted(i));
      }
    }
    if (before == 'y' && now == 'r' && lasted < yellowSeconds && !sinceTheBeginning) {
      find(id, time, "position %d was yellow for %d s, expected %d s".formatted(i, lasted, yellowSeconds));
    }
  }

  private void meet(Watch watch, String id, double time, int i, int j, String letters) {
    if (i == j || !watch.forbidden[i][j] && !watch.needsYield[i][j]) {
      return;
    }
    boolean both = kind(letters.charAt(i)) == 'g' && kind(letters.charAt(j)) == 'g';
    if (i < j && both && (watch.forbidden[i][j] || letters.charAt(i) == 'G' && letters.charAt(j) == 'G')) {
      find(id, time, "positions %d and %d are green together: %s".formatted(i, j, letters));
    }
    boolean begins = kind(letters.charAt(i)) == 'g' && kind(watch.last.charAt(i)) != 'g';
    if (watch.forbidden[i][j] && begins && watch.seconds - watch.greenEnded[j] < yellowSeconds) {
      find(id, time, "position %d is green %d s after position %d, expected %d s".formatted(i,
          watch.seconds - watch.greenEnded[j], j, yellowSeconds));
    }
  }

  /** What was found, oldest first; at most 1,000. */
  List<String> findings() {
    return List.copyOf(findings);
  }

  /** The longest time a stream of vehicles was without green, s. */
  int longestRedSeconds() {
    return longestRed;
  }

  private void find(String id, double time, String what) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add("%s at %s s: %s".formatted(id, time, what));
    }
  }

  private static char kind(char letter) {
    return letter == 'G' || letter == 'g' ? 'g' : letter == 'y' || letter == 'Y' ? 'y' : 'r';
  }

  private Watch watch(Light light) {
    var watch = new Watch(light.size());
    for (var a : light.links().entrySet()) {
      watch.vehicles[a.getKey()] = true;
      for (var b : light.links().entrySet()) {
        if (!a.getKey().equals(b.getKey()) && meet(a.getValue(), b.getValue())) {
          boolean programmed = programmed(light, a.getKey(), b.getKey(), false);
          watch.forbidden[a.getKey()][b.getKey()] = !programmed;
          watch.needsYield[a.getKey()][b.getKey()] = programmed && !programmed(light, a.getKey(), b.getKey(), true);
        }
      }
    }
    return watch;
  }

  private boolean meet(List<Link> some, List<Link> others) {
    return some.stream().anyMatch(a -> others.stream().anyMatch(b -> a.nodeId().equals(b.nodeId())
        && network.rightOfWay(a.nodeId()).map(m -> m.areFoes(a.requestIndex(), b.requestIndex())).orElse(false)));
  }

  private static boolean programmed(Light light, int i, int j, boolean capital) {
    return light.programs().stream().flatMap(p -> p.steps().stream()).map(step -> step.state())
        .anyMatch(state -> capital
            ? state.charAt(i) == 'G' && state.charAt(j) == 'G'
            : kind(state.charAt(i)) == 'g' && kind(state.charAt(j)) == 'g');
  }
}
