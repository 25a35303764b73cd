package de.citycloud.signals.safety;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A junction that nobody would build but that obeys the tables: 2 to 24 groups, odd intergreens, long pedestrians. */
record RandomJunction(boolean[][] conflicts, int[][] intergreen, int[] yellow, int[] minGreen, int[] maxRed) {
  static RandomJunction of(Random random) {
    int n = 2 + random.nextInt(random.nextInt(10) == 0 ? 23 : 10);
    double density = random.nextDouble();
    var conflicts = new boolean[n][n];
    var intergreen = new int[n][n];
    var yellow = new int[n];
    var minGreen = new int[n];
    var maxRed = new int[n];
    for (int i = 0; i < n; i++) {
      boolean pedestrian = random.nextInt(4) == 0;
      yellow[i] = pedestrian ? 0 : 2 + random.nextInt(4);
      minGreen[i] = 1 + random.nextInt(12);
      maxRed[i] = 10 + random.nextInt(110);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        if (random.nextDouble() < density) {
          conflicts[i][j] = conflicts[j][i] = true;
          intergreen[i][j] = yellow[i] + random.nextInt(random.nextInt(5) == 0 ? 16 : 6);
          intergreen[j][i] = yellow[j] + random.nextInt(random.nextInt(5) == 0 ? 16 : 6);
        }
      }
    }
    return new RandomJunction(conflicts, intergreen, yellow, minGreen, maxRed);
  }

  int groups() {
    return yellow.length;
  }

  SafetyRules rules() {
    var rows = new ArrayList<BitSet>();
    for (var row : conflicts) {
      var bits = new BitSet();
      IntStream.range(0, row.length).filter(j -> row[j]).forEach(bits::set);
      rows.add(bits);
    }
    return new SafetyRules(rows, intergreen, yellow, minGreen, maxRed, localProgram(rows));
  }

  /** Greedy: each stage takes the first group not yet served and whoever fits beside it. */
  private List<SafetyRules.LocalStage> localProgram(List<BitSet> rows) {
    var stages = new ArrayList<SafetyRules.LocalStage>();
    var served = new BitSet();
    while (served.cardinality() < groups()) {
      var stage = new BitSet();
      stage.set(served.nextClearBit(0));
      for (int i = 0; i < groups(); i++) {
        if (!rows.get(i).intersects(stage)) {
          stage.set(i);
        }
      }
      served.or(stage);
      stages.add(new SafetyRules.LocalStage(stage, stage.stream().map(i -> minGreen[i]).max().orElse(1) + 4));
    }
    return stages;
  }

  StreetObserver observer(SafetyRules rules) {
    return new StreetObserver(conflicts, intergreen, yellow, minGreen,
        IntStream.range(0, groups()).map(rules::longestRedSeconds).toArray());
  }
}
