package de.citycloud.signals.sumo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraciClientTest {
  @TempDir
  private Path folder;

  @Test
  void seesVehiclesAndLetsALightShowWhatItIsTold() throws Exception {
    var net = grid();
    Files.writeString(folder.resolve("flow.rou.xml"),
        """
        <routes><flow id="f" begin="0" end="100" number="30" from="A0B0" to="B0C0"/></routes>
        """);
    int port = freePort();
    var sumo = run("sumo", "-n", net.toString(), "-r", folder.resolve("flow.rou.xml").toString(), "--remote-port",
        "" + port, "--no-step-log", "--seed", "1");
    try (var traci = TraciClient.connect(port)) {
      traci.watchJunction("B0", 250);
      var red = "r".repeat(traci.state("B0").length());
      int seen = 0;
      double slowest = 100;
      for (int i = 0; i < 60; i++) {
        traci.show("B0", red);
        var step = traci.step();
        seen = Math.max(seen, step.vehicles().size());
        slowest = step.vehicles().values().stream().mapToDouble(TraciClient.SeenVehicle::speedMetresPerSecond).min()
            .orElse(slowest);
      }
      assertThat(traci.time()).isEqualTo(60);
      assertThat(traci.state("B0")).isEqualTo(red);
      assertThat(seen).isPositive();
      assertThat(slowest).as("speed of the first car before the red light, m/s").isLessThan(0.1);
    } finally {
      sumo.destroy();
    }
    assertThat(sumo.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aRefusedCommandSaysWhatSumoSays() throws Exception {
    int port = freePort();
    var sumo = run("sumo", "-n", grid().toString(), "--remote-port", "" + port, "--no-step-log");
    try (var traci = TraciClient.connect(port)) {
      assertThatThrownBy(() -> traci.show("nowhere", "GG")).isInstanceOf(TraciFailure.class)
          .hasMessageContaining("nowhere");
    } finally {
      sumo.destroy();
    }
  }

  @Test
  void aPeerThatIsNoSumoIsNamedSo() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> {
        try (var peer = server.accept()) {
          peer.getOutputStream()
              .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
          peer.getInputStream().readAllBytes();
        } catch (IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      });
      assertThatThrownBy(() -> TraciClient.connect(server.getLocalPort())).isInstanceOf(TraciFailure.class)
          .hasMessageContaining("bytes, expected");
    }
  }

  private Path grid() throws Exception {
    var net = folder.resolve("grid.net.xml");
    var netgenerate = run("netgenerate", "--grid", "--grid.x-number=3", "--grid.y-number=1", "--grid.length=200",
        "--grid.attach-length=100", "-j", "traffic_light", "-o", net.toString());
    assertThat(netgenerate.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return net;
  }

  private Process run(String program, String... arguments) throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin", program)),
        () -> "SUMO is not installed (no " + program + "): this test was left out.");
    var command = new java.util.ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(folder.resolve(program + ".log").toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
