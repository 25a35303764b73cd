package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.privacy.CountTable;
import de.citycloud.platform.privacy.ReleaseGate;
import de.citycloud.platform.privacy.ReleasePolicy;
import de.citycloud.platform.procedure.casefile.CaseDesk.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers of one procedure, made safe by the same rules as statistics for the public. */
final class CaseNumbers {
  /** Counts from 1 to one less are not shown. */
  static final int THRESHOLD = ReleasePolicy.USUAL.threshold();

  private static final List<String> COLUMNS = List.of("granted", "refused", "partly", "withdrawn", "open");

  private CaseNumbers() {}

  /** A number, or that it is too small to be shown (or would give such a one away). */
  record Count(boolean shown, long value) {}

  /** One month. @param medianDays from receipt to decision; null if nothing was decided or too few were */
  record Month(String month, Count received, Count granted, Count refused, Count partly, Count withdrawn,
      @Nullable Double medianDays) {}

  /**
   * One procedure.
   *
   * @param months newest first
   * @param year sums of the last twelve of them
   * @param overdue how many are or were over their deadline; a number of the office, not of persons
   */
  record Summary(String procedure, String name, List<Month> months, Month year, long overdue) {
    /** For a chart: the last twelve, oldest first. */
    public List<Month> lastTwelve() {
      return months.stream().limit(12).sorted(Comparator.comparing(Month::month)).toList();
    }

    /** The greatest count of a month that is shown; at least 1. */
    public long greatest() {
      return lastTwelve().stream().filter(month -> month.received.shown).mapToLong(month -> month.received.value)
          .max().orElse(1);
    }
  }

  /** One for each procedure, in the order in which they first appear. */
  static List<Summary> of(List<Numbers> all) {
    var byProcedure = new LinkedHashMap<String, List<Numbers>>();
    all.forEach(one -> byProcedure.computeIfAbsent(one.procedure(), key -> new ArrayList<>()).add(one));
    return byProcedure.values().stream().map(CaseNumbers::summary).toList();
  }

  private static Summary summary(List<Numbers> all) {
    var months = all.stream().sorted(Comparator.comparing(Numbers::month).reversed()).limit(24).toList();
    var counts = new long[months.size()][];
    for (int i = 0; i < months.size(); i++) {
      counts[i] = row(months.get(i));
    }
    var release = ReleaseGate.make(new CountTable(months.stream().map(Numbers::month).toList(), COLUMNS, counts),
        ReleasePolicy.USUAL);
    var safe = new ArrayList<Month>();
    for (int i = 0; i < months.size(); i++) {
      safe.add(month(months.get(i).month(), release.cells().get(i), months.get(i).medianDays()));
    }
    var first = months.getFirst();
    return new Summary(first.procedure(), first.procedureName(), safe, yearOf(months),
        months.stream().mapToLong(Numbers::overdue).sum());
  }

  /** The sums of a year are a table of their own with one row, made safe in itself. */
  private static Month yearOf(List<Numbers> months) {
    var sums = new long[COLUMNS.size()];
    for (var month : months.stream().limit(12).toList()) {
      var row = row(month);
      for (int j = 0; j < sums.length; j++) {
        sums[j] += row[j];
      }
    }
    var release = ReleaseGate.make(new CountTable(List.of("year"), COLUMNS, new long[][]{sums}), ReleasePolicy.USUAL);
    var median = months.stream().limit(12).filter(month -> month.medianDays() != null).mapToDouble(Numbers::medianDays)
        .sorted().toArray();
    return month("year", release.cells().getFirst(), median.length == 0 ? null : median[median.length / 2]);
  }

  private static long[] row(Numbers month) {
    long ended = month.granted() + month.refused() + month.partly() + month.withdrawn();
    return new long[]{month.granted(), month.refused(), month.partly(), month.withdrawn(),
        Math.max(0, month.received() - ended)};
  }

  private static Month month(String name, List<ReleaseGate.Cell> cells, @Nullable Double medianDays) {
    var counts = cells.stream().map(CaseNumbers::count).toList();
    var received = counts.get(COLUMNS.size());
    return new Month(name, received, counts.get(0), counts.get(1), counts.get(2), counts.get(3),
        received.shown && received.value >= THRESHOLD ? medianDays : null);
  }

  private static Count count(ReleaseGate.Cell cell) {
    return switch (cell) {
      case ReleaseGate.Cell.Published(var value) -> new Count(true, value);
      case ReleaseGate.Cell.TooFew() -> new Count(false, 0);
      case ReleaseGate.Cell.Complement() -> new Count(false, 0);
    };
  }
}
