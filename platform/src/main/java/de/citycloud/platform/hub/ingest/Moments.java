package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.problem.CityProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.http.HttpStatus;

/** Which seqs are taken at the moments of a batch that may not be new. */
final class Moments {
  private final Map<Moment, Taken> taken = new HashMap<>();

  private record Moment(int datastreamId, long at) {}

  private static final class Taken {
    private int lowest = -1;
    private int next;
  }

  void add(int datastreamId, long at) {
    taken.putIfAbsent(new Moment(datastreamId, at), new Taken());
  }

  boolean isEmpty() {
    return taken.isEmpty();
  }

  /** Asks the store. */
  void look(Connection connection, int municipality) throws SQLException {
    var asked = List.copyOf(taken.keySet());
    try (var statement = connection.prepareStatement(StoreStatements.TAKEN)) {
      var arrays = connection.unwrap(PGConnection.class);
      statement.setArray(1,
          arrays.createArrayOf("int4", asked.stream().mapToInt(Moment::datastreamId).toArray()));
      statement.setArray(2, arrays.createArrayOf("int8", asked.stream().mapToLong(Moment::at).toArray()));
      statement.setInt(3, municipality);
      try (var found = statement.executeQuery()) {
        while (found.next()) {
          @Nullable
          Taken there = taken.get(asked.get(found.getInt(1) - 1));
          if (there != null) {
            there.lowest = found.getInt(2);
            there.next = found.getInt(3) + 1;
          }
        }
      }
    }
  }

  /**
   * The seq of the next Observation at this moment: the next free one; or, where it is there and is to be stored once,
   * minus one minus the seq it has.
   */
  int next(int datastreamId, long at, Repeats repeats) {
    var there = taken.isEmpty() ? null : taken.get(new Moment(datastreamId, at));
    if (there == null) {
      return 0;
    }
    if (there.lowest >= 0 && repeats == Repeats.STORE_ONCE) {
      return -1 - there.lowest;
    }
    if (there.next > Short.MAX_VALUE) {
      throw new CityProblem("too-many-equal-times", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          The Datastream %d has %d Observations of one phenomenonTime, expected at most that many.
          Maybe the sender's clock stands still.\
          """.formatted(datastreamId, there.next));
    }
    if (there.lowest < 0) {
      there.lowest = there.next;
    }
    return there.next++;
  }
}
