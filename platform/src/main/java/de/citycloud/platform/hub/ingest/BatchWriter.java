package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.hub.FeaturesOfInterest;
import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.ObservationsRecorded.Recorded;
import de.citycloud.platform.hub.store.ObservationPartitions;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * Writes batches of one municipality, each in one transaction. What it remembers of Datastreams only saves questions;
 * the statement itself fails if something is not as remembered, and then the batch is numbered again after looking.
 */
final class BatchWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final int ATTEMPTS = 5;
  private static final Executor SAME_THREAD = Runnable::run;
  private static final String STORE = StoreStatements.STORE + StoreStatements.IN_TIME;
  private static final String STORE_AND_REMEMBER = StoreStatements.STORE + StoreStatements.REMEMBER
      + StoreStatements.IN_TIME;

  private final Municipality municipality;
  private final DataSource connections;
  private final ObservationPartitions partitions;
  private final FeaturesOfInterest features;
  /** The newest known time of each known Datastream, in microseconds; Long.MIN_VALUE if it has no Observation. */
  private final Map<Integer, Long> newest = new HashMap<>();
  /** A batch that was sent on a connection which then broke: nobody knows yet whether it was committed. */
  private @Nullable Batch unsure;
  /** How far the clock of the store is ahead of ours, in microseconds. */
  private long clockOffset;
  private long deadlineNanos;

  BatchWriter(Municipality municipality, DataSource connections, ObservationPartitions partitions,
      FeaturesOfInterest features) {
    this.municipality = municipality;
    this.connections = connections;
    this.partitions = partitions;
    this.features = features;
  }

  /** What became of a batch: which calls are refused and why, and what was stored, in order. */
  record Outcome(Map<Submission, RuntimeException> refused, Map<Submission, List<ObservationId>> ids,
      List<Recorded> stored) {
    Outcome() {
      this(new HashMap<>(), new HashMap<>(), new ArrayList<>());
    }

    boolean knows(Submission call) {
      return ids.containsKey(call) || refused.containsKey(call);
    }
  }

  /**
   * Writes the calls of a batch, each whole or not at all.
   *
   * @param patienceMillis how long to try; after that the store itself refuses the batch, even if it had it already
   * @throws SQLException if the store does not answer; calls that {@code outcome} does not know are not stored
   */
  void write(List<Submission> batch, int patienceMillis, Outcome outcome) throws SQLException {
    deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    unsure = null;
    var open = new ArrayList<>(batch);
    while (true) {
      try (var connection = CurrentMunicipality.call(municipality, connections::getConnection)) {
        var doubtful = open.stream().filter(this::isUnsure).toList();
        if (!doubtful.isEmpty() && doubtful.size() < open.size()) {
          // The connection broke in one half of a batch: that half first, under the numbers it has.
          write(connection, doubtful, outcome);
          open.removeAll(doubtful);
        }
        write(connection, open, outcome);
        return;
      } catch (SQLException e) {
        if (!isLost(e) || leftMillis() <= 0) {
          throw e;
        }
        open.removeIf(outcome::knows);
        LOG.debug("A connection broke while writing for {}; again on another.", municipality.slug(), e);
      }
    }
  }

  private void write(Connection connection, List<Submission> batch, Outcome outcome) throws SQLException {
    var open = new ArrayList<>(batch);
    boolean look = false;
    for (int attempt = 1;; attempt++) {
      try {
        limit(connection);
        if (unsure == null || !unsure.isOf(open)) {
          unsure = null;
          KeyMemory.answer(connection, municipality.id(), open, outcome);
          refuseUnknownDatastreams(connection, open, outcome);
        }
        if (!open.isEmpty()) {
          store(connection, open, look, outcome);
        }
        return;
      } catch (SQLException e) {
        if (isLost(e)) {
          throw e;
        }
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        open.forEach(s -> s.observations.forEach(o -> newest.remove(o.datastreamId())));
        boolean again = attempt < ATTEMPTS && leftMillis() > 0;
        if (again && Set.of("23505", "23503", "40001", "40P01").contains(state)) {
          look = true;
        } else if (again && state.equals("CC002")) {
          clockOffset = readClock(connection) - Submission.micros(Instant.now());
        } else if (again && state.equals("55P03") && refuseLocked(connection, open, outcome)) {
          look = true;
        } else if (state.startsWith("22") || state.startsWith("23") || state.startsWith("54")) {
          refuseOrHalve(connection, open, outcome, e);
          return;
        } else {
          throw e;
        }
      }
    }
  }

  /** One caller's rows must not fail the others': halves, until the bad one stands alone. */
  private void refuseOrHalve(Connection connection, List<Submission> open, Outcome outcome, SQLException why)
      throws SQLException {
    if (open.size() > 1) {
      int half = open.size() / 2;
      write(connection, open.subList(0, half), outcome);
      write(connection, open.subList(half, open.size()), outcome);
      return;
    }
    LOG.info("Observations for {} were refused by the store: {}", municipality.slug(), why.getMessage());
    open.forEach(call -> outcome.refused().put(call, new CityProblem("observation-not-storable",
        HttpStatus.UNPROCESSABLE_CONTENT,
        """
        The store cannot hold this (SQL state %s), expected values that PostgreSQL knows.
        Maybe a text contains the character NUL.\
        """.formatted(why.getSQLState()))));
  }

  private void refuseUnknownDatastreams(Connection connection, List<Submission> open, Outcome outcome)
      throws SQLException {
    var asked = new HashSet<Integer>();
    for (var submission : open) {
      for (var observation : submission.observations) {
        if (!newest.containsKey(observation.datastreamId())) {
          asked.add(observation.datastreamId());
        }
      }
    }
    if (asked.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(StoreStatements.DATASTREAMS)) {
      statement.setInt(1, municipality.id());
      statement.setArray(2, connection.createArrayOf("int4", asked.toArray()));
      try (var found = statement.executeQuery()) {
        while (found.next()) {
          long last = found.getLong(2);
          newest.put(found.getInt(1), found.wasNull() ? Long.MIN_VALUE : last);
        }
      }
    }
    refuse(open, outcome, id -> !newest.containsKey(id), (id, i) -> new CityProblem("datastream-not-found",
        HttpStatus.NOT_FOUND, """
                              The Datastream %d of Observation %d is not known here.
                              Maybe it was deleted; GET Datastreams lists those there are.\
                              """.formatted(id, i), Map.of("datastreamId", id)));
  }

  /** Refuses calls with Datastreams that are being deleted; true if there were any. */
  private boolean refuseLocked(Connection connection, List<Submission> open, Outcome outcome) throws SQLException {
    var locked = new HashSet<Integer>();
    open.forEach(call -> call.observations.forEach(o -> locked.add(o.datastreamId())));
    try (var statement = connection.prepareStatement(StoreStatements.UNLOCKED)) {
      statement.setInt(1, municipality.id());
      statement.setArray(2, connection.createArrayOf("int4", locked.toArray()));
      try (var found = statement.executeQuery()) {
        while (found.next()) {
          locked.remove(found.getInt(1));
        }
      }
    }
    refuse(open, outcome, locked::contains,
        (id, i) -> WriteLane.busy("The Datastream %d of Observation %d is being changed.".formatted(id, i)));
    return !locked.isEmpty();
  }

  private static void refuse(List<Submission> open, Outcome outcome, IntPredicate bad,
      BiFunction<Integer, Integer, CityProblem> problem) {
    open.removeIf(call -> {
      for (int i = 0; i < call.rows(); i++) {
        int id = call.observations.get(i).datastreamId();
        if (bad.test(id)) {
          outcome.refused().put(call, problem.apply(id, i));
          return true;
        }
      }
      return false;
    });
  }

  private void store(Connection connection, List<Submission> open, boolean look, Outcome outcome) throws SQLException {
    var before = unsure;
    long now = Submission.micros(Instant.now());
    var batch = before != null
        ? before
        : Batch.number(connection, municipality.id(), open, newest, look,
            outcome.refused(), now + Submission.AHEAD_MICROS);
    batch.place(features, connection, municipality.id());
    var ids = new HashMap<Submission, List<ObservationId>>();
    var stored = new ArrayList<Recorded>();
    batch.tell(ids, stored);
    boolean keys = open.stream().anyMatch(s -> s.key != null);
    if (!batch.isEmpty() || keys) {
      batch.monthsUnless(YearMonth.now(ZoneOffset.UTC)).forEach(partitions::ensure);
      try (var statement = connection.prepareStatement(keys ? STORE_AND_REMEMBER : STORE)) {
        var bind = new Binder(statement);
        bind.integer(municipality.id());
        batch.columns().bind(bind);
        bind.integer(municipality.id());
        batch.bindNewest(bind);
        if (keys) {
          bind.integer(municipality.id());
          KeyMemory.bind(bind, open, ids);
        }
        limit(connection);
        // Earlier than our own limit: the answer to a commit in the last moment must still reach us.
        bind.number(Submission.micros(Instant.now()) + leftMillis() * 700L + clockOffset);
        unsure = batch;
        statement.execute();
      } catch (SQLException e) {
        if (isLost(e)) {
          throw e;
        }
        unsure = null;
        if (before == null || !"23505".equals(e.getSQLState()) || !before.isStored(connection, municipality.id())) {
          throw e;
        }
      }
      unsure = null;
    }
    outcome.ids().putAll(ids);
    outcome.stored().addAll(stored);
    batch.series().forEach(s -> newest.put(s.datastreamId, s.maxAt));
  }

  /** Calls of which nobody knows whether they were stored, after {@code write} failed. */
  boolean isUnsure(Submission call) {
    return unsure != null && unsure.has(call);
  }

  private static long readClock(Connection connection) throws SQLException {
    try (var statement = connection.createStatement(); var found = statement.executeQuery(StoreStatements.CLOCK)) {
      found.next();
      return found.getLong(1);
    }
  }

  private long leftMillis() {
    return TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
  }

  /** No read waits longer than the time that is left. */
  private void limit(Connection connection) throws SQLException {
    connection.setNetworkTimeout(SAME_THREAD, (int) Math.max(100, leftMillis() + 50));
  }

  /** Connection broken, server going down, or no connection to be had. */
  static boolean isLost(SQLException e) {
    var state = e.getSQLState() == null ? "08" : e.getSQLState();
    return state.startsWith("08") || state.startsWith("57P");
  }
}
