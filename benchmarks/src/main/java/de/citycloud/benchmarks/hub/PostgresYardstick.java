package de.citycloud.benchmarks.hub;

import de.citycloud.benchmarks.hub.Load.Figure;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;

/**
 * What raw PostgreSQL does on the same server and disk: a narrow table (municipality, series, time, value, seq) with
 * the same primary key, no municipality wall, no API.
 */
final class PostgresYardstick {
  private static final int SERIES = 1_000;
  private final String url;
  private final String password;
  private final AtomicLong clock = new AtomicLong();

  PostgresYardstick(int port, String password) {
    this.url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    this.password = password;
  }

  void setUp() throws SQLException {
    try (var connection = open(); var statement = connection.createStatement()) {
      statement.execute("drop table if exists yardstick");
      statement
          .execute("""
                   create table yardstick (municipality int not null, series int not null, time timestamptz not null,
                     value float8, seq smallint not null default 0, primary key (municipality, series, time, seq))
                   """);
    }
  }

  void tearDown() throws SQLException {
    try (var connection = open(); var statement = connection.createStatement()) {
      statement.execute("drop table if exists yardstick");
    }
  }

  /** One row, one commit. */
  Figure singleInserts(int clients, int seconds) throws Exception {
    return Load.run(clients, 2, seconds, client -> {
      var connection = open();
      var insert = connection.prepareStatement("insert into yardstick values (1, ?, to_timestamp(?), ?)");
      var random = new Random(client);
      return closing(connection, () -> {
        insert.setInt(1, random.nextInt(SERIES));
        insert.setLong(2, clock.incrementAndGet());
        insert.setDouble(3, random.nextInt(200));
        return insert.executeUpdate();
      });
    });
  }

  /** COPY of {@code rows} rows, one commit each. */
  Figure copies(int clients, int rows, int seconds) throws Exception {
    return Load.run(clients, 2, seconds, client -> {
      var connection = open();
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      var random = new Random(client);
      return closing(connection, () -> {
        var text = new StringBuilder(rows * 40);
        long time = clock.getAndAdd(rows);
        for (int i = 0; i < rows; i++) {
          text.append("1\t").append(random.nextInt(SERIES)).append("\t")
              .append(java.time.Instant.ofEpochSecond(time + i)).append('\t').append(random.nextInt(200)).append("\n");
        }
        return (int) copy.copyIn("copy yardstick (municipality, series, time, value) from stdin",
            new StringReader(text.toString()));
      });
    });
  }

  /** Newest row of one series by index. */
  Figure newest(int clients, int seconds) throws Exception {
    return Load.run(clients, 2, seconds, client -> {
      var connection = open();
      var select = connection.prepareStatement(
          "select time, value from yardstick where municipality = 1 and series = ? order by time desc limit 1");
      var random = new Random(client);
      return closing(connection, () -> {
        select.setInt(1, random.nextInt(SERIES));
        try (var rows = select.executeQuery()) {
          return rows.next() ? 1 : 0;
        }
      });
    });
  }

  /** Bytes of table and index for each stored Observation of the hub. */
  double bytesPerObservation() throws SQLException {
    try (var connection = open(); var statement = connection.createStatement()) {
      statement.execute("vacuum analyze observation");
      try (var rows = statement.executeQuery(
          """
          select sum(pg_total_relation_size(c.oid)) / greatest(1, (select count(*) from observation))::float8
          from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'observation'::regclass
          """)) {
        rows.next();
        return rows.getDouble(1);
      }
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(url, "postgres", password);
  }

  private static Load.Client closing(Connection connection, java.util.concurrent.Callable<Integer> call) {
    return new Load.Client() {
      @Override
      public int call() throws Exception {
        return call.call();
      }

      @Override
      public void close() throws SQLException {
        connection.close();
      }
    };
  }
}
