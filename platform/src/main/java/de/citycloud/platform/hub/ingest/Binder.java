package de.citycloud.platform.hub.ingest;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Binds one parameter after the other. */
final class Binder {
  private final PGConnection arrays;
  private final PreparedStatement statement;
  private int index = 1;

  Binder(PreparedStatement statement) throws SQLException {
    this.arrays = statement.getConnection().unwrap(PGConnection.class);
    this.statement = statement;
  }

  void integer(int value) throws SQLException {
    statement.setInt(index++, value);
  }

  void number(long value) throws SQLException {
    statement.setLong(index++, value);
  }

  /** @param values an array, of primitives where none is null */
  void array(String type, Object values) throws SQLException {
    statement.setArray(index++, arrays.createArrayOf(type, values));
  }
}
