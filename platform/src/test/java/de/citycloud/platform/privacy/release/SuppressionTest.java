package de.citycloud.platform.privacy.release;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.privacy.CountTable;
import de.citycloud.platform.privacy.release.Suppression.Fate;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuppressionTest {
  @Test
  void aCellOfTwoTakesItsComplementWithIt() {
    // 2 persons alone would be 20 − 18, so three more cells close the rectangle.
    assertThat(picture(5, """
                          2 18 30
                          9 22 14
                          40 31 25
                          """)).isEqualTo("""
                                          s c . | .
                                          c c . | .
                                          . . . | .
                                          . . . | .
                                          """);
  }

  @Test
  void aTableWithoutSmallCellsIsPublishedWhole() {
    assertThat(picture(5, "5 6\n0 9")).doesNotContain("s").doesNotContain("c");
  }

  @Test
  void aSmallSumIsSuppressedToo() {
    assertThat(picture(5, "1 1\n30 40")).startsWith("s s | s");
  }

  @Test
  void inAListASmallCountTakesAnotherWithIt() {
    var fates = picture(5, "3\n50\n60\n8");
    assertThat(fates.lines().filter(line -> line.startsWith("c") || line.startsWith("s")).count()).isEqualTo(2);
  }

  /** The promise itself, by trying all tables that fit what is published. */
  @Test
  void noSuppressedCellCanBeWorkedOutFromWhatIsPublished() {
    int suppressed = 0;
    int cells = 0;
    int threshold = 3;
    for (long seed = 1; seed <= 150; seed++) {
      var random = new Random(seed);
      var table = randomTable(random);
      var sums = table.withSums();
      var fates = Suppression.of(sums, threshold);
      var possible = possibleValues(sums, fates, threshold);
      for (int i = 0; i < sums.length; i++) {
        for (int j = 0; j < sums[i].length; j++) {
          cells++;
          if (sums[i][j] > 0 && sums[i][j] < threshold) {
            assertThat(fates[i][j]).as("seed %d: %s", seed, Arrays.deepToString(sums)).isNotEqualTo(Fate.OPEN);
          }
          if (fates[i][j] != Fate.OPEN) {
            suppressed++;
            assertThat(possible[i][j]).as("seed %d, cell %d,%d of %s with %s", seed, i, j, Arrays.deepToString(sums),
                Arrays.deepToString(fates)).hasSizeGreaterThanOrEqualTo(threshold).contains(sums[i][j]);
          }
        }
      }
    }
    assertThat(suppressed).as("tables with something to hide").isGreaterThan(300);
    assertThat(suppressed).as("and something left to see").isLessThan(cells * 8 / 10);
  }

  @Test
  void tablesOfDistrictsKeepMostOfTheirCells() {
    var random = new Random(7);
    var counts = new long[40][12];
    for (var row : counts) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (long) Math.abs(random.nextGaussian() * 40);
      }
    }
    var table = table(counts).withSums();
    var fates = Arrays.stream(Suppression.of(table, 5)).flatMap(Arrays::stream).collect(Collectors.groupingBy(f -> f,
        Collectors.counting()));
    assertThat(fates.getOrDefault(Fate.OPEN, 0L)).isGreaterThan(300);
    assertThat(fates.getOrDefault(Fate.COMPLEMENT, 0L)).isLessThan(3 * fates.getOrDefault(Fate.SMALL, 0L));
  }

  private static CountTable randomTable(Random random) {
    int rows = 1 + random.nextInt(3);
    var counts = new long[rows][1 + random.nextInt(rows == 3 ? 2 : 3)];
    for (var row : counts) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(6);
      }
    }
    return table(counts);
  }

  private static CountTable table(long[][] counts) {
    return new CountTable(IntStream.range(0, counts.length).mapToObj(i -> "r" + i).toList(),
        IntStream.range(0, counts[0].length).mapToObj(j -> "c" + j).toList(), counts);
  }

  /** Every value that each cell has in some table that fits all published cells; inner counts to a bound beyond doubt. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static TreeSet<Long>[][] possibleValues(long[][] sums, Fate[][] fates, int threshold) {
    int rows = sums.length - 1;
    int columns = sums[0].length - 1;
    var found = new TreeSet[rows + 1][columns + 1];
    for (var row : found) {
      Arrays.setAll(row, j -> new TreeSet<Long>());
    }
    // One more than the largest count and the threshold: further values only add to what is possible.
    fill(new long[rows][columns], 0, 5 + threshold - 1, sums, fates, found);
    return found;
  }

  private static void fill(long[][] guess, int at, int bound, long[][] sums, Fate[][] fates, TreeSet<Long>[][] found) {
    int columns = guess[0].length;
    if (at > 0 && at % columns == 0 && !fits(guess, at / columns - 1, sums, fates)) {
      return;
    }
    if (at == guess.length * columns) {
      var all = table(guess).withSums();
      for (int j = 0; j < all[0].length; j++) {
        int last = all.length - 1;
        if (fates[last][j] == Fate.OPEN && all[last][j] != sums[last][j]) {
          return;
        }
      }
      for (int i = 0; i < all.length; i++) {
        for (int j = 0; j < all[i].length; j++) {
          found[i][j].add(all[i][j]);
        }
      }
      return;
    }
    int i = at / columns;
    int j = at % columns;
    boolean open = fates[i][j] == Fate.OPEN;
    for (long value = open ? sums[i][j] : 0; value <= (open ? sums[i][j] : bound); value++) {
      guess[i][j] = value;
      if (Arrays.stream(guess[i], 0, j + 1).sum() <= sums[i][columns] || fates[i][columns] != Fate.OPEN) {
        fill(guess, at + 1, bound, sums, fates, found);
      }
    }
    guess[i][j] = 0;
  }

  private static boolean fits(long[][] guess, int row, long[][] sums, Fate[][] fates) {
    int last = guess[0].length;
    return fates[row][last] != Fate.OPEN || Arrays.stream(guess[row]).sum() == sums[row][last];
  }

  private static String picture(int threshold, String counts) {
    var table = table(counts.strip().lines()
        .map(line -> Arrays.stream(line.strip().split(" +")).mapToLong(Long::parseLong).toArray())
        .toArray(long[][]::new));
    var text = new StringBuilder();
    for (var row : Suppression.of(table.withSums(), threshold)) {
      for (int j = 0; j < row.length; j++) {
        text.append(j == 0 ? "" : " ").append(j == row.length - 1 ? "| " : "").append(switch (row[j]) {
          case OPEN -> ".";
          case SMALL -> "s";
          case COMPLEMENT -> "c";
        });
      }
      text.append('\n');
    }
    return text.toString();
  }
}
