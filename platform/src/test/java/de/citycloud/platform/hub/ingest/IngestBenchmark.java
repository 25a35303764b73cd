package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.database.DatabaseAccess;
import de.citycloud.platform.database.EmbeddedPostgres;
import de.citycloud.platform.hub.FeaturesOfInterest;
import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.hub.store.ObservationPartitions;
import de.citycloud.platform.municipality.MunicipalityDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * How many Observations a second {@code record} takes, beside raw PostgreSQL in the same run: the same server, the
 * same cores, durable ({@code fsync} on). Run {@code main}; arguments: seconds of each measurement, then the names of
 * the measurements wanted (all if none).
 */
public final class IngestBenchmark {
  private static final int DATASTREAMS = 1_000;
  private static final Instant BEGIN = Instant.now().minusSeconds(20L * 86_400);
  /** Seconds since {@link #BEGIN}; each Datastream gets a value every 5 seconds, ascending. */
  private final AtomicInteger[] clocks = new AtomicInteger[DATASTREAMS];
  private final int[] datastreams;
  private final GroupCommitObservations observations;
  private final Municipality town;
  private final DatabaseAccess access;
  private final long postmaster;
  private final double seconds;

  private IngestBenchmark(DatabaseAccess access, long postmaster, double seconds) throws SQLException {
    this.postmaster = postmaster;
    this.access = access;
    this.seconds = seconds;
    for (int i = 0; i < DATASTREAMS; i++) {
      clocks[i] = new AtomicInteger();
    }
    try (var owner = owner(); var statement = owner.createStatement()) {
      statement.execute("insert into municipality (slug, name, longitude, latitude) values ('bench', 'Bench', 9, 48)");
      var found = statement.executeQuery("select id from municipality where slug = 'bench'");
      found.next();
      town = new Municipality(found.getInt(1), "bench", "Bench", 9, 48, false);
      datastreams = new int[DATASTREAMS];
      found = statement.executeQuery(
          """
          with t as (insert into thing (municipality_id, name, description) values (%1$d, 'T', '') returning id),
          s as (insert into sensor (municipality_id, name, description, encoding_type, metadata)
            values (%1$d, 'S', '', 'text/plain', '""') returning id),
          p as (insert into observed_property (municipality_id, name, definition, description)
            values (%1$d, 'P', 'https://example.org/p', '') returning id)
          insert into datastream (municipality_id, thing_id, sensor_id, observed_property_id, name, description,
            observation_type, unit)
          select %1$d, t.id, s.id, p.id, 'D', '', 'OM_Measurement', '{}' from t, s, p, generate_series(1, %2$d)
          returning id
          """.formatted(town.id(), DATASTREAMS));
      for (int i = 0; found.next(); i++) {
        datastreams[i] = found.getInt(1);
      }
    }
    var owner = new PGSimpleDataSource();
    owner.setUrl(access.url());
    owner.setUser(access.owner());
    owner.setPassword(access.ownerPassword());
    var partitions = new ObservationPartitions(owner);
    partitions.makeAhead();
    var walled = new MunicipalityDataSource(
        new DriverManagerDataSource(access.url(), access.application(), access.applicationPassword()));
    observations = new GroupCommitObservations(access, partitions, new FeaturesOfInterest(walled),
        new SimpleMeterRegistry());
  }

