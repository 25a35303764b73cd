package de.citycloud.platform.privacy.release;

import de.citycloud.platform.privacy.CountTable;
import de.citycloud.platform.privacy.ReleaseGate.Cell;
import de.citycloud.platform.privacy.ReleaseGate.Release;
import de.citycloud.platform.privacy.ReleasePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes a table safe, and the form in which a release is kept. */
public final class ReleaseWork {
  private ReleaseWork() {}

  /**
   * A release as it is stored: published values, and for the others only why they are missing ({@code few} or {@code
   * complement}).
   */
  public record Stored(List<String> rows, List<String> columns, List<List<@Nullable Long>> values,
      List<List<String>> why) {}

  /** Suppresses, then adds noise, then rounds; sums are treated as cells, so they need not add up afterwards. */
  public static Release make(CountTable table, ReleasePolicy policy, RandomGenerator random) {
    var all = table.withSums();
    var fates = Suppression.of(all, policy.threshold());
    var noise = policy.epsilon() > 0 ? new DiscreteLaplace(policy.epsilon(), random) : null;
    var cells = new ArrayList<List<Cell>>();
    for (int i = 0; i < all.length; i++) {
      var row = new ArrayList<Cell>();
      for (int j = 0; j < all[i].length; j++) {
        row.add(switch (fates[i][j]) {
          case OPEN -> new Cell.Published(rounded(all[i][j] + (noise == null ? 0 : noise.next()), policy.rounding()));
          case SMALL -> new Cell.TooFew();
          case COMPLEMENT -> new Cell.Complement();
        });
      }
      cells.add(List.copyOf(row));
    }
    return new Release(table.rows(), table.columns(), policy, List.copyOf(cells));
  }

  /** Privacy used up: one person counts in a cell, the sum of its row, of its column, and of all. */
  public static double cost(ReleasePolicy policy) {
    return policy.epsilon() * 4;
  }

  /** The form in which it is kept. */
  public static Stored stored(Release release) {
    var values = new ArrayList<List<@Nullable Long>>();
    var why = new ArrayList<List<String>>();
    for (var row : release.cells()) {
      var numbers = new ArrayList<@Nullable Long>();
      var reasons = new ArrayList<String>();
      for (var cell : row) {
        numbers.add(cell instanceof Cell.Published(long value) ? Long.valueOf(value) : null);
        reasons.add(switch (cell) {
          case Cell.Published(long value) -> "";
          case Cell.TooFew() -> "few";
          case Cell.Complement() -> "complement";
        });
      }
      values.add(numbers);
      why.add(reasons);
    }
    return new Stored(release.rows(), release.columns(), values, why);
  }

  /** The release that was stored. */
  public static Release read(Stored stored, ReleasePolicy policy) {
    var cells = new ArrayList<List<Cell>>();
    for (int i = 0; i < stored.values.size(); i++) {
      var row = new ArrayList<Cell>();
      for (int j = 0; j < stored.values.get(i).size(); j++) {
        var value = stored.values.get(i).get(j);
        row.add(value != null
            ? new Cell.Published(value)
            : stored.why.get(i).get(j).equals("few") ? new Cell.TooFew() : new Cell.Complement());
      }
      cells.add(List.copyOf(row));
    }
    return new Release(stored.rows, stored.columns, policy, List.copyOf(cells));
  }

  private static long rounded(long value, int base) {
    return Math.max(0, Math.floorDiv(value + base / 2, base) * base);
  }
}
