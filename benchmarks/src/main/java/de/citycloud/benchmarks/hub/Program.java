package de.citycloud.benchmarks.hub;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The program under test as a user starts it: {@code ./city run} with a data folder of its own. */
public final class Program implements AutoCloseable {
  private static final long START_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(180);

  private final Path home;
  private final Path data;
  private final Process process;
  /** Where its pages are. */
  public final int httpPort;
  final int mqttPort;
  /** Seconds from the command to ready. */
  final double startSeconds;

  private Program(Path home, Path data, Process process, int httpPort, int mqttPort, double startSeconds) {
    this.home = home;
    this.data = data;
    this.process = process;
    this.httpPort = httpPort;
    this.mqttPort = mqttPort;
    this.startSeconds = startSeconds;
  }

  /** Starts it without the demo and waits until it is ready. */
  public static Program start(Path home, Path data) throws Exception {
    return start(home, data, false);
  }

  /** Starts it and waits until it is ready. @param demo with the towns of the demo, what they have adopted, their data */
  public static Program start(Path home, Path data, boolean demo) throws Exception {
    int httpPort = freePort();
    int mqttPort = freePort();
    Files.createDirectories(data);
    long begin = System.nanoTime();
    var command = new ArrayList<>(
        List.of(home.resolve("city").toString(), "run", "--port", "" + httpPort, "--mqtt-port",
            "" + mqttPort, "--data", data.toString()));
    if (!demo) {
      command.add("--no-demo");
    }
    var process = new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(data.resolve("program.log").toFile()).start();
    while (!isReady(httpPort)) {
      if (!process.isAlive() || System.nanoTime() - begin > START_LIMIT_NANOS) {
        process.destroy();
        throw new IOException("The program did not get ready; its output is in " + data.resolve("program.log"));
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    return new Program(home, data, process, httpPort, mqttPort, (System.nanoTime() - begin) / 1e9);
  }

  /** Runs another command of the launcher on the same data and returns its output. */
  public String city(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(home.resolve("city").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", data.toString()));
    var call = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    call.getOutputStream().close();
    var output = new String(call.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
    if (call.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + call.exitValue() + ": " + output);
    }
    return output;
  }

  /** Port of the embedded PostgreSQL. */
  public int databasePort() throws IOException {
    return Integer.parseInt(Files.readAllLines(data.resolve("postgresql/cluster/postmaster.pid")).get(3).strip());
  }

  /** Password of its owner. */
  public String databasePassword() throws IOException {
    return Files.readString(data.resolve("postgresql/secret-owner")).strip();
  }

  /** Resident memory of the JVM plus the proportional share of PostgreSQL's processes, MB; −1 where unknown. */
  public double memoryMegabytes() throws IOException {
    var postmaster = Files.readAllLines(data.resolve("postgresql/cluster/postmaster.pid")).getFirst().strip();
    double kilobytes = 0;
    try (var all = ProcessHandle.allProcesses()) {
      for (var other : all.toList()) {
        boolean ours = isOrIsBelow(other, process.pid()) || isOrIsBelow(other, Long.parseLong(postmaster));
        var rollup = Path.of("/proc/" + other.pid() + "/smaps_rollup");
        if (ours && Files.isReadable(rollup)) {
          var pss = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB").matcher(Files.readString(rollup));
          kilobytes += pss.find() ? Double.parseDouble(pss.group(1)) : 0;
        }
      }
    }
    return kilobytes == 0 ? -1 : kilobytes / 1024;
  }

  /** Seconds of CPU that the JVM (with its compiler) and PostgreSQL's processes have taken so far; 0 where unknown. */
  public double cpuSeconds() throws IOException {
    long postmaster = Long.parseLong(
        Files.readAllLines(data.resolve("postgresql/cluster/postmaster.pid")).getFirst().strip());
    try (var all = ProcessHandle.allProcesses()) {
      return all.filter(other -> isOrIsBelow(other, process.pid()) || isOrIsBelow(other, postmaster))
          .flatMap(other -> other.info().totalCpuDuration().stream()).mapToDouble(time -> time.toMillis() / 1e3).sum();
    }
  }

  private static boolean isOrIsBelow(ProcessHandle handle, long pid) {
    for (var h = java.util.Optional.of(handle); h.isPresent(); h = h.get().parent()) {
      if (h.get().pid() == pid) {
        return true;
      }
    }
    return false;
  }

  private static boolean isReady(int port) {
    try (var http = new HttpConnection(port, "none")) {
      return http.get("/actuator/health/readiness") == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
