package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.hub.ObservationsRecorded.Recorded;
import de.citycloud.platform.hub.Result;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
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
        if (attempt < ATTEMPTS && Set.of("CC001", "23505", "23503", "40001", "40P01").contains(state)) {
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
    var taken = look(connection, open, look);
    var ids = new HashMap<Submission, List<ObservationId>>();
    var stored = new ArrayList<Recorded>();
    var rows = new Rows();
    var latest = new TreeMap<Integer, Latest>();
    for (var submission : open) {
      var answer = new ArrayList<ObservationId>(submission.rows());
      for (int i = 0; i < submission.rows(); i++) {
        var observation = submission.observations.get(i);
        long at = submission.at[i];
        var before = taken.get(new Moment(observation.datastreamId(), at));
        int seq = before == null ? 0 : before.next(submission.repeats);
        var id = new ObservationId(observation.datastreamId(), observation.phenomenonTime(), seq < 0 ? -1 - seq : seq);
        answer.add(id);
        if (seq >= 0) {
          var details = submission.details == null ? null : submission.details[i];
          rows.add(observation, at, details, seq);
          latest.computeIfAbsent(id.datastreamId(), ignored -> new Latest()).add(observation, at, details, seq);
          stored.add(new Recorded(id, observation));
        }
      }
      ids.put(submission, answer);
    }
    if (!stored.isEmpty() || open.stream().anyMatch(s -> s.key != null)) {
      try (var statement = connection.prepareStatement(StoreStatements.STORE)) {
        var bind = new Binder(connection, statement);
        bind.integer(municipality.id());
        rows.bind(bind);
        bind.integer(municipality.id());
        Latest.bind(bind, latest);
        bind.integer(municipality.id());
        KeyMemory.bind(bind, open, ids);
        bind.number(stored.size());
        bind.number(deadline);
        statement.execute();
      }
    }
    outcome.ids().putAll(ids);
    outcome.stored().addAll(stored);
    latest.forEach((id, value) -> newest.merge(id, value.maxAt, Math::max));
  }

  /** The seqs already taken, at the moments that may not be new; a moment after all known ones is new. */
  private Map<Moment, Taken> look(Connection connection, List<Submission> open, boolean all) throws SQLException {
    var moments = new HashMap<Moment, Taken>();
    var seen = new HashMap<Integer, Long>();
    for (var submission : open) {
      for (int i = 0; i < submission.rows(); i++) {
        int id = submission.observations.get(i).datastreamId();
        long at = submission.at[i];
        long before = seen.getOrDefault(id, newest.getOrDefault(id, Long.MAX_VALUE));
        if (all || at <= before) {
          moments.computeIfAbsent(new Moment(id, at), ignored -> new Taken());
        } else {
          seen.put(id, at);
        }
      }
    }
    if (moments.isEmpty()) {
      return moments;
    }
    var asked = List.copyOf(moments.keySet());
    try (var statement = connection.prepareStatement(StoreStatements.TAKEN)) {
      statement.setArray(1,
          connection.createArrayOf("int4", asked.stream().map(Moment::datastreamId).toArray()));
      statement.setArray(2, connection.createArrayOf("int8", asked.stream().map(Moment::at).toArray()));
      statement.setInt(3, municipality.id());
      try (var found = statement.executeQuery()) {
        while (found.next()) {
          var there = moments.get(asked.get(found.getInt(1) - 1));
          if (there != null) {
            there.lowest = found.getInt(2);
            there.next = found.getInt(3) + 1;
          }
        }
      }
    }
    return moments;
  }

  /** The seqs of one moment. */
  private static final class Taken {
    private int lowest = -1;
    private int next;

    /** The next free seq; or, if the Observation is there and is to be stored once, minus one minus its seq. */
    int next(Repeats repeats) {
      if (lowest >= 0 && repeats == Repeats.STORE_ONCE) {
        return -1 - lowest;
      }
      if (next > Short.MAX_VALUE) {
        throw new CityProblem("too-many-equal-times", HttpStatus.UNPROCESSABLE_CONTENT,
            """
            A Datastream has %d Observations of the same phenomenonTime, expected at most that many.
            Maybe the sender's clock stands still.\
            """.formatted(next));
      }
      if (lowest < 0) {
        lowest = next;
      }
      return next++;
    }
  }

  /** The rows of a batch as columns. */
  private static final class Rows {
    private final List<Integer> datastreams = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final List<Double> results = new ArrayList<>();
    private final List<@Nullable Long> made = new ArrayList<>();
    private final List<@Nullable Integer> features = new ArrayList<>();
    private final List<@Nullable String> details = new ArrayList<>();
    private final List<Integer> seqs = new ArrayList<>();

    void add(NewObservation observation, long at, @Nullable String detail, int seq) {
      datastreams.add(observation.datastreamId());
      times.add(at);
      results.add(observation.result() instanceof Result.Numeric(double value) ? value : Double.NaN);
      made.add(made(observation, at));
      features.add(observation.featureId());
      details.add(detail);
      seqs.add(seq);
    }

    void bind(Binder bind) throws SQLException {
      bind.array("int4", datastreams);
      bind.array("int8", times);
      bind.array("float8", results);
      bind.array("int8", made);
      bind.array("int4", features);
      bind.array("text", details);
      bind.array("int2", seqs);
    }
  }

  private static @Nullable Long made(NewObservation observation, long at) {
    var resultTime = observation.resultTime();
    if (resultTime == null) {
      return null;
    }
    long micros = Submission.micros(resultTime);
    return micros == at ? null : micros;
  }

  /** What a batch says about one Datastream. */
  private static final class Latest {
    private static final long HOUR_MICROS = 3_600_000_000L;
    private @Nullable NewObservation newest;
    private long at;
    private @Nullable String details;
    private int seq;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long maxAt = Long.MIN_VALUE;
    private long firstMade = Long.MAX_VALUE;
    private long lastMade = Long.MIN_VALUE;

    void add(NewObservation observation, long time, @Nullable String detail, int number) {
      long limit = Submission.micros(Instant.now()) + HOUR_MICROS;
      boolean newer = newest == null
          || (time > limit == at > limit ? time > at || time == at && number > seq : at > limit);
      if (newer) {
        newest = observation;
        at = time;
        details = detail;
        seq = number;
      }
      var end = observation.phenomenonEnd();
      first = Math.min(first, time);
      maxAt = Math.max(maxAt, time);
      last = Math.max(last, end == null ? time : Submission.micros(end));
      var resultTime = observation.resultTime();
      long made = resultTime == null ? time : Submission.micros(resultTime);
      firstMade = Math.min(firstMade, made);
      lastMade = Math.max(lastMade, made);
    }

    static void bind(Binder bind, TreeMap<Integer, Latest> all) throws SQLException {
      var rows = new Rows();
      for (var latest : all.values()) {
        if (latest.newest != null) {
          rows.add(latest.newest, latest.at, latest.details, latest.seq);
        }
      }
      rows.bind(bind);
      bind.array("int8", all.values().stream().map(l -> l.first).toList());
      bind.array("int8", all.values().stream().map(l -> l.last).toList());
      bind.array("int8", all.values().stream().map(l -> l.firstMade).toList());
      bind.array("int8", all.values().stream().map(l -> l.lastMade).toList());
    }
  }

  /** Binds one parameter after the other. */
  static final class Binder {
    private final Connection connection;
    private final PreparedStatement statement;
    private int index = 1;

    Binder(Connection connection, PreparedStatement statement) {
      this.connection = connection;
      this.statement = statement;
    }

    void integer(int value) throws SQLException {
      statement.setInt(index++, value);
    }

    void number(long value) throws SQLException {
      statement.setLong(index++, value);
    }

    void array(String type, List<?> values) throws SQLException {
      statement.setArray(index++, connection.createArrayOf(type, values.toArray()));
    }
  }
}
