package de.citycloud.signals.safety;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A junction that nobody would build but that obeys the tables: 1 to 70 groups of vehicles, people on foot and trams,
 * with intergreens that differ by direction, and matrices from "nobody conflicts" to "everybody conflicts".
 */
record RandomJunction(boolean[][] conflicts, int[][] intergreen, int[] yellow, int[] minGreen, int[] maxRed) {
  private enum Kind {
    VEHICLES, ON_FOOT, TRAM, EXTREME
  }

  static RandomJunction of(Random random) {
    int n = switch (random.nextInt(20)) {
      case 0 -> 60 + random.nextInt(11);
      case 1 -> 12 + random.nextInt(13);
      default -> 1 + random.nextInt(12);
    };
    double density = random.nextInt(5) == 0 ? random.nextInt(2) : random.nextDouble();
    var kinds = new Kind[n];
    var yellow = new int[n];
    var minGreen = new int[n];
    var maxRed = new int[n];
    for (int i = 0; i < n; i++) {
      kinds[i] = random.nextInt(30) == 0 ? Kind.EXTREME : Kind.values()[random.nextInt(3)];
      yellow[i] = switch (kinds[i]) {
        case VEHICLES -> 2 + random.nextInt(4);
        case ON_FOOT -> 0;
        case TRAM -> random.nextInt(2) * 5;
        case EXTREME -> 10;
      };
      minGreen[i] = kinds[i] == Kind.EXTREME ? 60 : 1 + random.nextInt(12);
      maxRed[i] = kinds[i] == Kind.EXTREME ? 600 : 10 + random.nextInt(110);
    }
    var conflicts = new boolean[n][n];
    var intergreen = new int[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        if (random.nextDouble() < density) {
          conflicts[i][j] = conflicts[j][i] = true;
          intergreen[i][j] = intergreen(random, kinds[i], yellow[i]);
          intergreen[j][i] = intergreen(random, kinds[j], yellow[j]);
        }
      }
    }
    return new RandomJunction(conflicts, intergreen, yellow, minGreen, maxRed);
  }

  /** People on foot clear slowly, trams are long; a pair may have nothing beyond the yellow. */
  private static int intergreen(Random random, Kind kind, int yellow) {
    return switch (kind) {
      case VEHICLES -> yellow + random.nextInt(6);
      case ON_FOOT -> 4 + random.nextInt(20);
      case TRAM -> yellow + random.nextInt(16);
      case EXTREME -> random.nextBoolean() ? 60 : yellow;
    };
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

  /** Its own maximum red, and then one turn of everybody: minimum green, clearing, one second to change. */
  int longestRed(int group) {
    int everybody = 0;
    for (int i = 0; i < groups(); i++) {
      everybody += minGreen[i] + Arrays.stream(intergreen[i]).max().orElse(0) + 1;
    }
    return maxRed[group] + everybody;
  }

  StreetObserver observer() {
    return new StreetObserver(conflicts, intergreen, yellow, minGreen,
        IntStream.range(0, groups()).map(this::longestRed).toArray());
  }
}
