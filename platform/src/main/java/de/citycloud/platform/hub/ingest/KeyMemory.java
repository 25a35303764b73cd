package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.problem.CityProblem;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Remembers for 24 hours what was answered to a caller's key. */
final class KeyMemory {
  private KeyMemory() {}

  /** Answers the calls whose key is known, and takes them out of {@code open}. */
  static void answer(Connection connection, int municipality, List<Submission> open, BatchWriter.Outcome outcome)
      throws SQLException {
    var byKey = new HashMap<String, Submission>();
    for (var submission : open) {
      if (submission.key != null) {
        byKey.put(submission.key.key(), submission);
      }
    }
    if (byKey.isEmpty()) {
      return;
    }
    var expired = new ArrayList<String>();
    try (var statement = connection.prepareStatement(StoreStatements.KEYS)) {
      statement.setInt(1, municipality);
      statement.setArray(2, connection.createArrayOf("text", byKey.keySet().toArray()));
      try (var found = statement.executeQuery()) {
        while (found.next()) {
          var key = found.getString(1);
          var submission = byKey.get(key);
          if (found.getBoolean(5)) {
            expired.add(key);
          } else if (submission != null && submission.key != null) {
            if (Arrays.equals(submission.key.content(), found.getBytes(2))) {
              outcome.ids().put(submission, ids(submission, found.getArray(3), found.getArray(4)));
            } else {
              outcome.refused().put(submission, reused(key));
            }
            open.remove(submission);
          }
        }
      }
    }
    if (!expired.isEmpty()) {
      try (var statement = connection.prepareStatement(StoreStatements.FORGET_KEYS)) {
        statement.setInt(1, municipality);
        statement.setArray(2, connection.createArrayOf("text", expired.toArray()));
        statement.executeUpdate();
      }
    }
  }

  private static CityProblem reused(String key) {
    return new CityProblem("idempotency-key-reused", HttpStatus.UNPROCESSABLE_CONTENT,
        """
        The Idempotency-Key "%s" came before with another content, expected the same.
        Maybe make a new key for each new request.\
        """.formatted(key));
  }

  private static List<ObservationId> ids(Submission submission, @Nullable Array times, @Nullable Array seqs)
      throws SQLException {
    var at = times == null ? null : (Long[]) times.getArray();
    var numbers = seqs == null ? null : (Short[]) seqs.getArray();
    var ids = new ArrayList<ObservationId>();
    for (int i = 0; i < submission.rows(); i++) {
      var observation = submission.observations.get(i);
      var time = at == null ? observation.phenomenonTime() : Instant.EPOCH.plus(at[i], ChronoUnit.MICROS);
      ids.add(new ObservationId(observation.datastreamId(), time, numbers == null ? 0 : numbers[i]));
    }
    return ids;
  }

  static void bind(Binder bind, List<Submission> open, Map<Submission, List<ObservationId>> ids)
      throws SQLException {
    var keys = new ArrayList<String>();
    var contents = new ArrayList<String>();
    var times = new ArrayList<@Nullable String>();
    var seqs = new ArrayList<@Nullable String>();
    for (var submission : open) {
      var key = submission.key;
      if (key != null) {
        var answer = ids.getOrDefault(submission, List.of());
        keys.add(key.key());
        contents.add(HexFormat.of().formatHex(key.content()));
        times.add(key.timesAsked() ? null : literal(Arrays.stream(submission.at).boxed().toList()));
        seqs.add(answer.stream().allMatch(id -> id.seq() == 0)
            ? null
            : literal(answer.stream().map(ObservationId::seq).toList()));
      }
    }
    bind.array("text", keys.toArray(String[]::new));
    bind.array("text", contents.toArray(String[]::new));
    bind.array("text", times.toArray(String[]::new));
    bind.array("text", seqs.toArray(String[]::new));
  }

  private static String literal(List<? extends Number> numbers) {
    return numbers.stream().map(Number::toString).collect(Collectors.joining(",", "{", "}"));
  }
}
