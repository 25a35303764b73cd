package de.citycloud.platform.hub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
  private final OpenDoor city = OpenDoor.standard();

  @AfterEach
  void close() {
    city.close();
  }

  @ParameterizedTest
  @CsvSource({"4, 0", "5, 0"})
  void aKeyOpensTheDoor(int version, int code) throws IOException {
    try (var client = new RawClient(city.port())) {
      assertThat(client.signIn(version, "gateway", OpenDoor.WRITE_KEY)).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "5, 134"})
  void aWrongKeyIsRefusedWithItsCodeAndTheConnectionCloses(int version, int code) throws IOException {
    try (var client = new RawClient(city.port())) {
      assertThat(client.signIn(version, "gateway", "scc_1_guessed")).isEqualTo(code);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void nothingThatWasSentBehindAWrongKeyIsLookedAt() throws IOException {
    try (var client = new RawClient(city.port())) {
      client.send(RawClient.connect(4, "gateway", "scc_1_guessed", 60),
          RawClient.publish(4, "v1.1/Observations", 1, "{\"result\":1,\"Datastream\":{\"@iot.id\":1}}"));
      client.read();
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(city.observations.calls).isEmpty();
  }

  @Test
  void whatWasSentTogetherWithCONNECTIsStoredOnceSignedIn() throws IOException {
    try (var client = new RawClient(city.port())) {
      client.send(RawClient.connect(4, "gateway", OpenDoor.WRITE_KEY, 60),
          RawClient.publish(4, "v1.1/Observations", 7, "{\"result\":1,\"Datastream\":{\"@iot.id\":1}}"));
      assertThat(client.read()).extracting(RawClient.Packet::type).isEqualTo(2);
      assertThat(client.read()).satisfies(puback -> {
        assertThat(puback.type()).isEqualTo(4);
        assertThat(puback.id()).isEqualTo(7);
      });
    }
  }

  @Test
  void theSessionIsNeverPresentAndMqtt5LearnsWhatIsOffered() throws IOException {
    try (var client = new RawClient(city.port())) {
      client.send(RawClient.packet(0x10, RawClient.utf("MQTT"), new byte[]{5, 0, 0, 60, 5, 0x11, 0, 0, 1, 0},
          RawClient.utf("subscriber")));
      var connack = client.read();
      assertThat(connack.at(0)).as("session present").isZero();
      assertThat(connack.body()).containsSequence(0x11, 0, 0, 0, 0) // session expiry 0
          .containsSequence(0x21, 0, 20) // receive maximum
          .containsSequence(0x24, 1) // maximum QoS
          .containsSequence(0x25, 0) // retain available
          .containsSequence(0x27, 0, 0x10, 0, 0); // maximum packet size
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 99})
  void anotherVersionOfMqttIsRefused(int version) throws IOException {
    try (var client = new RawClient(city.port())) {
      assertThat(client.signIn(version, "gateway", null)).isEqualTo(1);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void theFirstPacketMustBeCONNECT() throws IOException {
    try (var client = new RawClient(city.port())) {
      client.send(new byte[]{(byte) 0xC0, 0});
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void aSecondCONNECTEndsTheConnection() throws IOException {
    try (var client = new RawClient(city.port())) {
      client.signIn(5, "gateway", OpenDoor.WRITE_KEY);
      client.send(RawClient.connect(5, "gateway", OpenDoor.WRITE_KEY, 60));
      assertThat(client.read()).satisfies(packet -> assertThat(packet.at(0)).isEqualTo(0x82));
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void whoTakesTheSameClientIdTakesOver() throws IOException {
    try (var first = new RawClient(city.port());
        var second = new RawClient(city.port());
        var ofOtherTown = new RawClient(city.port());
        var stranger = new RawClient(city.port())) {
      first.signIn(5, "gateway", OpenDoor.WRITE_KEY);
      ofOtherTown.signIn(5, "gateway", OpenDoor.OTHER_KEY);
      stranger.signIn(5, "gateway", null);
      second.signIn(5, "gateway", OpenDoor.WRITE_KEY);

      assertThat(first.read()).satisfies(packet -> assertThat(packet.at(0)).isEqualTo(0x8E));
      assertThat(first.isClosed()).isTrue();
      for (var other : new RawClient[]{second, ofOtherTown, stranger}) {
        other.send(new byte[]{(byte) 0xC0, 0});
        assertThat(other.read()).extracting(RawClient.Packet::type).isEqualTo(13);
      }
    }
  }

  @Test
  void whoNeverSaysCONNECTIsCut() throws IOException {
    try (var client = new RawClient(city.port())) {
      client.send(new byte[]{0x10});
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void whoStaysSilentForMoreThanTheKeepAliveIsCut() throws IOException {
    try (var client = new RawClient(city.port())) {
      client.send(RawClient.connect(5, "silent", null, 1));
      assertThat(client.read()).extracting(RawClient.Packet::type).isEqualTo(2);
      assertThat(client.read()).satisfies(packet -> assertThat(packet.at(0)).isEqualTo(0x8D));
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void thereAreNotMoreConnectionsThanAllowed() throws IOException {
    var all = new RawClient[200];
    for (int i = 0; i < all.length; i++) {
      all[i] = new RawClient(city.port());
      assertThat(all[i].signIn(4, "c" + i, null)).isZero();
    }
    try (var tooMany = new RawClient(city.port())) {
      assertThat(tooMany.signIn(4, "last", null)).isEqualTo(-1);
    }
    for (var client : all) {
      client.close();
    }
  }

  @Test
  void aKeyThatIsRevokedEndsItsConnections() throws IOException {
    try (var gateway = new RawClient(city.port()); var other = new RawClient(city.port())) {
      gateway.signIn(5, "gateway", OpenDoor.WRITE_KEY);
      other.signIn(5, "other", OpenDoor.READ_KEY);
      city.writeKeyRevoked = true;
      city.door.checkKeys();
      assertThat(gateway.read().at(0)).isEqualTo(0x87);
      assertThat(gateway.isClosed()).isTrue();
      other.send(new byte[]{(byte) 0xC0, 0});
      assertThat(other.read().type()).isEqualTo(13);
    }
  }

  @Test
  void onStoppingClientsAreToldSo() throws IOException {
    try (var client = new RawClient(city.port())) {
      client.signIn(5, "gateway", null);
      city.door.stop();
      assertThat(client.read()).satisfies(packet -> {
        assertThat(packet.type()).isEqualTo(14);
        assertThat(packet.at(0)).isEqualTo(0x8B);
      });
      assertThat(client.isClosed()).isTrue();
    }
  }
}
