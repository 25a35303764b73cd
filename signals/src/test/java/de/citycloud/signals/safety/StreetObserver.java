package de.citycloud.signals.safety;

import java.util.ArrayList;
import java.util.List;

/**
 * Stands at the junction and writes down everything that should not happen. It knows the tables, sees the lamps, and
 * shares no code with the kernel: its own bookkeeping is one column of letters a group, searched backwards.
 */
final class StreetObserver {
  private final boolean[][] conflicting;
  private final int[][] intergreen;
  private final int[] yellow;
  private final int[] minGreen;
  private final int[] longestRed;
  private final StringBuilder[] history;
  private final List<String> findings = new ArrayList<>();

  StreetObserver(boolean[][] conflicting, int[][] intergreen, int[] yellow, int[] minGreen, int[] longestRed) {
    this.conflicting = conflicting;
    this.intergreen = intergreen;
    this.yellow = yellow;
    this.minGreen = minGreen;
    this.longestRed = longestRed;
    history = new StringBuilder[conflicting.length];
    for (int i = 0; i < history.length; i++) {
      history[i] = new StringBuilder();
    }
  }

  /** Sees one second; letters G, Y and R. */
  void see(String letters) {
    if (letters.length() != history.length) {
      findings.add("dark: " + letters.length() + " of " + history.length + " groups show something");
      return;
    }
    for (int i = 0; i < history.length; i++) {
      if ("GYR".indexOf(letters.charAt(i)) < 0) {
        findings.add("group " + i + " shows " + letters.charAt(i));
      }
      history[i].append(letters.charAt(i));
    }
    int t = history[0].length() - 1;
    for (int i = 0; i < history.length; i++) {
      char before = t == 0 ? 'R' : history[i].charAt(t - 1);
      char lamp = history[i].charAt(t);
      if (before == 'G' && lamp == 'R' && yellow[i] > 0 || before == 'R' && lamp == 'Y'
          || before == 'Y' && lamp == 'G') {
        findings.add("t=%d group %d went from %c to %c".formatted(t, i, before, lamp));
      }
      if (before == 'G' && lamp != 'G' && run(i, t - 1) < minGreen[i] && t > run(i, t - 1)) {
        findings.add("t=%d group %d had green for %d s of %d s".formatted(t, i, run(i, t - 1), minGreen[i]));
      }
      if (before == 'Y' && lamp == 'R' && run(i, t - 1) != yellow[i]) {
        findings.add("t=%d group %d had yellow for %d s of %d s".formatted(t, i, run(i, t - 1), yellow[i]));
      }
      if (lamp != 'G' && sinceGreen(i, t) > longestRed[i]) {
        findings.add("t=%d group %d is without green for %d s, at most %d s".formatted(t, i, sinceGreen(i, t),
            longestRed[i]));
      }
      for (int j = 0; j < history.length; j++) {
        if (conflicting[i][j] && lamp == 'G') {
          if (history[j].charAt(t) != 'R') {
            findings.add("t=%d groups %d and %d meet: %c and %c".formatted(t, i, j, lamp, history[j].charAt(t)));
          }
          if (before != 'G' && history[j].lastIndexOf("G") >= 0 && sinceGreen(j, t) - 1 < intergreen[j][i]) {
            findings.add("t=%d group %d starts %d s after group %d ended, intergreen %d s".formatted(t, i,
                sinceGreen(j, t) - 1, j, intergreen[j][i]));
          }
        }
      }
    }
  }

  List<String> findings() {
    return findings;
  }

  /** True if a group had green at least once. */
  boolean wasServed(int group) {
    return history[group].indexOf("G") >= 0;
  }

  /** Length of the run of equal letters that ends at t. */
  private int run(int group, int t) {
    int start = t;
    while (start > 0 && history[group].charAt(start - 1) == history[group].charAt(t)) {
      start--;
    }
    return t - start + 1;
  }

  /** Seconds from the last green second to t; since the beginning if there was none. */
  private int sinceGreen(int group, int t) {
    return t - history[group].lastIndexOf("G");
  }
}
