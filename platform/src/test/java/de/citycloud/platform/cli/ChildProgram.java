package de.citycloud.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The real program in a process of its own, on one port and data folder over all its starts. */
final class ChildProgram implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private final Path data;
  private final int port;
  private final int mqttPort;
  private final List<String> before;
  private final List<String> options;
  private @Nullable Process process;

  ChildProgram(Path data) throws IOException {
    this(data, List.of(), List.of());
  }

  /**
   * @param before words in front of the command, such as {@code unshare -m}
   * @param options further options of the program
   */
  ChildProgram(Path data, List<String> before, List<String> options) throws IOException {
    this.data = data;
    this.before = before;
    this.options = options;
    try (var free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        var another = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      this.port = free.getLocalPort();
      this.mqttPort = another.getLocalPort();
    }
  }

  int mqttPort() {
    return mqttPort;
  }

  long pid() {
    return running().pid();
  }

  int port() {
    return port;
  }

  /** Starts and waits until it is ready. */
  void start() throws Exception {
    var classes = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes")).collect(Collectors.joining(File.pathSeparator));
    Files.createDirectories(data);
    var log = data.resolve("program.log");
    var command = new ArrayList<>(before);
    command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx320m",
        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp", classes,
        "de.citycloud.platform.SmartCityCloud", "--server.port=" + port, "--city.mqtt.port=" + mqttPort,
        "--management.server.port=0", "--city.demo.enabled=false", "--city.database.data=" + data));
    command.addAll(options);
    var started = new ProcessBuilder(command)
        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    process = started;
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var http = HttpClient.newHttpClient()) {
      var ask = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
          .timeout(Duration.ofSeconds(5)).build();
      while (true) {
        assertThat(started.isAlive()).as(() -> "the program ended: " + tail(log)).isTrue();
        assertThat(System.nanoTime()).as(() -> "not ready in time: " + tail(log)).isLessThan(deadline);
        try {
          if (http.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // not listening yet
        }
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  /** Lets it work for a while. */
  void runFor(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  /** kill -9, of the database server too if asked. */
  void kill(boolean databaseToo) throws Exception {
    var notes = data.resolve("postgresql/cluster/postmaster.pid");
    var server = ProcessHandle.of(Long.parseLong(Files.readAllLines(notes).getFirst().strip()));
    var running = running();
    running.destroyForcibly();
    if (databaseToo && server.isPresent()) {
      Stream.concat(Stream.of(server.get()), server.get().children()).toList().forEach(ProcessHandle::destroyForcibly);
      server.get().onExit().get(30, TimeUnit.SECONDS);
    }
    assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  /** Stops it as Ctrl-C does. */
  void stop() throws Exception {
    var running = running();
    running.destroy();
    assertThat(running.waitFor(60, TimeUnit.SECONDS)).as("it stops when asked").isTrue();
  }

  private Process running() {
    var running = process;
    if (running == null) {
      throw new IllegalStateException("The program was not started.");
    }
    return running;
  }

  private static String tail(Path log) {
    try {
      var lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null) {
      process.destroy();
      process.waitFor(60, TimeUnit.SECONDS);
    }
  }
}
