package de.citycloud.signals.safety;

import java.util.BitSet;
import java.util.List;

/**
 * What must hold at an intersection whatever happens; groups are counted from 0. Times are whole seconds.
 *
 * @param conflicts conflicts.get(i) has j: groups i and j must never go together; symmetric
 * @param intergreenSeconds [i][j] for conflicting groups: end of green of i to start of green of j (German:
 *     <i>Zwischenzeit</i>), at least the yellow of i; 0 to 60. Clearing times of pedestrians are part of it
 * @param yellowSeconds yellow of each group after its green, 0 to 10
 * @param minGreenSeconds minimum green (German: <i>Mindestfreigabezeit</i>), 1 to 60
 * @param maxRedSeconds red after which a group is served before anybody else, 10 to 600
 * @param localProgram stages that the controller runs by itself; each without conflict, together serving every group
 */
public record SafetyRules(List<BitSet> conflicts, int[][] intergreenSeconds, int[] yellowSeconds,
    int[] minGreenSeconds, int[] maxRedSeconds, List<LocalStage> localProgram) {
  /**
   * A stage of the local program.
   *
   * @param groups that have green
   * @param seconds length from its first green, 1 to 180
   */
  public record LocalStage(BitSet groups, int seconds) {
    public LocalStage {
      groups = (BitSet) groups.clone();
    }
  }

  /** @throws UnsafeRules if anything contradicts or cannot be kept */
  public SafetyRules {
    int n = conflicts.size();
    conflicts = conflicts.stream().map(row -> (BitSet) row.clone()).toList();
    localProgram = localProgram.stream().map(stage -> new LocalStage(stage.groups(), stage.seconds())).toList();
    check(n > 0, "There are 0 signal groups, expected at least 1.");
    check(intergreenSeconds.length == n && yellowSeconds.length == n && minGreenSeconds.length == n
        && maxRedSeconds.length == n,
        "The tables have %d, %d, %d and %d rows, expected %d each.".formatted(intergreenSeconds.length,
            yellowSeconds.length, minGreenSeconds.length, maxRedSeconds.length, n));
    intergreenSeconds = copy(intergreenSeconds);
    yellowSeconds = yellowSeconds.clone();
    minGreenSeconds = minGreenSeconds.clone();
    maxRedSeconds = maxRedSeconds.clone();
    for (int i = 0; i < n; i++) {
      range(0, yellowSeconds[i], 10, "yellow of group " + i);
      range(1, minGreenSeconds[i], 60, "minimum green of group " + i);
      range(10, maxRedSeconds[i], 600, "maximum red of group " + i);
      check(intergreenSeconds[i].length == n,
          "The intergreen row of group %d has %d entries, expected %d.".formatted(i, intergreenSeconds[i].length, n));
      check(!conflicts.get(i).get(i), "Group %d conflicts with itself.".formatted(i));
      check(conflicts.get(i).length() <= n,
          "Group %d conflicts with group %d, expected 0 to %d.".formatted(i, conflicts.get(i).length() - 1, n - 1));
      for (int j = 0; j < n; j++) {
        check(conflicts.get(i).get(j) == conflicts.get(j).get(i),
            "Group %d conflicts with %d, but not the other way round.".formatted(i, j));
        if (conflicts.get(i).get(j)) {
          range(yellowSeconds[i], intergreenSeconds[i][j], 60, "intergreen from group %d to %d".formatted(i, j));
        }
      }
    }
    checkLocalProgram(conflicts, localProgram, minGreenSeconds);
  }

  private static void checkLocalProgram(List<BitSet> conflicts, List<LocalStage> program, int[] minGreenSeconds) {
    int n = conflicts.size();
    var served = new BitSet(n);
    for (int s = 0; s < program.size(); s++) {
      var stage = program.get(s);
      check(stage.groups().length() <= n,
          "Stage %d of the local program serves group %d, expected 0 to %d.".formatted(s, stage.groups().length() - 1,
              n - 1));
      range(1, stage.seconds(), 180, "length of stage %d of the local program".formatted(s));
      for (int i = stage.groups().nextSetBit(0); i >= 0; i = stage.groups().nextSetBit(i + 1)) {
        check(!conflicts.get(i).intersects(stage.groups()),
            "Stage %d of the local program gives green to group %d and to one it conflicts with.".formatted(s, i));
        check(stage.seconds() >= minGreenSeconds[i],
            "Stage %d of the local program is %d s long, expected at least the minimum green of group %d, %d s."
                .formatted(s, stage.seconds(), i, minGreenSeconds[i]));
      }
      served.or(stage.groups());
    }
    check(served.cardinality() == n,
        "The local program never serves group %d.\nMaybe add a stage for it.".formatted(served.nextClearBit(0)));
  }

  /** Number of groups. */
  public int groups() {
    return conflicts.size();
  }

  /** The longest time that red can last: maximum red, and then everybody else's minimum green before the own turn. */
  public int longestRedSeconds(int group) {
    int wait = 0;
    for (int i = 0; i < groups(); i++) {
      int clearing = 0;
      for (int j = 0; j < groups(); j++) {
        if (conflicts.get(i).get(j)) {
          clearing = Math.max(clearing, intergreenSeconds[i][j]);
        }
      }
      wait += minGreenSeconds[i] + clearing + 1;
    }
    return maxRedSeconds[group] + wait;
  }

  private static void range(int least, int value, int most, String what) {
    check(value >= least && value <= most,
        "The %s is %d s, expected %d to %d s.".formatted(what, value, least, most));
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new UnsafeRules(message);
    }
  }

  private static int[][] copy(int[][] table) {
    var copy = new int[table.length][];
    for (int i = 0; i < table.length; i++) {
      copy[i] = table[i].clone();
    }
    return copy;
  }
}
