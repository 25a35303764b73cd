package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.problem.CityProblem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.http.HttpStatus;

/**
 * One connection for the length of a request. Plain JDBC with few different texts, so that the driver keeps them
 * prepared in the server.
 */
final class Statements implements AutoCloseable {
  /** Patience with one statement, in s. */
  private static final int PATIENCE_SECONDS = 20;

  private final Connection connection;
  private final int municipality;

  Statements(DataSource source, int municipality) {
    this.municipality = municipality;
    try {
      this.connection = source.getConnection();
    } catch (SQLException e) {
      throw problem(e);
    }
  }

  /** Whose rows are read. */
  int municipality() {
    return municipality;
  }

  /** Reads the current row. */
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** A statement and what is done with its rows. */
  record Work(Sql sql, RowReader reader) {}

  /** Runs a query and returns the number of rows. */
  int query(Sql sql, RowReader reader) {
    return query(List.of(new Work(sql, reader)));
  }

  /** Runs queries that do not depend on each other, in one message, and returns the number of all rows. */
  int query(List<Work> work) {
    if (work.isEmpty()) {
      return 0;
    }
    var sql = new Sql();
    for (var one : work) {
      sql.add(sql.isEmpty() ? "" : "; ").add(one.sql());
    }
    try (var statement = connection.prepareStatement(sql.text())) {
      statement.setQueryTimeout(PATIENCE_SECONDS);
      bind(statement, sql);
      statement.execute();
      int rows = 0;
      for (int i = 0; i < work.size(); i++) {
        if (i > 0) {
          statement.getMoreResults();
        }
        try (var result = statement.getResultSet()) {
          while (result.next()) {
            work.get(i).reader().read(result);
            rows++;
          }
        }
      }
      return rows;
    } catch (SQLException e) {
      throw problem(e);
    }
  }

  private void bind(PreparedStatement statement, Sql sql) throws SQLException {
    int at = 1;
    for (var parameter : sql.parameters()) {
      switch (parameter) {
        case Integer number -> statement.setInt(at, number);
        case String text -> statement.setString(at, text);
        case Integer[] numbers -> statement.setArray(at, connection.createArrayOf("int4", numbers));
        case Double[] numbers -> statement.setArray(at, connection.createArrayOf("float8", numbers));
        case String[] texts -> statement.setArray(at, connection.createArrayOf("text", texts));
        default -> statement.setObject(at, parameter);
      }
      at++;
    }
  }

  /** What the caller can change is a refusal; a store that does not answer is a wait; the rest is our mistake. */
  private static RuntimeException problem(SQLException e) {
    var state = String.valueOf(e.getSQLState());
    if (state.startsWith("22") || state.startsWith("54")) {
      return SensorThingsProblem
          .badRequest("""
                      The query cannot be computed: %s.
                      Maybe a number or a time is too large.\
                      """.formatted(String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    }
    if (state.equals("57014")) {
      return SensorThingsProblem.badRequest("""
                                            The query took longer than %d s, expected an answer in that time.
                                            Maybe ask for one Datastream, a shorter time or a smaller area.\
                                            """.formatted(PATIENCE_SECONDS));
    }
    if (e instanceof SQLTransientConnectionException || state.startsWith("08") || state.startsWith("53")
        || state.startsWith("57")) {
      return new CityProblem("hub-busy", HttpStatus.SERVICE_UNAVAILABLE, """
                                                                         The store does not answer at the moment.
                                                                         Try again in a few seconds.\
                                                                         """, Map.of("retryAfterSeconds", 2));
    }
    return new IllegalStateException("The store refused a statement of ours.", e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw problem(e);
    }
  }
}
