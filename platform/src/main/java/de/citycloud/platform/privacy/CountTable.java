package de.citycloud.platform.privacy;

import java.util.Arrays;
import java.util.List;

/**
 * How many persons there are by two features, e.g. age group by district; sums are worked out. A list is a table with
 * one column.
 *
 * @param rows names of the rows, 1 to 200
 * @param columns names of the columns, 1 to 30
 * @param counts by row and column, each 0 or more
 */
public record CountTable(List<String> rows, List<String> columns, long[][] counts) {
  public CountTable {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    counts = Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
    if (rows.isEmpty() || rows.size() > 200 || columns.isEmpty() || columns.size() > 30) {
      throw new IllegalArgumentException("The table has %d rows and %d columns, expected 1 to 200 and 1 to 30."
          .formatted(rows.size(), columns.size()));
    }
    if (counts.length != rows.size()) {
      throw new IllegalArgumentException(
          "There are %d rows of counts, expected %d.".formatted(counts.length, rows.size()));
    }
    for (var row : counts) {
      if (row.length != columns.size() || Arrays.stream(row).anyMatch(count -> count < 0)) {
        throw new IllegalArgumentException("A row holds %s, expected %d counts of 0 or more."
            .formatted(Arrays.toString(row), columns.size()));
      }
    }
  }

  /** The counts with a last row and a last column of sums. */
  public long[][] withSums() {
    var all = new long[rows.size() + 1][columns.size() + 1];
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < columns.size(); j++) {
        all[i][j] = counts[i][j];
        all[i][columns.size()] += counts[i][j];
        all[rows.size()][j] += counts[i][j];
        all[rows.size()][columns.size()] += counts[i][j];
      }
    }
    return all;
  }
}
