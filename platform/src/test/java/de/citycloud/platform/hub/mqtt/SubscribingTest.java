package de.citycloud.platform.hub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.citycloud.platform.hub.EntityChanged;
import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.hub.Result;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class SubscribingTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private final OpenDoor city = OpenDoor.standard();

  @AfterEach
  void close() {
    city.close();
  }

  private void store(Municipality municipality, NewObservation... some) {
    CurrentMunicipality.call(municipality,
        () -> city.observations.record(List.of(some), Repeats.KEEP, null)).join();
  }

  private static String topic(RawClient.Packet publish) {
    return new String(publish.body(), 2, publish.at(0) << 8 | publish.at(1), StandardCharsets.UTF_8);
  }

  private static String payload(RawClient.Packet publish, int version) {
    int start = 2 + (publish.at(0) << 8 | publish.at(1)) + ((publish.head() & 6) == 0 ? 0 : 2) + (version == 5 ? 1 : 0);
    return new String(publish.body(), start, publish.body().length - start, StandardCharsets.UTF_8);
  }

  @Test
  void anybodyMaySubscribeToNewObservationsAndGetsThemAsHttpWritesThem() throws IOException {
    try (var client = new RawClient(city.port())) {
      client.signIn(4, "dashboard", null);
      client.send(RawClient.subscribe(4, 1, "ludwigsburg/v1.1/Datastreams(7)/Observations", 0));
      assertThat(client.read().body()).containsExactly(0, 1, 0);

      store(OpenDoor.LUDWIGSBURG, NewObservation.of(8, NOON, 1), NewObservation.of(7, NOON, 21.5));

      var publish = client.read();
      assertThat(topic(publish)).isEqualTo("ludwigsburg/v1.1/Datastreams(7)/Observations");
      assertThat(payload(publish, 4)).contains("\"result\":21.5", "\"phenomenonTime\":\"2026-06-01T12:00:00Z\"",
          "http://city.example/ludwigsburg/sta/v1.1/Observations(");
    }
  }

  @Test
  void selectedPropertiesComeAlone() throws IOException {
    try (var client = new RawClient(city.port())) {
      client.signIn(5, "dashboard", null);
      client.send(RawClient.subscribe(5, 1, "v1.1/Observations?$select=result,phenomenonTime", 0));
      client.read();
      store(OpenDoor.LUDWIGSBURG, new NewObservation(7, NOON, NOON.plusSeconds(60), null,
          new Result.Json(JsonNodeFactory.instance.stringNode("frei")), null, null));
      var publish = client.read();
      assertThat(topic(publish)).isEqualTo("v1.1/Observations?$select=result,phenomenonTime");
      assertThat(payload(publish, 5)).isEqualTo(
          "{\"phenomenonTime\":\"2026-06-01T12:00:00Z/2026-06-01T12:01:00Z\",\"result\":\"frei\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ludwigsburg/v1.1/#", "ludwigsburg/v1.1/+/Observations", "v1.1/+/+", "ludwigsburg/#"})
  void wildcardsWorkWithinOneMunicipality(String filter) throws IOException {
    try (var client = new RawClient(city.port())) {
      client.signIn(4, "dashboard", null);
      client.send(RawClient.subscribe(4, 1, filter, 1));
      assertThat(client.read().at(2)).isEqualTo(1);
      store(OpenDoor.HEILBRONN, NewObservation.of(7, NOON, 1));
      store(OpenDoor.LUDWIGSBURG, NewObservation.of(7, NOON, 2));
      var publish = client.read();
      assertThat(topic(publish)).endsWith("v1.1/Datastreams(7)/Observations");
      assertThat(payload(publish, 4)).contains("\"result\":2");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
                                          #                                         | none  | 8f | names no municipality
                                          +/v1.1/Observations                       | none  | 8f | names no municipality
                                          atlantis/v1.1/Observations                | none  | 8f | is not known here
                                          heilbronn/v1.1/Observations               | read  | 87 | the key to "ludwigsburg"
                                          $share/group/ludwigsburg/v1.1/Observations | none | 9e | Shared
                                          ludwigsburg/v1.1/Obser+ations             | none  | 8f | expected the wildcard alone
                                          ludwigsburg/v1.1/#/Observations           | none  | 8f | expected it last
                                          ludwigsburg/v1.1/Observations?$filter=1   | none  | 8f | is not known
                                          ludwigsburg/v1.1/Observations?$select=mood | none | 8f | no property of an Observation
                                          ludwigsburg/v1.1/Secrets                  | none  | 8f | is not known
                                          ludwigsburg/v2/Observations               | none  | 8f | is not known
                                          """)
  void otherFiltersAreRefusedWithAReason(String filter, String key, String code, String reason) throws IOException {
    var password = key.equals("none") ? null : OpenDoor.READ_KEY;
    try (var client = new RawClient(city.port())) {
      client.signIn(5, "dashboard", password);
      client.send(RawClient.subscribe(5, 1, filter, 0));
      var suback = client.read();
      assertThat(Integer.toHexString(suback.at(suback.body().length - 1))).isEqualTo(code);
      assertThat(suback.text()).contains(reason);
    }
    try (var client = new RawClient(city.port())) {
      client.signIn(4, "dashboard", password);
      client.send(RawClient.subscribe(4, 1, filter, 0));
      assertThat(client.read().at(2)).isEqualTo(0x80);
    }
  }

  @Test
  void whoUnsubscribesHearsNoMore() throws IOException {
    try (var client = new RawClient(city.port())) {
      client.signIn(4, "dashboard", null);
      client.send(RawClient.subscribe(4, 1, "v1.1/Observations", 0), RawClient.subscribe(4, 2, "v1.1/#", 0));
      client.read();
      client.read();
      client.send(RawClient.packet(0xA2, new byte[]{0, 3}, RawClient.utf("v1.1/Observations")));
      assertThat(client.read().type()).isEqualTo(11);
      store(OpenDoor.LUDWIGSBURG, NewObservation.of(7, NOON, 1));
      assertThat(topic(client.read())).isEqualTo("v1.1/Datastreams(7)/Observations");
      client.send(new byte[]{(byte) 0xC0, 0});
      assertThat(client.read().type()).as("nothing else came").isEqualTo(13);
    }
  }

  @Test
  void aConnectionHasNotMoreSubscriptionsThanAllowed() throws IOException {
    try (var client = new RawClient(city.port())) {
      client.signIn(5, "dashboard", null);
      for (int i = 1; i <= 10; i++) {
        client.send(RawClient.subscribe(5, i, "v1.1/Datastreams(" + i + ")/Observations", 0));
        assertThat(client.read().at(3)).isZero();
      }
      client.send(RawClient.subscribe(5, 11, "v1.1/Observations", 0));
      var suback = client.read();
      assertThat(suback.at(suback.body().length - 1)).isEqualTo(0x97);
    }
  }

  @Test
  void atQos1NotMoreIsUnderWayThanTheSubscriberWants() throws IOException {
    try (var client = new RawClient(city.port())) {
      client.send(RawClient.packet(0x10, RawClient.utf("MQTT"), new byte[]{5, 2, 0, 60, 3, 0x21, 0, 2},
          RawClient.utf("careful"))); // receive maximum 2
      client.read();
      client.send(RawClient.subscribe(5, 1, "v1.1/Observations", 1));
      client.read();
      var many = new NewObservation[10];
      for (int i = 0; i < many.length; i++) {
        many[i] = NewObservation.of(7, NOON.plusSeconds(i), i);
      }
      store(OpenDoor.LUDWIGSBURG, many);
      var results = new ArrayList<String>();
      for (int i = 0; i < many.length; i += 2) {
        var first = client.read();
        var second = client.read();
        client.send(new byte[]{(byte) 0xC0, 0});
        assertThat(client.read().type()).as("no third one before a PUBACK").isEqualTo(13);
        for (var publish : List.of(first, second)) {
          int at = 2 + (publish.at(0) << 8 | publish.at(1));
          results.add(payload(publish, 5).replaceAll(".*\"result\":(\\d+).*", "$1"));
          client.send(RawClient.packet(0x40, new byte[]{publish.body()[at], publish.body()[at + 1]}));
        }
      }
      assertThat(results).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }
  }

  @Test
  void changesOfEntitiesAreTold() throws IOException {
    try (var client = new RawClient(city.port())) {
      client.signIn(4, "dashboard", null);
      for (var filter : List.of("v1.1/Things(3)", "v1.1/Things(3)/description", "v1.1/+")) {
        client.send(RawClient.subscribe(4, 1, filter, 0));
        client.read();
      }
      city.live.changed(
          new EntityChanged(OpenDoor.LUDWIGSBURG, "Things", 4, EntityChanged.Kind.CHANGED, Set.of("name")));
      city.live.changed(
          new EntityChanged(OpenDoor.LUDWIGSBURG, "Things", 3, EntityChanged.Kind.CHANGED, Set.of("name")));
      assertThat(List.of(topic(client.read()), topic(client.read()), topic(client.read())))
          .containsExactlyInAnyOrder("v1.1/Things(3)", "v1.1/Things(3)", "v1.1/Things(4)");
    }
  }

  @Test
  void aSubscriberThatTakesNothingIsCutWhileOthersGetEverything() throws Exception {
    try (var town = new OpenDoor(OpenDoor.settings(20, Duration.ofSeconds(2)));
        var slow = new RawClient(town.port());
        var good = new RawClient(town.port())) {
      slow.socket.setReceiveBufferSize(4_096);
      for (var client : List.of(slow, good)) {
        client.signIn(4, client == slow ? "slow" : "good", null);
        client.send(RawClient.subscribe(4, 1, "v1.1/Observations", 0));
        client.read();
      }
      var received = new java.util.concurrent.atomic.AtomicInteger();
      var reader = Thread.startVirtualThread(() -> {
        try {
          while (true) {
            good.read();
            received.incrementAndGet();
          }
        } catch (IOException | AssertionError e) {
          // closed at the end of the test
        }
      });
      int sent = 0;
      while (town.sessions.count() == 2 && sent < 200_000) {
        var some = new NewObservation[200];
        for (int i = 0; i < some.length; i++) {
          some[i] = NewObservation.of(7, NOON.plusSeconds(sent++), i);
        }
        CurrentMunicipality
            .call(OpenDoor.LUDWIGSBURG, () -> town.observations.record(List.of(some), Repeats.KEEP, null)).join();
        int soFar = sent;
        await().pollInterval(Duration.ofMillis(2)).atMost(Duration.ofSeconds(20)).until(() -> received.get() == soFar);
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> town.sessions.count() == 1);
      assertThat(received).hasValue(sent);
      assertThat(town.sessions.outgoingBytes.get()).as("nothing is still counted as waiting").isZero();
      good.close();
      reader.join();
    }
  }

  @Test
  void aSubscriberThatTakesAlmostNothingIsCutAfterAWhile() throws Exception {
    try (var town = new OpenDoor(OpenDoor.settings(20, Duration.ofSeconds(1))); var slow = new RawClient(town.port())) {
      slow.send(RawClient.packet(0x10, RawClient.utf("MQTT"), new byte[]{5, 2, 0, 60, 3, 0x21, 0, 1},
          RawClient.utf("lazy")));
      slow.read();
      slow.send(RawClient.subscribe(5, 1, "v1.1/Observations", 1));
      slow.read();
      for (int i = 0; i < 3; i++) { // the first one is never acknowledged
        CurrentMunicipality.call(OpenDoor.LUDWIGSBURG,
            () -> town.observations.record(List.of(NewObservation.of(7, NOON, 1)), Repeats.KEEP, null)).join();
      }
      assertThat(slow.read().type()).isEqualTo(3);
      assertThat(slow.read()).satisfies(packet -> {
        assertThat(packet.type()).isEqualTo(14);
        assertThat(packet.at(0)).isEqualTo(0x97);
      });
    }
  }
}
