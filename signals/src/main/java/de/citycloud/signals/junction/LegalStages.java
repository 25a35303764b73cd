package de.citycloud.signals.junction;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** All largest sets of groups without a conflict between any two (Bron and Kerbosch 1973, with pivot). */
final class LegalStages {
  private static final int MOST_STEPS = 20_000;

  private final List<BitSet> conflicts;
  private final List<BitSet> found = new ArrayList<>();
  private int steps;

  private LegalStages(List<BitSet> conflicts) {
    this.conflicts = conflicts;
  }

  /** Empty if there are so many that the search was given up. */
  static List<BitSet> of(List<BitSet> conflicts) {
    var search = new LegalStages(conflicts);
    var all = new BitSet();
    all.set(0, conflicts.size());
    search.extend(new BitSet(), all, new BitSet());
    return search.steps > MOST_STEPS ? List.of() : search.found;
  }

  private void extend(BitSet chosen, BitSet candidates, BitSet done) {
    if (++steps > MOST_STEPS) {
      return;
    }
    if (candidates.isEmpty()) {
      if (done.isEmpty()) {
        found.add((BitSet) chosen.clone());
      }
      return;
    }
    int pivot = candidates.nextSetBit(0);
    // Whoever goes with the pivot is found with it; only the pivot and its foes need a branch of their own.
    var branches = (BitSet) candidates.clone();
    branches.and(conflicts.get(pivot));
    branches.set(pivot);
    for (int v = branches.nextSetBit(0); v >= 0; v = branches.nextSetBit(v + 1)) {
      var next = (BitSet) chosen.clone();
      next.set(v);
      extend(next, friends(candidates, v), friends(done, v));
      candidates.clear(v);
      done.set(v);
    }
  }

  private BitSet friends(BitSet of, int v) {
    var friends = (BitSet) of.clone();
    friends.andNot(conflicts.get(v));
    friends.clear(v);
    return friends;
  }
}
