package de.citycloud.platform.hub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.problem.CityProblem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;

class PublishingTest {
  private static final String TOPIC = "ludwigsburg/v1.1/Datastreams(7)/Observations";
  private final OpenDoor city = OpenDoor.standard();

  @AfterEach
  void close() {
    city.close();
  }

  private RawClient client(int version) throws IOException {
    var client = new RawClient(city.port());
    assertThat(client.signIn(version, "gateway", OpenDoor.WRITE_KEY)).isZero();
    return client;
  }

  private static String value(int result) {
    return "{\"phenomenonTime\":\"2026-06-01T12:00:00Z\",\"result\":" + result + "}";
  }

  @Test
  void everyMessageIsAcknowledgedInOrderWhateverTheOrderOfCommits() throws IOException {
    long seed = 42;
    var random = new Random(seed);
    city.observations.before = some -> CompletableFuture.runAsync(() -> {},
        CompletableFuture.delayedExecutor(random.nextInt(20), TimeUnit.MILLISECONDS));
    try (var client = client(4)) {
      for (int id = 1; id <= 300; id++) {
        client.send(RawClient.publish(4, TOPIC, id, value(id)));
      }
      var acknowledged = new ArrayList<Integer>();
      for (int id = 1; id <= 300; id++) {
        acknowledged.add(client.read().id());
      }
      assertThat(acknowledged).as("seed %d", seed).isSorted().hasSize(300);
    }
    assertThat(city.observations.stored).hasSize(300);
  }

  @Test
  void nothingIsAcknowledgedBeforeItIsStored() throws Exception {
    var commit = new CompletableFuture<Void>();
    var arrived = new AtomicBoolean();
    city.observations.before = some -> {
      arrived.set(true);
      return commit;
    };
    try (var client = client(4)) {
      client.send(RawClient.publish(4, TOPIC, 1, value(1)));
      await().untilTrue(arrived);
      client.socket.setSoTimeout(300);
      assertThat(client.socket.getInputStream().available()).isZero();
      commit.complete(null);
      client.socket.setSoTimeout(20_000);
      assertThat(client.read().id()).isEqualTo(1);
    }
  }

  @Test
  void messagesOfOneReadAreRecordedTogether() throws IOException {
    try (var client = client(4)) {
      var packets = new byte[20][];
      for (int i = 0; i < packets.length; i++) {
        packets[i] = RawClient.publish(4, TOPIC, i + 1, value(i));
      }
      client.send(packets);
      for (int i = 0; i < packets.length; i++) {
        client.read();
      }
    }
    assertThat(city.observations.calls.size()).isLessThan(5);
  }

