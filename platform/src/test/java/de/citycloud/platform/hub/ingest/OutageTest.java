package de.citycloud.platform.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.database.EmbeddedPostgres;
import de.citycloud.platform.hub.FeaturesOfInterest;
import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.hub.store.ObservationPartitions;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.municipality.MunicipalityDataSource;
import de.citycloud.platform.problem.CityProblem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database goes away and comes back while 16 senders write (fault plan F2). The ledger holds what was acknowledged;
 * afterwards the store is compared with it.
 */
class OutageTest {
  private static final int SENDERS = 16;
  private static final Instant BEGIN = Instant.parse("2026-06-01T00:00:00Z");
  /** Promised are 3 s; the rest is for a test machine whose cores are all busy. */
  private static final Duration SLOWEST_REFUSAL = Duration.ofSeconds(5);

  @TempDir
  private Path folder = Path.of("");
  private EmbeddedPostgres server;
  private GroupCommitObservations observations;
  private Municipality town;
  private int[] datastreams = new int[SENDERS];

  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<Long> refused = ConcurrentHashMap.newKeySet();
  private final Set<Long> unsure = ConcurrentHashMap.newKeySet();
  private final AtomicLong slowestNanos = new AtomicLong();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final List<Thread> senders = new ArrayList<>();

  @BeforeEach
  void startServer() throws SQLException {
    server = EmbeddedPostgres.start(folder);
    var access = server.access();
    Flyway.configure().dataSource(access.url(), access.owner(), access.ownerPassword())
        .placeholders(Map.of("application", access.application())).load().migrate();
    var owner = new PGSimpleDataSource();
    owner.setUrl(access.url());
    owner.setUser(access.owner());
    owner.setPassword(access.ownerPassword());
    try (var connection = owner(); var statement = connection.createStatement()) {
      statement.execute("insert into municipality (slug, name, longitude, latitude) values ('town', 'T', 9, 48)");
      statement.execute("insert into thing (municipality_id, id, name, description) values (1, 1, 'T', '')");
      statement.execute("""
                        insert into sensor (municipality_id, id, name, description, encoding_type, metadata)
                        values (1, 1, 'S', '', '', '""')
                        """);
      statement.execute(
          """
          insert into observed_property (municipality_id, id, name, definition, description) values (1, 1, 'P', '', '')
          """);
      statement.execute(
          """
          insert into datastream (municipality_id, id, thing_id, sensor_id, observed_property_id, name, description,
            observation_type, unit) select 1, i, 1, 1, 1, 'D', '', '', '{}' from generate_series(1, 16) i
          """);
      for (int i = 0; i < SENDERS; i++) {
        datastreams[i] = i + 1;
      }
    }
    town = new Municipality(1, "town", "T", 9, 48, false);
    var application = new PGSimpleDataSource();
    application.setUrl(access.url());
    application.setUser(access.application());
    application.setPassword(access.applicationPassword());
    var walled = new MunicipalityDataSource(application);
    observations = new GroupCommitObservations(access, new ObservationPartitions(owner),
        new FeaturesOfInterest(walled), new SimpleMeterRegistry());
  }

  @AfterEach
  void stopServer() {
    stop.set(true);
    observations.close();
    server.close();
  }

  @Test
  void aRestartOfTheDatabaseLosesNothingAcknowledged() throws Exception {
    outageByRestart(Duration.ofSeconds(5));
  }

  @Test
  void aDatabaseThatStandsStillLosesNothingAcknowledged() throws Exception {
    outageByStandstill(Duration.ofSeconds(5));
  }

  @Test
  @Tag("long")
  void aMinuteWithoutDatabaseAndAMinuteOfStandstillLoseNothingAcknowledged() throws Exception {
    outageByRestart(Duration.ofSeconds(60));
    acknowledged.clear();
    refused.clear();
    senders.clear();
    stop.set(false);
    try (var connection = owner(); var statement = connection.createStatement()) {
      statement.execute("truncate observation, datastream_latest");
    }
    outageByStandstill(Duration.ofSeconds(60));
  }

