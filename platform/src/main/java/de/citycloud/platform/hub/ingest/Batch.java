package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.hub.FeaturesOfInterest;
import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.ObservationsRecorded.Recorded;
import de.citycloud.platform.problem.CityProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls that are written together: numbered, then sorted by Datastream and time, which keeps the index dense. */
final class Batch {
  private final List<Submission> calls;
  private final NewObservation[] rows;
  private final long[] at;
  private final int[] seqs;
  private final Series[] seriesOf;
  private final @Nullable String @Nullable [] details;
  private final List<Series> series;
  private int fresh;

  private Batch(List<Submission> calls, int size, boolean withDetails, Map<Integer, Long> known) {
    this.calls = new ArrayList<>(calls);
    rows = new NewObservation[size];
    at = new long[size];
    seqs = new int[size];
    seriesOf = new Series[size];
    details = withDetails ? new @Nullable String[size] : null;
    series = new ArrayList<>();
    var byId = new HashMap<Integer, Series>();
    int n = 0;
    @Nullable
    Series last = null;
    for (var call : calls) {
      System.arraycopy(call.at, 0, at, n, call.rows());
      if (details != null && call.details != null) {
        System.arraycopy(call.details, 0, details, n, call.rows());
      }
      for (var observation : call.observations) {
        int id = observation.datastreamId();
        if (last == null || last.datastreamId != id) {
          last = byId.get(id);
          if (last == null) {
            last = new Series(id, known.getOrDefault(id, Long.MAX_VALUE));
            byId.put(id, last);
            series.add(last);
          }
        }
        seriesOf[n] = last;
        rows[n++] = observation;
      }
    }
  }

  /**
   * Gives every row its seq.
   *
   * @param known the newest time of each Datastream, in microseconds since 1970; rows after it need no look
   * @param lookAtAll look at all rows, since {@code known} was wrong
   * @param refused takes calls that cannot be numbered; they leave {@code calls}
   */
  static Batch number(Connection connection, int municipality, List<Submission> calls, Map<Integer, Long> known,
      boolean lookAtAll, Map<Submission, RuntimeException> refused, long ahead) throws SQLException {
    while (true) {
      int size = 0;
      boolean withDetails = false;
      for (var call : calls) {
        size += call.rows();
        withDetails |= call.details != null;
      }
      var batch = new Batch(calls, size, withDetails, known);
      var moments = batch.doubtful(lookAtAll);
      if (!moments.isEmpty()) {
        moments.look(connection, municipality);
      }
      if (batch.number(moments, refused, ahead)) {
        return batch;
      }
      calls.removeAll(refused.keySet());
    }
  }

  private Moments doubtful(boolean all) {
    var moments = new Moments();
    for (int i = 0; i < rows.length; i++) {
      var of = seriesOf[i];
      if (all || at[i] <= of.maxAt) {
        moments.add(of.datastreamId, at[i]);
      } else {
        of.maxAt = at[i];
      }
    }
    return moments;
  }

  private boolean number(Moments moments, Map<Submission, RuntimeException> refused, long ahead) {
    int n = 0;
    for (var call : calls) {
      try {
        for (int i = 0; i < call.rows(); i++, n++) {
          var of = seriesOf[n];
          seqs[n] = moments.next(of.datastreamId, at[n], call.repeats);
          if (seqs[n] >= 0) {
            fresh++;
            of.add(rows[n], at[n], details == null ? null : details[n], seqs[n], ahead);
          }
        }
      } catch (CityProblem problem) {
        refused.put(call, problem);
        return false;
      }
    }
    return true;
  }

  boolean isEmpty() {
    return fresh == 0;
  }

  boolean isOf(List<Submission> others) {
    return calls.equals(others);
  }

  boolean has(Submission call) {
    return calls.contains(call);
  }

  /** The months that the new rows lie in, where not all of them lie in {@code known}. */
  Set<YearMonth> monthsUnless(YearMonth known) {
    long from = micros(known);
    long to = micros(known.plusMonths(1));
    var months = new HashSet<YearMonth>();
    for (var each : series) {
      if (each.newest != null && (each.first < from || each.maxFresh >= to)) {
        for (int i = 0; i < rows.length; i++) {
          if (seqs[i] >= 0 && (at[i] < from || at[i] >= to)) {
            months.add(YearMonth.from(rows[i].phenomenonTime().atOffset(ZoneOffset.UTC)));
          }
        }
        break;
      }
    }
    return months;
  }

