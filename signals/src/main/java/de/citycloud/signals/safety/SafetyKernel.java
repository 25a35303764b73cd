package de.citycloud.signals.safety;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns wishes into lamps, once a second. It starts with all red for the longest intergreen.
 *
 * <ul>
 * <li>A group gets green only when every conflicting group has ended its green at least the intergreen ago.
 * <li>A group keeps green for its minimum, then shows yellow for its full length, then red for at least 1 s.
 * <li>A group that has been red for its maximum is served before anybody else: conflicting greens end with their
 * minimum and none begins.
 * <li>Without a usable wish (none, too old, from the future, naming unknown or conflicting groups) the local program
 * runs on.
 * </ul>
 *
 * <p>Not for several threads; one kernel stands before one controller.
 */
public final class SafetyKernel {
  private static final int NEVER = -1_000_000;

  private final SafetyRules rules;
  private final int patienceSeconds;
  private final Lamp[] lamps;
  /** Second at which the present lamp of a group began. */
  private final long[] since;
  /** Second at which the last green of a group ended. */
  private final long[] greenEnded;
  /** Second at which red (counting yellow) began. */
  private final long[] waitingSince;
  private long now;
  private final long openingSecond;
  private int localStage;
  /** Second at which the local program turned to its present stage. */
  private long localStageSince;
  private boolean local;

  /**
   * A kernel that begins at second 0.
   *
   * @param patienceSeconds age up to which a wish is followed, 0 to 30 s
   */
  public SafetyKernel(SafetyRules rules, int patienceSeconds) {
    if (patienceSeconds < 0 || patienceSeconds > 30) {
      throw new UnsafeRules("The patience is %d s, expected 0 to 30 s.".formatted(patienceSeconds));
    }
    // A copy: whoever can see the rules must not be able to change them under the kernel.
    this.rules = new SafetyRules(rules.conflicts(), rules.intergreenSeconds(), rules.yellowSeconds(),
        rules.minGreenSeconds(), rules.maxRedSeconds(), rules.localProgram());
    this.patienceSeconds = patienceSeconds;
    int n = rules.groups();
    lamps = new Lamp[n];
    Arrays.fill(lamps, Lamp.RED);
    since = new long[n];
    greenEnded = new long[n];
    Arrays.fill(greenEnded, NEVER);
    waitingSince = new long[n];
    openingSecond = Arrays.stream(rules.intergreenSeconds()).flatMapToInt(Arrays::stream).max().orElse(0);
  }

  /** The second that the next call of {@link #step} decides. */
  public long now() {
    return now;
  }

  /** True if the last step followed the local program. */
  public boolean isLocal() {
    return local;
  }

  /**
   * Decides the lamps of the next second.
   *
   * @param wish what a strategy would like; null if it has nothing to say
   * @return one lamp a group; a new array
   */
  public Lamp[] step(@Nullable SignalRequest wish) {
    var target = wish == null ? null : usable(wish);
    local = target == null;
    var wanted = target == null ? localTarget() : target;
    serveTheOverdue(wanted);
    endGreens(wanted);
    if (now >= openingSecond) {
      beginGreens(wanted);
    }
    now++;
    return lamps.clone();
  }

  private @Nullable BitSet usable(SignalRequest wish) {
    long age = now - wish.decidedAtSecond();
    if (age < 0 || age > patienceSeconds || wish.green().length() > rules.groups()) {
      return null;
    }
    for (int i = wish.green().nextSetBit(0); i >= 0; i = wish.green().nextSetBit(i + 1)) {
      if (rules.conflicts().get(i).intersects(wish.green())) {
        return null;
      }
    }
    return (BitSet) wish.green().clone();
  }

  /** The local program's stage; its time runs from when all of its groups have green. */
  private BitSet localTarget() {
    var stage = rules.localProgram().get(localStage);
    boolean complete = true;
    long began = 0;
    for (int i = stage.groups().nextSetBit(0); i >= 0; i = stage.groups().nextSetBit(i + 1)) {
      complete &= lamps[i] == Lamp.GREEN;
      began = Math.max(began, since[i]);
    }
    // A stage that was interrupted begins anew; one whose groups have long been green ends at once.
    if (complete && now - Math.max(began, localStageSince) >= stage.seconds()) {
      localStage = (localStage + 1) % rules.localProgram().size();
      localStageSince = now;
    }
    return (BitSet) rules.localProgram().get(localStage).groups().clone();
  }

  /**
   * Those beyond their maximum form a queue, the most overdue first. Who conflicts with nobody before him comes at once,
   * and what conflicts with him is struck from the wish. While the others wait, no new green begins that would delay
   * them: else two overdue groups could take turns with a third one's green and a fourth never come.
   */
  private void serveTheOverdue(BitSet wanted) {
    var firm = new BitSet(rules.groups());
    var reserved = new BitSet(rules.groups());
    for (int next : overdueGroups()) {
      var foes = rules.conflicts().get(next);
      if (reserved.get(next)) {
        wanted.clear(next);
        for (int i = foes.nextSetBit(0); i >= 0; i = foes.nextSetBit(i + 1)) {
          if (lamps[i] != Lamp.GREEN && !firm.get(i)) {
            wanted.clear(i);
          }
        }
      } else {
        wanted.andNot(foes);
        wanted.set(next);
        firm.set(next);
      }
      reserved.or(foes);
    }
  }

  private List<Integer> overdueGroups() {
    var queue = new ArrayList<Integer>();
    for (int i = 0; i < lamps.length; i++) {
      if (lamps[i] != Lamp.GREEN && overdue(i) >= 0) {
        queue.add(i);
      }
    }
    queue.sort(Comparator.comparingLong(i -> -overdue(i)));
    return queue;
  }

  private long overdue(int group) {
    return now - waitingSince[group] - rules.maxRedSeconds()[group];
  }

  private void endGreens(BitSet wanted) {
    for (int i = 0; i < lamps.length; i++) {
      if (lamps[i] == Lamp.GREEN && !wanted.get(i) && now - since[i] >= rules.minGreenSeconds()[i]) {
        greenEnded[i] = now;
        waitingSince[i] = now;
        show(i, rules.yellowSeconds()[i] > 0 ? Lamp.YELLOW : Lamp.RED);
      } else if (lamps[i] == Lamp.YELLOW && now - since[i] >= rules.yellowSeconds()[i]) {
        show(i, Lamp.RED);
      }
    }
  }

  private void beginGreens(BitSet wanted) {
    for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
      if (lamps[i] == Lamp.RED && now - since[i] >= 1 && isClear(i)) {
        show(i, Lamp.GREEN);
      }
    }
  }

  private boolean isClear(int group) {
    var foes = rules.conflicts().get(group);
    for (int j = foes.nextSetBit(0); j >= 0; j = foes.nextSetBit(j + 1)) {
      if (lamps[j] != Lamp.RED || now - greenEnded[j] < rules.intergreenSeconds()[j][group]) {
        return false;
      }
    }
    return true;
  }

  private void show(int group, Lamp lamp) {
    lamps[group] = lamp;
    since[group] = now;
  }
}