  @Test
  void connectionsThatBreakInTheMiddleOfABatchLoseAndDoubleNothing() throws Exception {
    send();
    awaitAcknowledged(200);
    for (int i = 0; i < 20; i++) {
      int before = acknowledged.size();
      try (var connection = owner(); var statement = connection.createStatement()) {
        statement.execute(
            """
            select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'smart-city-cloud ingest'
            """);
      }
      awaitAcknowledged(before + 50);
    }
    endAndCompareWithTheLedger();
  }

  private void outageByRestart(Duration length) throws Exception {
    send();
    awaitAcknowledged(200);
    server.restart(() -> sleep(length));
    awaitAcknowledged(acknowledged.size() + 200);
    endAndCompareWithTheLedger();
    assertThat(refused).as("the outage was felt").isNotEmpty();
  }

  private void outageByStandstill(Duration length) throws Exception {
    Assumptions.assumeTrue(System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux"),
        "Needs kill -STOP.");
    send();
    awaitAcknowledged(200);
    var processes = new ArrayList<Long>();
    processes.add(server.pid());
    ProcessHandle.of(server.pid()).orElseThrow().descendants().forEach(child -> processes.add(child.pid()));
    signal("-STOP", processes);
    try {
      sleep(length);
    } finally {
      signal("-CONT", processes);
    }
    awaitAcknowledged(acknowledged.size() + 200);
    endAndCompareWithTheLedger();
    assertThat(refused).as("the outage was felt").isNotEmpty();
  }

  /** Each sender waits for each answer; a refused message is not sent again. */
  private void send() {
    for (int sender = 0; sender < SENDERS; sender++) {
      int datastream = datastreams[sender];
      senders.add(Thread.ofVirtual().start(() -> {
        for (int i = 0; !stop.get(); i++) {
          var time = BEGIN.plusMillis(i);
          long key = Submission.micros(time) * 100 + datastream;
          long start = System.nanoTime();
          try {
            CurrentMunicipality.call(town,
                () -> observations.record(List.of(NewObservation.of(datastream, time, 1)), Repeats.KEEP, null)).join();
            acknowledged.add(key);
          } catch (CompletionException e) {
            var problem = (CityProblem) e.getCause();
            assertThat(problem.slug()).isEqualTo("hub-busy");
            (problem.details().containsKey("maybeStored") ? unsure : refused).add(key);
            // As a sender would: not at once.
            sleep(Duration.ofMillis(20));
          }
          slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
        }
      }));
    }
  }

  private void endAndCompareWithTheLedger() throws Exception {
    stop.set(true);
    for (var sender : senders) {
      assertThat(sender.join(Duration.ofSeconds(20))).as("no sender hangs").isTrue();
    }
    var stored = new HashSet<Long>();
    try (var connection = owner();
        var statement = connection.createStatement();
        var found = statement.executeQuery(
            """
            select (extract(epoch from phenomenon_time) * 1000000)::bigint * 100 + datastream_id from observation
            """)) {
      while (found.next()) {
        assertThat(stored.add(found.getLong(1))).as("no message is stored twice").isTrue();
      }
    }
    var lost = new HashSet<>(acknowledged);
    lost.removeAll(stored);
    assertThat(lost).as("acknowledged but lost, of %d", acknowledged.size()).isEmpty();
    assertThat(Duration.ofNanos(slowestNanos.get())).as("slowest answer").isLessThan(SLOWEST_REFUSAL);
    var after = new HashSet<>(refused);
    after.retainAll(stored);
    assertThat(after).as("refused, but stored after all").isEmpty();
    System.out.printf("outage: %d acknowledged, %d refused, %d unsure, slowest answer %d ms%n", acknowledged.size(),
        refused.size(), unsure.size(), slowestNanos.get() / 1_000_000);
  }

  private void awaitAcknowledged(int count) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (acknowledged.size() < count) {
      assertThat(System.nanoTime()).as("%d acknowledged, expected %d", acknowledged.size(), count).isLessThan(end);
      sleep(Duration.ofMillis(10));
    }
  }

  private static void signal(String name, List<Long> processes) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("kill", name));
    processes.forEach(pid -> command.add(pid.toString()));
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static void sleep(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Connection owner() throws SQLException {
    var access = server.access();
    return DriverManager.getConnection(access.url(), access.owner(), access.ownerPassword());
  }
}