  public static void main(String[] arguments) throws Exception {
    double seconds = arguments.length == 0 ? 8 : Double.parseDouble(arguments[0]);
    var wanted = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "bench")), "data");
    try (var server = EmbeddedPostgres.start(folder)) {
      var access = server.access();
      Flyway.configure().dataSource(access.url(), access.owner(), access.ownerPassword())
          .placeholders(Map.of("application", access.application())).load().migrate();
      var benchmark = new IngestBenchmark(access, server.pid(), seconds);
      benchmark.run(wanted);
      benchmark.observations.close();
    }
  }

  private void run(List<String> wanted) throws Exception {
    measure("warm-up", List.of(), () -> callers(16, 1, 1));
    measure("yardstick: insert, 1 row a commit, 16 connections", wanted, () -> rawInsert(16, 1));
    measure("single, 16 callers", wanted, () -> callers(16, 1, 1));
    measure("single, 128 callers", wanted, () -> callers(128, 1, 1));
    measure("single, 16 callers with 20 in flight each (MQTT)", wanted, () -> inFlight(16, 20));
    measure("yardstick: unnest insert, 100 rows a commit, 2 connections", wanted, () -> rawInsert(2, 100));
    measure("array of 100, one Datastream, 16 callers", wanted, () -> callers(16, 100, 1));
    measure("yardstick: unnest insert, 1000 rows a commit, 2 connections", wanted, () -> rawInsert(2, 1_000));
    measure("array of 1000, one Datastream, 16 callers", wanted, () -> callers(16, 1_000, 1));
    measure("array of 1000, 100 Datastreams, 4 callers", wanted, () -> callers(4, 1_000, 100));
    measure("yardstick: unnest insert, 50000 rows a commit, 1 connection", wanted, () -> rawInsert(1, 50_000));
    measure("array of 50000, 1000 Datastreams, 2 callers", wanted, () -> callers(2, 50_000, 1_000));
    try (var owner = owner(); var statement = owner.createStatement()) {
      var found = statement
          .executeQuery("""
                        select sum(pg_total_relation_size(i.inhrelid)), (select count(*) from observation),
                          sum(pg_relation_size(i.inhrelid))
                        from pg_inherits i where i.inhparent = 'observation'::regclass
                        """);
      found.next();
      System.out.printf(Locale.ROOT, "storage: %.1f B per Observation (%.1f without index; %,d Observations)%n",
          found.getDouble(1) / Math.max(1, found.getLong(2)), found.getDouble(3) / Math.max(1, found.getLong(2)),
          found.getLong(2));
    }
  }

  private interface Load {
    /** Rows written and a sample of latencies in nanoseconds. */
    Result run() throws Exception;
  }

  private record Result(long rows, double seconds, long[] nanos) {}

  private void measure(String name, List<String> wanted, Load load) throws Exception {
    if (!wanted.isEmpty() && wanted.stream().noneMatch(name::contains)) {
      return;
    }
    try (var owner = owner(); var statement = owner.createStatement()) {
      statement.execute("checkpoint");
    }
    double cpu = cpuSeconds(postmaster);
    double javaCpu = ownCpuSeconds();
    var result = load.run();
    cpu = cpuSeconds(postmaster) - cpu;
    javaCpu = ownCpuSeconds() - javaCpu;
    var sorted = result.nanos.clone();
    java.util.Arrays.sort(sorted);
    System.out.printf(Locale.ROOT,
        "%-66s %,10.0f rows/s  p50 %6.2f ms  p99 %7.2f ms  CPU a row: Java %6.2f us, PostgreSQL %6.2f us%n",
        name, result.rows / result.seconds, sorted[sorted.length / 2] / 1e6, sorted[(int) (sorted.length * 0.99)] / 1e6,
        javaCpu * 1e6 / result.rows, cpu * 1e6 / result.rows);
  }

  private static double ownCpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  /** CPU time of the server's processes, in s: on a shared machine this says more than rows a second. */
  private static double cpuSeconds(long postmaster) throws java.io.IOException {
    double ticks = 0;
    for (var process : ProcessHandle.of(postmaster).orElseThrow().children().toList()) {
      ticks += ticks(process.pid(), 13, 14);
    }
    return (ticks + ticks(postmaster, 13, 16)) / 100;
  }

  private static double ticks(long pid, int from, int to) throws java.io.IOException {
    var stat = Path.of("/proc/" + pid + "/stat");
    if (!Files.exists(stat)) {
      return 0;
    }
    var text = Files.readString(stat);
    var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    double sum = 0;
    for (int i = from; i <= to; i++) {
      sum += Double.parseDouble(fields[i - 2]);
    }
    return sum;
  }

  /** Callers that wait for each answer, each request of {@code rows} over {@code series} Datastreams. */
  private Result callers(int callers, int rows, int series) throws InterruptedException {
    return threads(callers, worker -> {
      var request = request(rows, series);
      CurrentMunicipality.call(town, () -> observations.record(request, Repeats.KEEP, null)).join();
      return rows;
    });
  }

  private Result inFlight(int callers, int window) throws InterruptedException {
    var windows = new Semaphore[callers];
    for (int i = 0; i < callers; i++) {
      windows[i] = new Semaphore(window);
    }
    var answered = new AtomicLong();
    var result = threads(callers, worker -> {
      windows[worker].acquire();
      var request = request(1, 1);
      CurrentMunicipality.call(town, () -> observations.record(request, Repeats.KEEP, null))
          .whenComplete((ids, problem) -> {
            windows[worker].release();
            if (problem == null) {
              answered.incrementAndGet();
            }
          });
      return 0;
    });
    for (var each : windows) {
      each.acquire(window);
    }
    return new Result(answered.get(), result.seconds, result.nanos);
  }

  private List<NewObservation> request(int rows, int series) {
    int from = ThreadLocalRandom.current().nextInt(DATASTREAMS);
    int each = rows / series;
    var request = new ArrayList<NewObservation>(rows);
    for (int s = 0; s < series; s++) {
      int d = (from + s) % DATASTREAMS;
      int first = clocks[d].getAndAdd(each);
      for (int i = 0; i < each; i++) {
        request.add(NewObservation.of(datastreams[d], BEGIN.plusSeconds(5L * (first + i)), (first + i) % 200 + 0.5));
      }
    }
    return request;
  }

  /** The same shape of table without wall, newest values or answers: what PostgreSQL alone can do. */
  private Result rawInsert(int connections, int batch) throws Exception {
    try (var owner = owner(); var statement = owner.createStatement()) {
      statement.execute("drop table if exists raw");
      statement.execute("create table raw (like observation including all)");
    }
    var open = new Connection[connections];
    for (int i = 0; i < connections; i++) {
      open[i] = owner();
    }
    var rounds = new AtomicInteger[connections];
    java.util.Arrays.setAll(rounds, ignored -> new AtomicInteger());
    var result = threads(connections, worker -> {
      var ids = new Object[batch];
      var times = new Object[batch];
      var results = new Object[batch];
      int round = rounds[worker].getAndIncrement();
      for (int i = 0; i < batch; i++) {
        long k = (long) round * batch + i;
        ids[i] = datastreams[(int) (k % DATASTREAMS)];
        times[i] = Submission.micros(BEGIN) + k / DATASTREAMS * 5_000_000L + worker * 1_000L;
        results[i] = k % 200 + 0.5;
      }
      try (var statement = open[worker]
          .prepareStatement("""
                            insert into raw (municipality_id, datastream_id, phenomenon_time, result)
                            select 1, a, at_micros(b), c from unnest(?::int[], ?::bigint[], ?::float8[]) n(a, b, c)
                            """)) {
        statement.setArray(1, open[worker].createArrayOf("int4", ids));
        statement.setArray(2, open[worker].createArrayOf("int8", times));
        statement.setArray(3, open[worker].createArrayOf("float8", results));
        statement.executeUpdate();
      }
      return batch;
    });
    for (var each : open) {
      each.close();
    }
    return result;
  }

  private interface Shot {
    int fire(int worker) throws Exception;
  }

  private Result threads(int count, Shot shot) throws InterruptedException {
    var rows = new AtomicLong();
    var samples = new ArrayList<long[]>();
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    var threads = new ArrayList<Thread>();
    for (int worker = 0; worker < count; worker++) {
      int me = worker;
      threads.add(Thread.ofVirtual().start(() -> {
        var nanos = new ArrayList<Long>();
        try {
          for (long now = System.nanoTime(); now < end;) {
            rows.addAndGet(shot.fire(me));
            long then = System.nanoTime();
            nanos.add(then - now);
            now = then;
          }
        } catch (Exception e) {
          throw new IllegalStateException(e);
        } finally {
          synchronized (samples) {
            samples.add(nanos.stream().mapToLong(Long::longValue).toArray());
          }
        }
      }));
    }
    for (var thread : threads) {
      thread.join();
    }
    double took = (System.nanoTime() - start) / 1e9;
    return new Result(rows.get(), took, samples.stream().flatMapToLong(java.util.Arrays::stream).toArray());
  }

  private Connection owner() throws SQLException {
    return DriverManager.getConnection(access.url(), access.owner(), access.ownerPassword());
  }
}