  private static long micros(YearMonth month) {
    return month.atDay(1).toEpochDay() * 86_400_000_000L;
  }

  /**
   * Whether exactly these rows are in the store: then the commit whose answer was lost did happen, since nobody else
   * writes the same rows under the same seqs.
   */
  boolean isStored(Connection connection, int municipality) throws SQLException {
    try (var statement = connection.prepareStatement(StoreStatements.COUNT_SAME)) {
      var bind = new Binder(statement);
      columns().bindKeys(bind);
      bind.integer(municipality);
      try (var found = statement.executeQuery()) {
        return found.next() && found.getInt(1) == fresh;
      }
    }
  }

  /** Rows of a Thing that has moved carry the feature of its new place. */
  void place(FeaturesOfInterest features, Connection connection, int municipality) throws SQLException {
    var ids = new HashSet<Integer>();
    series.forEach(each -> ids.add(each.datastreamId));
    var explicit = features.explicitFeatures(connection, municipality, ids);
    if (!explicit.isEmpty()) {
      series.forEach(each -> each.feature = explicit.get(each.datastreamId));
    }
  }

  List<Series> series() {
    return series;
  }

  /** The rows to insert. */
  Columns columns() {
    series.sort(Comparator.comparingInt(s -> s.datastreamId));
    var columns = new Columns(fresh);
    for (int i : order()) {
      columns.add(rows[i], at[i], details == null ? null : details[i], seqs[i], seriesOf[i].feature);
    }
    return columns;
  }

  /** Indexes of the new rows by Datastream and time: a counting sort, since most series come in order. */
  private int[] order() {
    var start = new HashMap<Series, int[]>();
    int next = 0;
    for (var each : series) {
      start.put(each, new int[]{next, next});
      next += each.rows;
    }
    var order = new int[fresh];
    @Nullable
    Series of = null;
    int[] slot = {0, 0};
    for (int i = 0; i < rows.length; i++) {
      if (seqs[i] >= 0) {
        if (of != seriesOf[i]) {
          of = seriesOf[i];
          slot = start.getOrDefault(of, slot);
        }
        order[slot[1]++] = i;
      }
    }
    for (var range : start.values()) {
      for (int i = range[0] + 1; i < range[1]; i++) {
        if (at[order[i]] < at[order[i - 1]]) {
          var slice = Arrays.stream(order, range[0], range[1]).boxed()
              .sorted(Comparator.comparingLong((Integer j) -> at[j])).toList();
          for (int j = 0; j < slice.size(); j++) {
            order[range[0] + j] = slice.get(j);
          }
          break;
        }
      }
    }
    return order;
  }

  /** The newest value of each Datastream, and its span. */
  void bindNewest(Binder bind) throws SQLException {
    var touched = series.stream().filter(s -> s.newest != null).toList();
    var columns = new Columns(touched.size());
    for (var each : touched) {
      if (each.newest != null) {
        columns.add(each.newest, each.at, each.details, each.seq, each.feature);
      }
    }
    columns.bind(bind);
    bind.array("int8", touched.stream().mapToLong(s -> s.first).toArray());
    bind.array("int8", touched.stream().mapToLong(s -> s.last).toArray());
    bind.array("int8", touched.stream().mapToLong(s -> s.firstMade).toArray());
    bind.array("int8", touched.stream().mapToLong(s -> s.lastMade).toArray());
  }

  /** Tells the ids of each call, in its order, and what is new. */
  void tell(Map<Submission, List<ObservationId>> ids, List<Recorded> stored) {
    int n = 0;
    for (var call : calls) {
      var answer = new ObservationId[call.rows()];
      for (int i = 0; i < answer.length; i++, n++) {
        var observation = rows[n];
        answer[i] = new ObservationId(observation.datastreamId(), observation.phenomenonTime(),
            seqs[n] < 0 ? -1 - seqs[n] : seqs[n]);
        if (seqs[n] >= 0) {
          stored.add(new Recorded(answer[i], observation));
        }
      }
      ids.put(call, List.of(answer));
    }
  }
}
