package de.citycloud.signals.sumo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer that hangs, dies or talks nonsense ends in a clear failure, and soon. */
@Timeout(30)
class BadPeerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What a peer does with a connection after it has greeted as SUMO does. */
  private interface Manners {
    void treat(DataInputStream in, DataOutputStream out) throws IOException;
  }

  @Test
  void aPeerThatHangsIsLeft() throws Exception {
    try (var server = server((in, out) -> in.readAllBytes());
        var traci = TraciClient.connect(server.getLocalPort(), Duration.ofMillis(1_000))) {
      assertThatThrownBy(traci::step).isInstanceOf(TraciFailure.class)
          .hasMessageContaining("SUMO has not answered for 1 s")
          .hasMessageContaining("command 0x02");
    }
  }

  @Test
  void aPeerThatDiesIsNamed() throws Exception {
    try (var server = server((in, out) -> in.readInt());
        var traci = TraciClient.connect(server.getLocalPort(), PATIENCE)) {
      assertThatThrownBy(traci::step).isInstanceOf(TraciFailure.class)
          .hasMessageContaining("The connection to SUMO broke at command 0x02").hasMessageNotContaining("null");
    }
  }

  @Test
  void aMessageOfGigabytesIsNotAwaited() throws Exception {
    try (var server = server((in, out) -> {
      out.writeInt(Integer.MAX_VALUE);
      out.flush();
      in.readAllBytes();
    }); var traci = TraciClient.connect(server.getLocalPort(), PATIENCE)) {
      assertThatThrownBy(traci::step).isInstanceOf(TraciFailure.class)
          .hasMessageContaining("a message of 2147483647 bytes, expected 4 to");
    }
  }

  @Test
  void valuesWithinValuesWithoutEndAreRefused() throws Exception {
    try (var server = server((in, out) -> {
      int depth = 200_000;
      out.writeInt(4 + 7 + 11 + 5 * depth);
      status(out, 0xab);
      out.writeByte(0);
      out.writeInt(0);
      out.writeByte(0xbb);
      out.writeByte(0x66);
      out.writeInt(0);
      for (int i = 0; i < depth; i++) {
        out.writeByte(0x0f);
        out.writeInt(1);
      }
      out.flush();
      in.readAllBytes();
    }); var traci = TraciClient.connect(server.getLocalPort(), PATIENCE)) {
      assertThatThrownBy(traci::time).isInstanceOf(TraciFailure.class).hasMessageContaining("within each other");
    }
  }

  @Test
  void whateverBytesComeOnlyATraciFailureComesOut() throws Exception {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      try (var server = server((in, out) -> {
        var noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        out.writeInt(4 + 7 + noise.length);
        status(out, 0x02);
        out.write(noise);
        out.flush();
      }); var traci = TraciClient.connect(server.getLocalPort(), PATIENCE)) {
        try {
          assertThat(traci.step()).as("seed %d", seed).isNotNull();
        } catch (TraciFailure expected) {
          assertThat(expected.getMessage()).as("seed %d", seed).isNotBlank();
        }
      }
    }
  }

  /** Greets one client as SUMO does, then has its manners. */
  private static ServerSocket server(Manners manners) throws IOException {
    var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> {
      try (Socket peer = server.accept()) {
        var in = new DataInputStream(peer.getInputStream());
        var out = new DataOutputStream(new BufferedOutputStream(peer.getOutputStream()));
        in.readNBytes(in.readInt() - 4);
        out.writeInt(4 + 7);
        status(out, 0x00);
        out.flush();
        manners.treat(in, out);
      } catch (IOException e) {
        // The client has gone: the test is over.
        return;
      }
    });
    return server;
  }

  /** "Well" to a command. */
  private static void status(DataOutputStream out, int command) throws IOException {
    out.writeByte(7);
    out.writeByte(command);
    out.writeByte(0);
    out.writeInt(0);
  }
}
