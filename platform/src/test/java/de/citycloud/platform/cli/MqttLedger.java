package de.citycloud.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A gateway that counts: each Observation's result is its sequence number, published with QoS 1 until its PUBACK comes,
 * on a new connection after each kill. MQTT has no Idempotency-Key: what was sent twice may be stored twice.
 */
final class MqttLedger implements AutoCloseable {
  private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");
  private final int port;
  private final String topic;
  private final byte[] key;
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<Long> repeated = ConcurrentHashMap.newKeySet();
  private final Thread thread = Thread.ofVirtual().name("mqtt-ledger").unstarted(this::send);
  private volatile boolean ending;
  private volatile long next;

  MqttLedger(int port, String municipality, int datastream, String key) {
    this.port = port;
    this.topic = municipality + "/v1.1/Datastreams(" + datastream + ")/Observations";
    this.key = key.getBytes(StandardCharsets.UTF_8);
  }

  void start() {
    thread.start();
  }

  /** Numbers whose PUBACK said that they are stored. */
  Set<Long> acknowledged() {
    return acknowledged;
  }

  /** Numbers that were published more than once. */
  Set<Long> repeated() {
    return repeated;
  }

  /** Waits until that many more were acknowledged. */
  void awaitAcknowledged(int more) {
    int goal = acknowledged.size() + more;
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (acknowledged.size() < goal) {
      assertThat(System.nanoTime()).as("nothing is acknowledged any more").isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Ends when the number begun is acknowledged. */
  void finish() throws InterruptedException {
    ending = true;
    assertThat(thread.join(Duration.ofMinutes(2))).as("the gateway still waits for its PUBACK").isTrue();
  }

  private void send() {
    @Nullable
    Mqtt5AsyncClient client = null;
    boolean again = false;
    while (!ending || again) {
      try {
        if (client == null || !client.getState().isConnected()) {
          client = MqttClient.builder().useMqttVersion5().identifier("ledger").serverHost("127.0.0.1").serverPort(port)
              .simpleAuth().username("key").password(key).applySimpleAuth().buildAsync();
          client.connect().get(5, TimeUnit.SECONDS);
        }
        if (again) {
          repeated.add(next);
        }
        again = true;
        client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE)
            .payload("{\"phenomenonTime\": \"%s\", \"result\": %d}".formatted(FIRST.plusMillis(next), next)
                .getBytes(StandardCharsets.UTF_8))
            .send().get(15, TimeUnit.SECONDS);
        acknowledged.add(next++);
        again = false;
      } catch (ExecutionException | TimeoutException e) {
        // killed meanwhile; whether it was stored nobody knows, so send it again
        if (client != null) {
          client.disconnect();
          client = null;
        }
        LockSupport.parkNanos(50_000_000);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    ending = true;
    thread.interrupt();
  }
}
