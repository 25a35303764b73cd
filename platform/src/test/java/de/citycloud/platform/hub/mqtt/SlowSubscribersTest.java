package de.citycloud.platform.hub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.hub.Result;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.StringNode;

/** F4: a hundred subscribers that read one byte a second are cut; who reads gets every message. */
class SlowSubscribersTest {
  private static final int SLOW = 100;
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @Test
  @Timeout(240)
  void aHundredSlowSubscribersAreCutAndTheOthersGetEverything() throws Exception {
    try (var town = new OpenDoor(OpenDoor.settings(20, Duration.ofSeconds(20)));
        var good = new RawClient(town.port())) {
      subscribe(good, "good");
      var received = new AtomicInteger();
      var slowestNanos = new AtomicLong();
      var sentAt = new AtomicLong();
      var reader = Thread.startVirtualThread(() -> {
        try {
          while (true) {
            good.read();
            received.incrementAndGet();
            slowestNanos.accumulateAndGet(System.nanoTime() - sentAt.get(), Math::max);
          }
        } catch (IOException | AssertionError e) {
          // closed at the end of the test
        }
      });
      var slow = new ArrayList<RawClient>();
      try {
        for (int i = 0; i < SLOW; i++) {
          var client = new RawClient(town.port());
          client.socket.setReceiveBufferSize(2_304);
          subscribe(client, "slow-" + i);
          slow.add(client);
          Thread.startVirtualThread(() -> readOneByteASecond(client));
        }
        int sent = 0;
        long behindSince = 0;
        // 10 kB each, so that the buffers of the operating system are full soon.
        var result = new Result.Json(new StringNode("x".repeat(10_000)));
        while (town.sessions.count() > 1) {
          var some = new ArrayList<NewObservation>();
          for (int i = 0; i < 5; i++) {
            some.add(new NewObservation(7, NOON.plusSeconds(sent++), null, null, result, null, null));
          }
          sentAt.set(System.nanoTime());
          CurrentMunicipality.call(OpenDoor.LUDWIGSBURG,
              () -> town.observations.record(some, Repeats.KEEP, null)).join();
          if (behindSince == 0 && town.sessions.outgoingBytes.get() > 1_000_000) {
            behindSince = System.nanoTime();
          }
          int soFar = sent;
          await().pollInterval(Duration.ofMillis(2)).atMost(Duration.ofSeconds(30))
              .until(() -> received.get() == soFar);
        }
        assertThat(received).as("messages of who reads").hasValue(sent);
        assertThat(town.sessions.outgoingBytes.get()).as("nothing is still counted as waiting").isZero();
        assertThat(behindSince).as("they were behind").isPositive();
        double cutAfter = (System.nanoTime() - behindSince) / 1e9;
        // A figure to read, not a limit: the goal is 30 s.
        System.out.printf("F4: %d slow subscribers cut %.1f s after they fell behind; %d messages, slowest %.0f ms%n",
            SLOW, cutAfter, sent, slowestNanos.get() / 1e6);
      } finally {
        for (var client : slow) {
          client.close();
        }
      }
      good.close();
      reader.join();
    }
  }

  private static void subscribe(RawClient client, String name) throws IOException {
    client.signIn(4, name, null);
    client.send(RawClient.subscribe(4, 1, "v1.1/Observations", 0));
    client.read();
  }

  private static void readOneByteASecond(RawClient client) {
    try {
      while (client.socket.getInputStream().read() >= 0) {
        LockSupport.parkNanos(1_000_000_000L);
      }
    } catch (IOException e) {
      // cut
    }
  }
}
