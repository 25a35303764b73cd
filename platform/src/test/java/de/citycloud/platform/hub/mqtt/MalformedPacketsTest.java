package de.citycloud.platform.hub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Bytes that no client should send. */
class MalformedPacketsTest {
  private static final int STREAMS = 6_000;
  private static final String TOPIC = "ludwigsburg/v1.1/Datastreams(7)/Observations";

  @Test
  void noMutatedStreamDisturbsTheOthersOrLetsAMistakeEscape() throws Exception {
    long seed = 20_260_601;
    var random = new Random(seed);
    var complaints = new ListAppender<ILoggingEvent>();
    complaints.start();
    var log = (Logger) LoggerFactory.getLogger("de.citycloud.platform.hub.mqtt");
    var netty = (Logger) LoggerFactory.getLogger("io.netty");
    log.addAppender(complaints);
    netty.addAppender(complaints);
    try (var city = OpenDoor.standard(); var good = new RawClient(city.port())) {
      good.signIn(4, "good", OpenDoor.WRITE_KEY);
      for (int i = 1; i <= STREAMS; i++) {
        try (var bad = new RawClient(city.port())) {
          bad.socket.setSoLinger(true, 0);
          bad.send(mutated(random));
          if (i % 50 == 0) {
            drain(bad);
          }
        } catch (IOException e) {
          // the door has closed already
        }
        if (i % 20 == 0) {
          int id = i / 20;
          good.send(RawClient.publish(4, TOPIC, id, "{\"result\":" + i + "}"));
          assertThat(good.read().id()).as("seed %d, stream %d", seed, i).isEqualTo(id);
        }
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> city.sessions.count() == 1);
      await().until(() -> city.sessions.waiting().bytes() == 0);
      assertThat(city.sessions.outgoingBytes.get()).isZero();
    } finally {
      log.detachAppender(complaints);
      netty.detachAppender(complaints);
    }
    assertThat(complaints.list).filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .filteredOn(event -> event.getThrowableProxy() != null || event.getFormattedMessage().contains("LEAK"))
        .as("seed %d", seed).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
  }

  private static void drain(RawClient client) throws IOException {
    client.socket.setSoTimeout(20);
    try {
      while (!client.isClosed()) {
        // whatever it answers
      }
    } catch (SocketTimeoutException e) {
      // it waits for more, as it may
    }
  }

  /** A well-formed conversation with some bytes turned, cut, doubled or made up. */
  private static byte[] mutated(Random random) {
    int version = random.nextBoolean() ? 4 : 5;
    var packets = new ArrayList<byte[]>();
    packets
        .add(RawClient.connect(version, "fuzz" + random.nextInt(5), random.nextInt(4) == 0 ? null : OpenDoor.WRITE_KEY,
            random.nextInt(100)));
    for (int i = random.nextInt(5); i >= 0; i--) {
      packets.add(switch (random.nextInt(8)) {
        case 0 ->
          RawClient.subscribe(version, 1 + random.nextInt(9), "v1.1/" + (random.nextBoolean() ? "#" : "Things"), 1);
        case 1 -> RawClient.packet(0xA2, new byte[]{0, 1}, version == 5 ? new byte[]{0} : new byte[0],
            RawClient.utf("v1.1/#"));
        case 2 -> new byte[]{(byte) 0xC0, 0};
        case 3 -> new byte[]{0x40, 2, 0, (byte) random.nextInt(5)};
        case 4 -> new byte[]{(byte) random.nextInt(256), (byte) random.nextInt(256), (byte) random.nextInt(256)};
        default -> RawClient.publish(version, TOPIC, random.nextInt(3),
            "{\"result\":" + random.nextInt(100) + ",\"phenomenonTime\":\"2026-06-01T12:00:00Z\"}");
      });
    }
    var from = random.nextInt(3); // CONNECT stays whole in most streams, so that the rest is reached
    var all = new ArrayList<byte[]>();
    for (int i = 0; i < packets.size(); i++) {
      all.add(i == 0 && from > 0 ? packets.get(i) : turned(packets.get(i), random));
    }
    return RawClient.join(all.toArray(new byte[0][]));
  }

  private static byte[] turned(byte[] packet, Random random) {
    var bytes = packet.clone();
    for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes = switch (random.nextInt(5)) {
        case 0 -> java.util.Arrays.copyOf(bytes, at);
        case 1 -> RawClient.join(bytes, java.util.Arrays.copyOfRange(bytes, at, bytes.length));
        case 2 -> {
          bytes[at] ^= (byte) (1 << random.nextInt(8));
          yield bytes;
        }
        case 3 -> {
          bytes[at] = (byte) List.of(0, 0xFF, 0x80, 0x7F).get(random.nextInt(4)).intValue();
          yield bytes;
        }
        default -> {
          bytes[at] = (byte) random.nextInt(256);
          yield bytes;
        }
      };
    }
    return bytes;
  }
}
