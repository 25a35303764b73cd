package de.citycloud.signals.control;

import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.junction.Movement;
import de.citycloud.signals.safety.Lamp;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** What each stage serves, lane by lane, and how long it takes to turn from one to another. */
final class StageTable {
  final int stages;
  /** Stages of the network's program; they come first, in its order. */
  final int programmed;
  final int lanes;
  /** [stage][lane] movements that drive without yielding. */
  final int[][][] free;
  /** [stage][lane] movements that yield. */
  final int[][][] yielding;
  /** [stage][lane] movements that those let pass. */
  final int[][][] foes;
  /** [movement] its lane. */
  final int[] laneOf;
  /** [from][to] seconds between the end of green and the next green. */
  final int[][] transition;
  /** [from][to] those of the transition in which vehicles of the old stage must have ended. */
  final int[][] tail;
  /** [from][to][later] seconds from the change until {@code later} could begin, as far as ended groups hold it up. */
  final int[][][] clearing;
  /** [from][to] seconds of a stage before it may be left: minimum green of the groups that begin with it. */
  final int[][] minGreen;

  StageTable(Intersection intersection) {
    stages = intersection.stages().size();
    programmed = (int) intersection.stages().stream().filter(stage -> stage.programmed()).count();
    lanes = intersection.lanes().size();
    free = new int[stages][lanes][];
    yielding = new int[stages][lanes][];
    foes = new int[stages][lanes][];
    laneOf = intersection.movements().stream().mapToInt(Movement::lane).toArray();
    transition = new int[stages][stages];
    minGreen = new int[stages][stages];
    tail = new int[stages][stages];
    clearing = new int[stages][stages][stages];
    for (int s = 0; s < stages; s++) {
      var stage = intersection.stages().get(s);
      for (int l = 0; l < lanes; l++) {
        free[s][l] = movements(intersection, l, minus(stage.groups(), stage.yielding()));
        yielding[s][l] = movements(intersection, l, stage.yielding());
        foes[s][l] = foes(intersection, yielding[s][l], stage.groups());
      }
      for (int t = 0; t < stages; t++) {
        var next = intersection.stages().get(t).groups();
        var ending = minus(stage.groups(), next);
        transition[s][t] = longest(intersection, ending, minus(next, stage.groups()));
        tail[s][t] = longest(intersection, minus(ending, intersection.pedestrian()), minus(next, stage.groups()));
        for (int later = 0; later < stages; later++) {
          clearing[s][t][later] = longest(intersection, ending, intersection.stages().get(later).groups());
        }
        // A stage that only ends greens can be left when their yellow is over.
        var longest = minus(next, stage.groups()).isEmpty()
            ? minus(stage.groups(), next).stream().map(g -> intersection.rules().yellowSeconds()[g] + 1)
            : minus(next, stage.groups()).stream().map(g -> intersection.rules().minGreenSeconds()[g]);
        minGreen[s][t] = longest.max().orElse(1);
      }
    }
  }

  /** True if a stage gives green to any movement of a lane. */
  boolean serves(int stage, int lane) {
    return free[stage][lane].length + yielding[stage][lane].length > 0;
  }

  private static BitSet minus(BitSet all, BitSet some) {
    var rest = (BitSet) all.clone();
    rest.andNot(some);
    return rest;
  }

  private static int[] movements(Intersection intersection, int lane, BitSet groups) {
    List<Movement> all = intersection.movements();
    return IntStream.range(0, all.size()).filter(m -> all.get(m).lane() == lane && groups.get(all.get(m).group()))
        .toArray();
  }

  private static int[] foes(Intersection intersection, int[] yielding, BitSet green) {
    var passFirst = new BitSet();
    for (int m : yielding) {
      passFirst.or(intersection.gives().get(intersection.movements().get(m).group()));
    }
    passFirst.and(green);
    var all = intersection.movements();
    return IntStream.range(0, all.size()).filter(m -> passFirst.get(all.get(m).group())).toArray();
  }

  /** Longest intergreen between one of some groups that end and one of some that begin, s. */
  private static int longest(Intersection intersection, BitSet ending, BitSet beginning) {
    int longest = 0;
    for (int i = ending.nextSetBit(0); i >= 0; i = ending.nextSetBit(i + 1)) {
      for (int j = beginning.nextSetBit(0); j >= 0; j = beginning.nextSetBit(j + 1)) {
        if (intersection.conflict(i, j)) {
          longest = Math.max(longest, intersection.rules().intergreenSeconds()[i][j]);
        }
      }
    }
    return longest;
  }

  /** [stage] seconds until it could begin, as far as groups that have ended already hold it up. */
  int[] readySeconds(Intersection intersection, Lamp[] lamps, int[] redSeconds) {
    var ready = new int[stages];
    for (int s = 0; s < stages; s++) {
      var groups = intersection.stages().get(s).groups();
      for (int j = groups.nextSetBit(0); j >= 0; j = groups.nextSetBit(j + 1)) {
        var foes = intersection.rules().conflicts().get(j);
        for (int i = foes.nextSetBit(0); i >= 0; i = foes.nextSetBit(i + 1)) {
          int left = intersection.rules().intergreenSeconds()[i][j] - redSeconds[i];
          ready[s] = lamps[i] == Lamp.GREEN ? ready[s] : Math.max(ready[s], left);
        }
      }
    }
    return ready;
  }
}
