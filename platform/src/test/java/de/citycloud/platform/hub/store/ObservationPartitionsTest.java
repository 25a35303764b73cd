package de.citycloud.platform.hub.store;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.ApplicationConnections;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class ObservationPartitionsTest extends CityTest {
  /** Far from the months that other tests write in. */
  private static final Clock MAY_2041 = Clock.fixed(Instant.parse("2041-05-20T00:00:00Z"), ZoneOffset.UTC);

  @Autowired
  @OwnerConnections
  private DataSource owner;
  @Autowired
  @ApplicationConnections
  private DataSource application;
  @Autowired
  private ObservationPartitions partitions;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private JdbcClient jdbc;

  @Test
  void thisAndTheNextTwoMonthsAreThereFromTheStart() throws SQLException {
    partitions.makeAhead();
    var now = YearMonth.now(ZoneOffset.UTC);
    for (int i = 0; i <= 2; i++) {
      assertThat(names()).contains("observation_" + now.plusMonths(i).toString().replace('-', '_'));
    }
  }

  @Test
  void aMonthIsMadeOnDemandAnOldYearAsAWholeAndTheFarPastNotAtAll() throws SQLException {
    var of2041 = new ObservationPartitions(owner, MAY_2041);
    for (var month : List.of("2040-02", "2035-07", "2035-09", "2020-01", "2044-01")) {
      of2041.ensure(YearMonth.parse(month));
    }
    assertThat(names()).contains("observation_2040_02", "observation_2035").doesNotContain("observation_2035_07",
        "observation_2035_09", "observation_2020", "observation_2020_01", "observation_2044_01", "observation_2044");
  }

  @Test
  void valuesThatCameBeforeTheirPartitionMoveIntoIt() throws SQLException {
    var town = municipalities.ensure("partitions", "Teststadt", 9, 48, false);
    CurrentMunicipality.run(town, () -> jdbc
        .sql("""
             insert into observation (municipality_id, datastream_id, phenomenon_time, result)
             values (:m, 1, '2041-03-31T23:59:59Z', 1), (:m, 1, '2041-04-01T00:00:00Z', 2), (:m, 1, '2041-05-01', 3)
             """).param("m", town.id()).update());
    new ObservationPartitions(owner, MAY_2041).ensure(YearMonth.of(2041, 4));
    CurrentMunicipality.run(town, () -> {
      assertThat(jdbc.sql("select result from observation_2041_04").query(Integer.class).list())
          .as("the application may read the partition itself, walled").containsExactly(2);
      assertThat(jdbc.sql("select result from observation where municipality_id = ? order by 1").param(town.id())
          .query(Integer.class).list()).containsExactly(1, 2, 3);
    });
    var elsewhere = municipalities.ensure("partitions-2", "Teststadt", 9, 48, false);
    assertThat(CurrentMunicipality.call(elsewhere,
        () -> jdbc.sql("select count(*) from observation_2041_04").query(Integer.class).single())).isZero();
  }

  @Test
  void aClosedMonthIsPackedOnce() throws SQLException {
    var of2041 = new ObservationPartitions(owner, MAY_2041);
    of2041.ensure(YearMonth.of(2041, 1));
    of2041.packClosed();
    assertThat(packed()).contains("observation_2041_01").doesNotContain("observation_2041_05", "observation_other");
  }

  private List<String> packed() throws SQLException {
    try (var connection = owner.getConnection();
        var statement = connection.createStatement();
        var found = statement
            .executeQuery("""
                          select relname from pg_class where obj_description(oid, 'pg_class') = 'packed'
                          """)) {
      var names = new ArrayList<String>();
      while (found.next()) {
        names.add(found.getString(1));
      }
      return names;
    }
  }

  @Test
  void twoProcessesMayMakeTheSamePartition() throws InterruptedException, SQLException {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      var process = new ObservationPartitions(owner, MAY_2041);
      threads.add(Thread.ofVirtual().start(() -> process.ensure(YearMonth.of(2041, 9))));
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(names()).contains("observation_2041_09");
  }

  /** Thirty partitions: every look-up of the write path goes over the index of the one that it needs. */
  @Test
  void lookUpsOfTheWritePathStayOnTheIndexWithManyPartitions() throws SQLException {
    var of2041 = new ObservationPartitions(owner, MAY_2041);
    for (int i = 0; i < 30; i++) {
      of2041.ensure(YearMonth.of(2039, 6).plusMonths(i));
    }
    var plan = explain(
        """
        select n.ord, o.lowest from unnest(array[1], array[2230000000000000]) with ordinality
          as n(datastream, at, ord), lateral (select min(seq) as lowest, max(seq) as highest from observation
          where municipality_id = 1 and datastream_id = n.datastream and phenomenon_time = at_micros(n.at)) o
        """);
    assertThat(plan).doesNotContain("Seq Scan on observation").contains("never executed");
    var newest = explain("""
                         select phenomenon_time, result from observation where municipality_id = 1 and datastream_id = 1
                         order by phenomenon_time desc limit 1
                         """);
    assertThat(newest).doesNotContain("Seq Scan on observation");
    var day = explain("""
                      select result from observation where municipality_id = 1 and datastream_id = 1
                        and phenomenon_time >= '2041-04-01' and phenomenon_time < '2041-04-02'
                      """);
    assertThat(day).doesNotContain("Seq Scan on observation").doesNotContain("observation_2041_05");
  }

  private String explain(String sql) throws SQLException {
    try (var connection = application.getConnection(); var statement = connection.createStatement()) {
      statement.execute("set city.municipality = '1'");
      statement.execute("set enable_seqscan = off");
      try (var found = statement.executeQuery("explain (analyze, costs off) " + sql)) {
        var plan = new StringBuilder();
        while (found.next()) {
          plan.append(found.getString(1)).append('\n');
        }
        return plan.toString();
      } finally {
        statement.execute("reset enable_seqscan");
        statement.execute("reset city.municipality");
      }
    }
  }

  private List<String> names() throws SQLException {
    try (var connection = owner.getConnection();
        var statement = connection.createStatement();
        var found = statement.executeQuery("""
                                           select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                                           where i.inhparent = 'observation'::regclass
                                           """)) {
      var names = new ArrayList<String>();
      while (found.next()) {
        names.add(found.getString(1));
      }
      return names;
    }
  }
}