  @Test
  void oneBadMessageDoesNotFailTheOthers() throws IOException {
    try (var client = client(5)) {
      client.send(RawClient.publish(5, TOPIC, 1, value(1)), RawClient.publish(5, TOPIC, 2, "{broken"),
          RawClient.publish(5, "v1.1/Datastreams(4711)/Observations", 3, value(3)),
          RawClient.publish(5, TOPIC, 4, value(4)),
          RawClient.publish(5, "v1.1/Datastreams(4712)/Observations", 5, value(5)),
          RawClient.publish(5, TOPIC, 6, value(6)));
      var codes = new ArrayList<String>();
      for (int i = 0; i < 6; i++) {
        var puback = client.read();
        codes.add(puback.id() + ":" + (puback.body().length > 2 ? Integer.toHexString(puback.at(2)) : "0"));
      }
      assertThat(codes).containsExactly("1:0", "2:99", "3:83", "4:0", "5:83", "6:0");
    }
    assertThat(city.observations.stored).hasSize(3);
    assertThat(city.quarantine).containsExactlyInAnyOrder(TOPIC + ": sensorthings-json",
        "v1.1/Datastreams(4711)/Observations: datastream-not-found",
        "v1.1/Datastreams(4712)/Observations: datastream-not-found");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
                                          heilbronn/v1.1/Observations                    | write | 87 | belongs to "heilbronn", the key to "ludwigsburg"
                                          ludwigsburg/v1.1/Observations                  | read  | 87 | expected one to publish
                                          ludwigsburg/v1.1/Observations                  | none  | 87 | expected one to publish
                                          ludwigsburg/v1.1/Things                        | write | 90 | Nothing is stored from topic
                                          garden/temperature                             | write | 90 | Nothing is stored from topic
                                          ludwigsburg/v1.1/Datastreams(7;drop)/Observations | write | 90 | Nothing is stored from topic
                                          """)
  void whatTheSenderMayNotDoIsRefusedWithAReason(String topic, String key, String code, String reason)
      throws IOException {
    try (var client = new RawClient(city.port())) {
      client.signIn(5, "gateway", key.equals("none") ? null : "scc_1_" + key);
      client.send(RawClient.publish(5, topic, 1, value(1)));
      var puback = client.read();
      assertThat(Integer.toHexString(puback.at(2))).isEqualTo(code);
      assertThat(puback.text()).contains(reason);
    }
    try (var client = new RawClient(city.port())) {
      client.signIn(4, "gateway", key.equals("none") ? null : "scc_1_" + key);
      client.send(RawClient.publish(4, topic, 1, value(1)));
      assertThat(client.isClosed()).as("3.1.1 has no reason codes: the connection closes").isTrue();
    }
    assertThat(city.observations.calls).isEmpty();
  }

  @Test
  void inMqtt311ABrokenMessageClosesOnceAndIsAcknowledgedWhenItIsInQuarantineAlready() throws IOException {
    try (var client = client(4)) {
      client.send(RawClient.publish(4, TOPIC, 1, value(1)), RawClient.publish(4, TOPIC, 2, "{broken"),
          RawClient.publish(4, TOPIC, 3, value(3)));
      assertThat(client.read().id()).isEqualTo(1);
      assertThat(client.isClosed()).isTrue();
    }
    try (var again = client(4)) {
      again.send(RawClient.publish(4, TOPIC, 2, "{broken"), RawClient.publish(4, TOPIC, 3, value(3)));
      assertThat(again.read().id()).isEqualTo(2);
      assertThat(again.read().id()).isEqualTo(3);
    }
    assertThat(city.quarantine).containsOnly(TOPIC + ": sensorthings-json");
  }

  @Test
  void atQos0ABrokenMessageIsCountedAndKeptAndTheConnectionStays() throws IOException {
    try (var client = client(4)) {
      client.send(RawClient.publish(4, TOPIC, 0, "{broken"), RawClient.publish(4, TOPIC, 0, value(2)),
          RawClient.publish(4, TOPIC, 9, value(3)));
      assertThat(client.read().id()).isEqualTo(9);
    }
    assertThat(city.observations.stored).hasSize(2);
    assertThat(city.refused("sensorthings-json")).isEqualTo(1);
    assertThat(city.quarantine).hasSize(1);
  }

  @Test
  void whileTheStoreIsBusyNothingIsReadAndLaterAllIsStored() throws IOException {
    var busy = new AtomicBoolean(true);
    city.observations.before = some -> busy.get()
        ? CompletableFuture.failedFuture(SomeObservations.busy())
        : CompletableFuture.completedFuture(null);
    try (var client = client(4)) {
      for (int id = 1; id <= 100; id++) {
        client.send(RawClient.publish(4, TOPIC, id, value(id)));
      }
      await().until(() -> city.observations.calls.size() >= 3);
      busy.set(false);
      for (int id = 1; id <= 100; id++) {
        assertThat(client.read().id()).isEqualTo(id);
      }
    }
    assertThat(city.observations.stored).hasSize(100);
  }

  @Test
  void aStoreThatStaysBusyIsSaidHonestly() throws IOException {
    city.observations.before = some -> CompletableFuture.failedFuture(SomeObservations.busy());
    try (var client = client(5)) {
      client.send(RawClient.publish(5, TOPIC, 1, value(1)));
      var puback = client.read();
      assertThat(puback.at(2)).isEqualTo(0x97);
      assertThat(puback.text()).contains("busy");
    }
    try (var client = client(4)) {
      client.send(RawClient.publish(4, TOPIC, 1, value(1)));
      assertThat(client.isClosed()).isTrue();
    }
    try (var client = client(4)) {
      client.send(RawClient.publish(4, TOPIC, 0, value(1)));
      await().until(() -> city.refused("hub-busy") >= 3);
    }
    assertThat(city.quarantine).isEmpty();
  }

  @Test
  void aMistakeOfOursIsNeverASuccess() throws IOException {
    city.observations.before = some -> {
      throw new IllegalStateException("made for a test");
    };
    try (var client = client(5)) {
      client.send(RawClient.publish(5, TOPIC, 1, value(1)));
      assertThat(client.read().at(2)).isEqualTo(0x80);
    }
  }

  @Test
  void aMqtt5ClientThatSendsMoreThanItsReceiveMaximumIsCut() throws IOException {
    var never = new CompletableFuture<Void>();
    city.observations.before = some -> never;
    try (var client = client(5)) {
      for (int id = 1; id <= 21; id++) {
        client.send(RawClient.publish(5, TOPIC, id, value(id)));
      }
      assertThat(client.read()).satisfies(packet -> {
        assertThat(packet.type()).isEqualTo(14);
        assertThat(packet.at(0)).isEqualTo(0x93);
      });
    }
  }

  @Test
  void aMqtt311ClientWithTooManyMessagesUnderWayIsNotReadFrom() throws IOException {
    var commit = new CompletableFuture<Void>();
    var seen = new CopyOnWriteArrayList<NewObservation>();
    city.observations.before = some -> {
      seen.addAll(some);
      return commit;
    };
    try (var client = client(4)) {
      for (int id = 1; id <= 500; id++) {
        client.send(RawClient.publish(4, TOPIC, id, value(id)));
      }
      await().until(() -> seen.size() == 20);
      await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> seen.size() == 20);
      commit.complete(null);
      for (int id = 1; id <= 500; id++) {
        assertThat(client.read().id()).isEqualTo(id);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0x34, 0x9b", "0x33, 0x9a"})
  void qos2AndRetainAreRefusedInMqtt5(String head, String code) throws IOException {
    try (var client = client(5)) {
      client.send(RawClient.packet(Integer.decode(head), RawClient.utf(TOPIC), new byte[]{0, 1, 0},
          value(1).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      assertThat(client.read()).satisfies(packet -> assertThat(packet.at(0)).isEqualTo(Integer.decode(code)));
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void inMqtt311RetainIsPassedOverAndQos2Closes() throws IOException {
    try (var client = client(4)) {
      client.send(RawClient.packet(0x33, RawClient.utf(TOPIC), new byte[]{0, 1},
          value(1).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      assertThat(client.read().id()).isEqualTo(1);
      client.send(RawClient.packet(0x34, RawClient.utf(TOPIC), new byte[]{0, 2},
          value(1).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      assertThat(client.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"4", "5"})
  void aPacketThatIsTooLargeIsRefusedByItsLengthAlone(int version) throws IOException {
    try (var client = client(version)) {
      client.send(new byte[]{0x32, (byte) 0x81, (byte) 0x80, (byte) 0x80, 0x7F});
      if (version == 5) {
        assertThat(client.read()).satisfies(packet -> assertThat(packet.at(0)).isEqualTo(0x95));
      }
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void anObservationThatBringsEntitiesAlongIsCreatedAsOverHttp() throws IOException {
    var json = "{\"result\":1,\"FeatureOfInterest\":{\"name\":\"Neckar\"}}";
    try (var client = client(4)) {
      client.send(RawClient.publish(4, TOPIC, 1, value(1)), RawClient.publish(4, TOPIC, 2, json),
          RawClient.publish(4, TOPIC, 3, value(3)));
      for (int id = 1; id <= 3; id++) {
        assertThat(client.read().id()).isEqualTo(id);
      }
    }
    assertThat(city.created).containsExactly(json);
    assertThat(city.observations.stored).hasSize(2);
  }

  @Test
  void connectorsTakeTheirTopicsAndTheirProblemsBecomeReasons() throws IOException {
    var deliveries = new CopyOnWriteArrayList<MqttDelivery>();
    var handler = new MqttTopicHandler() {
      @Override
      public String topicFilter() {
        return "v3/+/devices/+/up";
      }

      @Override
      public CompletableFuture<?> handle(MqttDelivery delivery) {
        deliveries.add(delivery);
        return delivery.payload().length > 0
            ? CompletableFuture.completedFuture(null)
            : CompletableFuture.failedFuture(
                new CityProblem("empty-uplink", HttpStatus.UNPROCESSABLE_CONTENT, "The uplink is empty."));
      }
    };
    try (var town = OpenDoor.standard(handler); var client = new RawClient(town.port())) {
      client.signIn(5, "lorawan", OpenDoor.WRITE_KEY);
      client.send(RawClient.publish(5, "v3/parking@ttn/devices/bay-1/up", 1, "{}"),
          RawClient.publish(5, "ludwigsburg/v3/parking@ttn/devices/bay-2/up", 2, ""),
          RawClient.publish(5, "heilbronn/v3/parking@ttn/devices/bay-3/up", 3, "{}"));
      assertThat(client.read().body()).hasSize(2);
      assertThat(client.read().at(2)).isEqualTo(0x99);
      assertThat(client.read().at(2)).isEqualTo(0x87);
      assertThat(deliveries).extracting(MqttDelivery::topic)
          .containsExactlyInAnyOrderElementsOf(List.of("v3/parking@ttn/devices/bay-1/up",
              "v3/parking@ttn/devices/bay-2/up"));
      assertThat(town.quarantine).containsExactly("ludwigsburg/v3/parking@ttn/devices/bay-2/up: empty-uplink");
    }
  }
}
