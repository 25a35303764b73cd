package de.citycloud.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * F3: the disk under the database runs full. The program lives in a mount namespace of its own, its data on a small
 * tmpfs there. Writing is refused, reading and the database go on, and with room again writing goes on by itself.
 */
@Tag("long")
class DiskFullTest {
  private static final String SET = """
                                    {"name": "Zähler", "description": "", "Locations": [{"name": "Ort", "description": "",
                                      "encodingType": "application/geo+json",
                                      "location": {"type": "Point", "coordinates": [9.2, 48.9]}}],
                                     "Datastreams": [{"name": "Nummern", "description": "", "observationType": "x",
                                      "unitOfMeasurement": {"name": "eins", "symbol": "1", "definition": null},
                                      "Sensor": {"name": "s", "description": "", "encodingType": "text/plain", "metadata": ""},
                                      "ObservedProperty": {"name": "n", "definition": "urn:n", "description": ""}}]}
                                    """;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  @Test
  @Timeout(600)
  void aFullDiskRefusesWritingUntilThereIsRoomAndLosesNothing() throws Exception {
    Assumptions.assumeTrue(System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux") && mayMount(),
        "Needs Linux and the right to mount (root): unshare -m with a tmpfs.");
    var data = Files.createDirectories(folder.resolve("small"));
    var mount = List.of("unshare", "-m", "sh", "-c",
        "mount -t tmpfs -o size=420m none '" + data + "' && exec \"$@\"", "sh");
    try (var program = new ChildProgram(data, mount, List.of("--city.database.reserve=96MB"))) {
      program.start();
      // What the program sees there is nothing here; its own view is below /proc.
      var inside = Path.of("/proc/" + program.pid() + "/root" + data);
      var root = "http://127.0.0.1:" + program.port();
      var key = prepare(program.pid(), data);
      var sta = root + "/voll/sta/v1.1";
      assertThat(send("POST", sta + "/Things", SET, key)).isEqualTo(201);
      var values = sta + "/Datastreams(1)/Observations";
      int stored = 0;
      for (int i = 0; i < 50; i++) {
        assertThat(send("POST", values, "{\"result\": " + stored++ + "}", key)).isEqualTo(201);
      }
      var ballast = inside.resolve("ballast");
      fill(ballast);
      awaitHealth(root, 503);
      for (int i = 0; i < 50; i++) {
        assertThat(send("POST", values, "{\"result\": -1}", key)).isIn(503, 507);
      }
      assertThat(send("POST", sta + "/Things", SET, key)).as("entities as well").isIn(503, 507);
      assertThat(body(root + "/actuator/health")).contains("DEGRADED");
      assertThat(send("GET", values, "", key)).as("reading goes on").isEqualTo(200);
      assertThat(body(values + "?$count=true&$top=0")).contains("\"@iot.count\":" + stored);
      Files.delete(ballast);
      awaitHealth(root, 200);
      assertThat(send("POST", values, "{\"result\": " + stored + "}", key)).as("without repair").isEqualTo(201);
      assertThat(body(values + "?$count=true&$top=0")).contains("\"@iot.count\":" + (stored + 1));
      program.stop();
    }
  }

  /** A municipality and its key, made by commands within the namespace of the program. */
  private static String prepare(long pid, Path data) throws Exception {
    inside(pid, "municipality", "add", "voll", "Vollstadt", "9.2", "48.9", "--data", data.toString());
    return inside(pid, "key", "create", "voll", "--data", data.toString()).strip();
  }

  private static String inside(long pid, String... words) throws Exception {
    var command = new java.util.ArrayList<>(List.of("nsenter", "-t", Long.toString(pid), "-m",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), "de.citycloud.platform.cli.CommandLine"));
    command.addAll(List.of(words));
    var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(out).isZero();
    return out;
  }

  private static boolean mayMount() throws Exception {
    var probe = new ProcessBuilder("unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt").start();
    return probe.waitFor(20, TimeUnit.SECONDS) && probe.exitValue() == 0;
  }

  /** Takes all room but 16 MB, as a neighbour on the same disk would. */
  private static void fill(Path ballast) throws IOException {
    var megabyte = new byte[1 << 20];
    try (var out = Files.newOutputStream(ballast)) {
      while (ballast.toFile().getUsableSpace() > 16L << 20) {
        out.write(megabyte);
      }
    }
  }

  /** The program's own word on its room is what the doors go by. */
  private void awaitHealth(String root, int wanted) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (send("GET", root + "/actuator/health", "", "") != wanted) {
      assertThat(System.nanoTime()).as("waited a minute for %d", wanted).isLessThan(deadline);
      LockSupport.parkNanos(200_000_000);
    }
  }

  private int send(String method, String address, String body, String key) throws Exception {
    var publisher = body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
    return http.send(HttpRequest.newBuilder(URI.create(address.replace("$", "%24"))).timeout(Duration.ofSeconds(15))
        .header("Content-Type", "application/json").headers(key.isEmpty()
            ? new String[]{"Accept", "*/*"}
            : new String[]{"X-API-Key", key})
        .method(method, publisher).build(),
        HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private String body(String address) throws Exception {
    return http.send(HttpRequest.newBuilder(URI.create(address.replace("$", "%24"))).timeout(Duration.ofSeconds(15))
        .build(), HttpResponse.BodyHandlers.ofString()).body();
  }
}
