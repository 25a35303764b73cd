package de.citycloud.benchmarks.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** {@code ./city bench hub}: starts a fresh program, runs the workload and the yardstick, keeps the figures. */
public final class HubBenchmark {
  private static final int SECONDS = 10;

  private HubBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param arguments {@code --home FOLDER} of the project (default: the working directory), {@code --quick} for 3 s a
   *     figure instead of 10
   */
  public static void main(String[] arguments) throws Exception {
    var options = Arrays.asList(arguments);
    int at = options.indexOf("--home");
    var home = Path.of(at >= 0 ? options.get(at + 1) : ".").toAbsolutePath().normalize();
    int seconds = options.contains("--quick") ? 3 : SECONDS;
    var data = Files.createTempDirectory(Files.createDirectories(home.resolve("benchmarks/target")), "hub");
    var report = new Report(seconds);
    double firstStart;
    try (var first = Program.start(home, data)) {
      firstStart = first.startSeconds;
    }
    report.note("first start (empty folder, %.1f s)".formatted(firstStart), firstStart, "s", "≤ 30");
    try (var program = Program.start(home, data)) {
      report.note("start, warm", program.startSeconds, "s", "≤ 12");
      program.city("municipality", "add", "bench", "Bench", "9.19", "48.89");
      var key = program.city("key", "create", "bench", "--scope", "write").lines().toList().getLast();
      run(report, program, key, seconds);
    }
    report.write(home.resolve("benchmarks/results"), "hub");
  }

  private static void run(Report report, Program program, String key, int seconds) throws Exception {
    var hub = new HubWorkload(program.httpPort, program.mqttPort, "bench", key);
    var postgres = new PostgresYardstick(program.databasePort(), program.databasePassword());
    postgres.setUp();
    report.progress("10,000 Things, 1,000 Datastreams");
    hub.setUp();
    report.note("fill 1,000,000, DataArray 1000 of one Datastream, 4 clients", hub.fill(), "obs/s", "≥ 80,000");
    report.note("storage per Observation (table and index)", postgres.bytesPerObservation(), "B", "≤ 110");

    var raw16 = postgres.singleInserts(16, seconds);
    var copy = postgres.copies(4, 1000, seconds);
    report.yardstick("PostgreSQL: one row a commit, 16 connections", raw16);
    report.yardstick("PostgreSQL: COPY 1,000 rows a commit, 4 connections", copy);
    var newest = postgres.newest(16, seconds);
    report.yardstick("PostgreSQL: newest row by index, 16 connections", newest);

    report.compare("POST /Observations, 16 clients", hub.singlePosts(16, seconds), raw16, "≥ 5,500 /s");
    report.compare("POST /Observations, 128 clients", hub.singlePosts(128, seconds), raw16, "≥ 10,000 /s");
    report.compare("DataArray 100, 16 clients", hub.dataArrays(16, 100, 1, seconds), copy, "≥ 80,000 /s");
    report.compare("DataArray 1000 over 100 Datastreams, 4 clients", hub.dataArrays(4, 1000, 100, seconds), copy,
        "≥ 80,000 /s, none fails");
    burst(report, hub, 16, 30_000, 20, "≥ 20,000 /s, 100 % stored");
    burst(report, hub, 1, 30_000, 200, "≥ 5,000 /s, 100 % stored");
    report.compare("GET landing page, 16 clients", hub.landingPage(16, seconds), newest, "");
    report.compare("latest: Thing, Locations, newest value", hub.latest(16, seconds), newest, "≥ 5,000 /s");
    report.compare("last 24 h of one Datastream (288 rows)", hub.lastDay(16, seconds), newest, "≥ 2,500 /s");
    report.compare("polygon over 10,000 Locations", hub.polygon(16, seconds), newest, "≥ 5,000 /s");
    report.compare("map: 100 Things with place and newest value", hub.map(16, seconds), newest, "≥ 500 /s");
    report.note("memory of the whole program after the load", program.memoryMegabytes(), "MB", "≤ 800");
    postgres.tearDown();
  }

  private static void burst(Report report, HubWorkload hub, int clients, int total, int window, String target)
      throws Exception {
    long before = hub.count();
    double perSecond = hub.mqttBurst(clients, total, window);
    double stored = 100.0 * (hub.count() - before) / total;
    report.note("MQTT QoS 1 burst of %,d, %d client(s), window %d".formatted(total, clients, window), perSecond,
        "msg/s", target);
    report.note("   of these stored", stored, "%", "100");
  }
}
