package de.citycloud.platform.hub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import de.citycloud.platform.CityTest;
import de.citycloud.platform.identity.ApiKeys;
import de.citycloud.platform.identity.Scope;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * F6: one message in a hundred is poison. Every good one is stored, every bad one is refused to its sender with a
 * reason, and over MQTT kept in quarantine with it.
 */
class PoisonTest extends CityTest {
  private static final int MESSAGES = 2_000;
  private static final byte[][] POISON = {text("{\"result\": 5"), text("{\"result\": NaN}"),
      text("{\"result\": 1, \"phenomenonTime\": \"" + "9".repeat(900_000) + "\"}"),
      text("{\"result\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}"),
      {'{', '"', 'r', 'e', 's', 'u', 'l', 't', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'}, text("[]"), text(""),
      text("{\"result\": 1, \"phenomenonTime\": \"yesterday\"}"), text("\u0000"), text("{\"value\": 1}")};

  @Autowired
  private MqttDoor door;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private ApiKeys keys;
  @Autowired
  private JdbcClient jdbc;
  private Municipality town = new Municipality(0, "", "", 0, 0, false);
  private String key = "";
  private int datastream;

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @BeforeEach
  void aDatastreamOfItsOwn() {
    town = municipalities.ensure("poison-town", "Giftstadt", 9, 48, false);
    key = CurrentMunicipality.call(town, () -> keys.create("Gateway", Scope.WRITE, null));
    datastream = CurrentMunicipality.call(town, () -> {
      var some = new de.citycloud.platform.hub.page.SomePlaces(jdbc);
      return some.datastream(some.thing("Pegel", "{}", 9, 48), "Pegelstand", "cm", "{}");
    });
  }

  /** Numbers of good messages and, in between, poison: about one in a hundred, each kind at least once. */
  private static List<byte[]> messages(long seed) {
    var random = new Random(seed);
    var all = new ArrayList<byte[]>();
    for (int number = 0; number < MESSAGES; number++) {
      all.add(text("{\"result\": %d, \"phenomenonTime\": \"2026-06-01T00:00:00.%06dZ\"}".formatted(number, number)));
    }
    for (int i = 0; i < MESSAGES / 100; i++) {
      all.add(random.nextInt(all.size()), POISON[i % POISON.length]);
    }
    return all;
  }

  private static boolean isPoison(byte[] message) {
    return List.of(POISON).contains(message);
  }

  private void assertEveryGoodOneIsStored(long seed) {
    var stored = CurrentMunicipality.call(town,
        () -> jdbc.sql("select result::int from observation where datastream_id = ? order by 1").param(datastream)
            .query(Integer.class).list());
    assertThat(stored).as("seed %d", seed).hasSize(MESSAGES).doesNotHaveDuplicates();
  }

  @Test
  void overHttpEverySenderOfPoisonLearnsWhyAndAllGoodValuesAreStored() throws Exception {
    long seed = 6;
    try (var http = HttpClient.newHttpClient()) {
      var address = URI.create("http://127.0.0.1:%d/%s/sta/v1.1/Datastreams(%d)/Observations".formatted(port,
          town.slug(), datastream));
      var sent = new ArrayList<java.util.Map.Entry<byte[], java.util.concurrent.CompletableFuture<HttpResponse<String>>>>();
      for (var message : messages(seed)) {
        sent.add(java.util.Map.entry(message, http.sendAsync(HttpRequest.newBuilder(address).header("X-API-Key", key)
            .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(message)).build(),
            HttpResponse.BodyHandlers.ofString())));
        if (sent.size() % 32 == 0) {
          sent.getLast().getValue().join();
        }
      }
      for (var one : sent) {
        var answer = one.getValue().join();
        if (isPoison(one.getKey())) {
          assertThat(answer.statusCode()).as("seed %d: %s", seed, answer.body()).isBetween(400, 422);
          assertThat(answer.body()).as("seed %d", seed).contains("\"message\"").hasSizeLessThan(2_000);
        } else {
          assertThat(answer.statusCode()).as("seed %d: %s", seed, answer.body()).isEqualTo(201);
        }
      }
    }
    assertEveryGoodOneIsStored(seed);
  }

  @Test
  void overMqttPoisonIsInQuarantineWithItsReasonAndAllGoodValuesAreStored() throws Exception {
    long seed = 66;
    var before = quarantine();
    var client = MqttClient.builder().useMqttVersion5().identifier("poison").serverHost("127.0.0.1")
        .serverPort(door.port()).simpleAuth().username("key").password(text(key)).applySimpleAuth().buildBlocking();
    client.connect();
    int refused = 0;
    var topic = town.slug() + "/v1.1/Datastreams(" + datastream + ")/Observations";
    var sent = new ArrayList<java.util.Map.Entry<byte[], java.util.concurrent.CompletableFuture<?>>>();
    for (var message : messages(seed)) {
      sent.add(java.util.Map.entry(message,
          client.toAsync().publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(message).send()));
    }
    for (var one : sent) {
      try {
        one.getValue().join();
        assertThat(isPoison(one.getKey())).as("acknowledged as stored, seed %d", seed).isFalse();
      } catch (CompletionException e) {
        assertThat(isPoison(one.getKey())).as("refused, seed %d: %s", seed, e.getCause()).isTrue();
        assertThat(e.getCause()).isInstanceOfSatisfying(Mqtt5PubAckException.class,
            puback -> assertThat(puback.getMqttMessage().getReasonString()).as("seed %d", seed).isPresent());
        refused++;
      }
    }
    client.disconnect();
    assertThat(refused).isEqualTo(MESSAGES / 100);
    assertEveryGoodOneIsStored(seed);
    await().untilAsserted(() -> assertThat(quarantine() - before).as("each kind of poison once or more")
        .isGreaterThanOrEqualTo(POISON.length));
    assertThat(CurrentMunicipality.call(town,
        () -> jdbc.sql("select count(*) from mqtt_rejection where coalesce(reason, '') = ''").query(Integer.class)
            .single()))
        .isZero();
  }

  private int quarantine() {
    return CurrentMunicipality.call(town,
        () -> jdbc.sql("select count(*) from mqtt_rejection").query(Integer.class).single());
  }
}
