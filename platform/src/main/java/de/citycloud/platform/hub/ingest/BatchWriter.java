package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.ObservationsRecorded.Recorded;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * Writes batches of one municipality, each in one transaction. What it remembers of Datastreams only saves questions;
 * the statement itself fails if something is not as remembered, and then the batch is written again after looking.
 */
final class BatchWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final int ATTEMPTS = 5;
  private static final int PATIENCE_MILLIS = 1_700;
  private static final String STORE = StoreStatements.STORE + StoreStatements.IN_TIME;
  private static final String STORE_AND_REMEMBER = StoreStatements.STORE + StoreStatements.REMEMBER
      + StoreStatements.IN_TIME;
  private static final Executor SAME_THREAD = Runnable::run;

  private final Municipality municipality;
  private final DataSource connections;
  /** The newest known time of each known Datastream, in microseconds; Long.MIN_VALUE if it has no Observation. */
  private final Map<Integer, Long> newest = new HashMap<>();

  BatchWriter(Municipality municipality, DataSource connections) {
    this.municipality = municipality;
    this.connections = connections;
  }

  /** What became of a batch: which calls are refused and why, and what was stored, in order. */
  record Outcome(Map<Submission, RuntimeException> refused, Map<Submission, List<ObservationId>> ids,
      List<Recorded> stored) {
    Outcome() {
      this(new HashMap<>(), new HashMap<>(), new ArrayList<>());
    }
  }

  /** @throws SQLException if the store does not answer; then nothing of the part not in {@code outcome} is stored */
  void write(List<Submission> batch, Outcome outcome) throws SQLException {
    int rows = batch.stream().mapToInt(Submission::rows).sum();
    int patience = PATIENCE_MILLIS + rows / 10;
    try (var connection = CurrentMunicipality.call(municipality, connections::getConnection)) {
      connection.setNetworkTimeout(SAME_THREAD, patience);
      long deadline = Submission.micros(Instant.now().plusMillis(patience));
      write(connection, batch, deadline, outcome);
    }
  }

  private void write(Connection connection, List<Submission> batch, long deadline, Outcome outcome)
      throws SQLException {
    var open = new ArrayList<>(batch);
    boolean look = false;
    for (int attempt = 1;; attempt++) {
      try {
        new KeyMemory(connection, municipality.id()).answer(open, outcome);
        refuseUnknownDatastreams(connection, open, outcome);
        if (!open.isEmpty()) {
          store(connection, open, look, deadline, outcome);
        }
        return;
      } catch (SQLException e) {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        open.forEach(s -> s.observations.forEach(o -> newest.remove(o.datastreamId())));
        if (attempt < ATTEMPTS && Set.of("23505", "23503", "40001", "40P01").contains(state)) {
          look = true;
        } else if (state.startsWith("22") || state.startsWith("23") || state.startsWith("54")) {
          // One caller's rows must not fail the others': halves, until the bad one stands alone.
          if (open.size() == 1) {
            LOG.info("A batch of {} was refused by the store: {}", municipality.slug(), e.getMessage());
            outcome.refused().put(open.getFirst(), new CityProblem("observation-not-storable",
                HttpStatus.UNPROCESSABLE_CONTENT,
                """
                The store cannot hold this (SQL state %s), expected values that PostgreSQL knows.
                Maybe a text contains the character NUL.\
                """.formatted(state)));
            return;
          }
          int half = open.size() / 2;
          write(connection, open.subList(0, half), deadline, outcome);
          write(connection, open.subList(half, open.size()), deadline, outcome);
          return;
        } else {
          throw e;
        }
      }
    }
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
    for (var submissions = open.iterator(); submissions.hasNext();) {
      var submission = submissions.next();
      for (int i = 0; i < submission.rows(); i++) {
        int id = submission.observations.get(i).datastreamId();
        if (!newest.containsKey(id)) {
          outcome.refused().put(submission, new CityProblem("datastream-not-found", HttpStatus.NOT_FOUND,
              """
              The Datastream %d of Observation %d is not known here.
              Maybe it was deleted; GET Datastreams lists those there are.\
              """.formatted(id, i), Map.of("datastreamId", id)));
          submissions.remove();
          break;
        }
      }
    }
  }

  private void store(Connection connection, List<Submission> open, boolean look, long deadline, Outcome outcome)
      throws SQLException {
    long ahead = Submission.micros(Instant.now().plusSeconds(3_600));
    var batch = Batch.number(connection, municipality.id(), open, newest, look, outcome.refused(), ahead);
    var ids = new HashMap<Submission, List<ObservationId>>();
    var stored = new ArrayList<Recorded>();
    batch.tell(ids, stored);
    boolean keys = open.stream().anyMatch(s -> s.key != null);
    if (!batch.isEmpty() || keys) {
      var sql = keys ? STORE_AND_REMEMBER : STORE;
      try (var statement = connection.prepareStatement(sql)) {
        var bind = new Binder(statement);
        bind.integer(municipality.id());
        batch.columns().bind(bind);
        bind.integer(municipality.id());
        batch.bindNewest(bind);
        if (keys) {
          bind.integer(municipality.id());
          KeyMemory.bind(bind, open, ids);
        }
        bind.number(deadline);
        statement.execute();
      }
    }
    outcome.ids().putAll(ids);
    outcome.stored().addAll(stored);
    batch.series().forEach(s -> newest.put(s.datastreamId, s.maxAt));
  }
}
