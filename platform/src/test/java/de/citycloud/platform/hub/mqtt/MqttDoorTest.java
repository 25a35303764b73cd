package de.citycloud.platform.hub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import de.citycloud.platform.CityTest;
import de.citycloud.platform.hub.EntityChanged;
import de.citycloud.platform.hub.EntityChanges;
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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The door in the whole program, with the real store behind it and a foreign client in front. */
class MqttDoorTest extends CityTest {
  @Autowired
  private MqttDoor door;
  @Autowired
  private de.citycloud.platform.hub.Sources sources;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private ApiKeys keys;
  @Autowired
  private JdbcClient jdbc;
  @Autowired
  private JdbcRejections rejections;
  @Autowired
  private EntityChanges changes;
  private Municipality town = new Municipality(1, "none", "", 0, 0, false);
  private String key = "";
  private int datastream;

  @BeforeEach
  void ensureTown() {
    town = municipalities.ensure("mqtt-town", "MQTT-Stadt", 9, 48, false);
    key = CurrentMunicipality.call(town, () -> keys.create("Gateway", Scope.WRITE, null));
    datastream = CurrentMunicipality.call(town, () -> jdbc
        .sql("""
             with t as (insert into thing (municipality_id, name, description) values (:m, 'Pegel', '') returning id),
             l as (insert into location (municipality_id, name, description, encoding_type, location, extent, position)
               values (:m, 'Steg', '', 'application/geo+json', '{}', box(point(9, 48), point(9, 48)), point(9, 48))
               returning id),
             tl as (insert into thing_location select :m, t.id, l.id from t, l),
             s as (insert into sensor (municipality_id, name, description, encoding_type, metadata)
               values (:m, 'Sonde', '', 'text/plain', '""') returning id),
             p as (insert into observed_property (municipality_id, name, definition, description)
               values (:m, 'Pegelstand', 'https://example.org/level', '') returning id)
             insert into datastream (municipality_id, thing_id, sensor_id, observed_property_id, name, description,
               observation_type, unit)
             select :m, t.id, s.id, p.id, 'Pegel', '', 'OM_Measurement', '{}' from t, s, p returning id
             """).param("m", town.id()).query(Integer.class).single());
  }

  private int stored() {
    return CurrentMunicipality.call(town, () -> jdbc.sql("select count(*) from observation where datastream_id = ?")
        .param(datastream).query(Integer.class).single());
  }

  private Mqtt5BlockingClient client5(String id, String password) {
    return MqttClient.builder().useMqttVersion5().identifier(id).serverHost("127.0.0.1").serverPort(door.port())
        .simpleAuth().username("key").password(password.getBytes(StandardCharsets.UTF_8)).applySimpleAuth()
        .buildBlocking();
  }

  private Mqtt3BlockingClient client3(String id) {
    return MqttClient.builder().useMqttVersion3().identifier(id).serverHost("127.0.0.1").serverPort(door.port())
        .simpleAuth().username("key").password(key.getBytes(StandardCharsets.UTF_8)).applySimpleAuth()
        .buildBlocking();
  }

  private String topic() {
    return town.slug() + "/v1.1/Datastreams(" + datastream + ")/Observations";
  }

  @Test
  void anObservationPublishedWithMqtt5IsStoredAndReachesASubscriberWithMqtt311() throws InterruptedException {
    var gateway = client5("gateway", key);
    var dashboard = client3("dashboard");
    var connack = gateway.connect();
    assertThat(connack.isSessionPresent()).isFalse();
    dashboard.connect();
    try (var publishes = dashboard.publishes(MqttGlobalPublishFilter.ALL)) {
      dashboard.subscribeWith().topicFilter(topic()).qos(MqttQos.AT_LEAST_ONCE).send();
      gateway.publishWith().topic("v1.1/Observations").qos(MqttQos.AT_LEAST_ONCE)
          .payload("{\"result\":1.25,\"Datastream\":{\"@iot.id\":%d}}".formatted(datastream)
              .getBytes(StandardCharsets.UTF_8))
          .send();
      assertThat(stored()).isOne();
      assertThat(publishes.receive(20, TimeUnit.SECONDS)).hasValueSatisfying(
          message -> assertThat(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8))
              .contains("\"result\":1.25"));
    } finally {
      gateway.disconnect();
      dashboard.disconnect();
    }
  }

  @Test
  void anObservationOfAnUnknownDatastreamIsRefusedWithAReason() {
    var gateway = client5("gateway-2", key);
    gateway.connect();
    var puback = gateway.toAsync().publishWith().topic("v1.1/Datastreams(999999)/Observations")
        .qos(MqttQos.AT_LEAST_ONCE).payload("{\"result\":1}".getBytes(StandardCharsets.UTF_8)).send();
    assertThatThrownBy(puback::join).hasRootCauseInstanceOf(
        com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException.class).rootCause()
        .satisfies(failure -> assertThat(
            ((com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException) failure).getMqttMessage().getReasonCode())
            .isEqualTo(Mqtt5PubAckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR));
    gateway.disconnect();
  }

  @Test
  void withoutAnyPlaceAnObservationIsRefusedAsOverHttp() throws Exception {
    int placeless = CurrentMunicipality.call(town,
        () -> jdbc.sql("""
                       with t as (insert into thing (municipality_id, name, description) values (:m, 'Irgendwo', '')
                         returning id)
                       insert into datastream (municipality_id, thing_id, sensor_id, observed_property_id, name,
                         description, observation_type, unit)
                       select :m, t.id, d.sensor_id, d.observed_property_id, 'Irgendwas', '', 'OM_Measurement', '{}'
                       from t, datastream d where d.id = :d returning id
                       """).param("m", town.id()).param("d", datastream).query(Integer.class).single());
    var http = java.net.http.HttpClient.newHttpClient().send(java.net.http.HttpRequest
        .newBuilder(java.net.URI.create("http://127.0.0.1:%d/%s/sta/v1.1/Datastreams(%d)/Observations".formatted(port,
            town.slug(), placeless)))
        .header("X-API-Key", key).header("Content-Type", "application/json")
        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"result\":1}")).build(),
        java.net.http.HttpResponse.BodyHandlers.ofString());
    assertThat(http.statusCode()).isEqualTo(409);
    var gateway = client5("gateway-placeless", key);
    gateway.connect();
    for (int i = 0; i < 3; i++) {
      var puback = gateway.toAsync().publishWith().topic("v1.1/Datastreams(%d)/Observations".formatted(placeless))
          .qos(MqttQos.AT_LEAST_ONCE).payload("{\"result\":%d}".formatted(i).getBytes(StandardCharsets.UTF_8)).send();
      assertThatThrownBy(puback::join).rootCause().hasMessageContaining("PUBACK").satisfies(failure -> assertThat(
          ((com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException) failure).getMqttMessage().getReasonString()
              .map(Object::toString).orElse(""))
          .contains("FeatureOfInterest"));
    }
    gateway.publishWith().topic(topic()).qos(MqttQos.AT_LEAST_ONCE)
        .payload("{\"result\":7}".getBytes(StandardCharsets.UTF_8)).send();
    gateway.disconnect();
    assertThat(CurrentMunicipality.call(town,
        () -> jdbc.sql("select count(*) from observation where datastream_id = ?").param(placeless)
            .query(Integer.class).single()))
        .isZero();
    assertThat(stored()).isOne();
  }

  /** From the message as The Things Stack publishes it to what SensorThings answers. */
  @Test
  void anUplinkOfTheThingsStackBecomesAThingWithValues() throws Exception {
    CurrentMunicipality.run(town, () -> sources.register(
        de.citycloud.platform.hub.NewSource.pushed("stadtklima", "tts", "LoRaWAN Stadtklima")));
    var gateway = client5("the-things-stack", key);
    gateway.connect();
    for (int frame = 0; frame < 3; frame++) {
      gateway.publishWith().topic("v3/stadtklima@ttn/devices/klima-7/up").qos(MqttQos.AT_LEAST_ONCE)
          .payload("""
                   {"end_device_ids":{"device_id":"klima-7","dev_eui":"70B3D57ED0000007",
                    "application_ids":{"application_id":"stadtklima"}},
                    "uplink_message":{"f_port":2,%s"frm_payload":"AQI=","decoded_payload":{"temperature":%d.5},
                    "received_at":"2026-06-01T12:0%d:00Z"}}
                   """.formatted(frame == 0 ? "" : "\"f_cnt\":" + frame + ",", 20 + frame, frame)
              .getBytes(StandardCharsets.UTF_8))
          .send();
    }
    gateway.disconnect();
    var address = "http://127.0.0.1:%d/%s/sta/v1.1/Observations?$filter=".formatted(port, town.slug())
        + java.net.URLEncoder.encode(
            "Datastream/Thing/name eq 'klima-7' and Datastream/properties/role eq 'temperature'",
            StandardCharsets.UTF_8)
        + "&$orderby=phenomenonTime&$select=result,phenomenonTime";
    var answer = JsonMapper.shared().readTree(java.net.http.HttpClient.newHttpClient()
        .send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(address)).build(),
            java.net.http.HttpResponse.BodyHandlers.ofString())
        .body());
    assertThat(answer.path("value").valueStream().map(value -> value.path("result").asDouble())).as(answer.toString())
        .containsExactly(20.5, 21.5, 22.5);
  }

  @Test
  void aSubscriberGetsExactlyWhatHttpAnswers() throws Exception {
    var gateway = client5("gateway-3", key);
    var dashboard = client3("dashboard-3");
    gateway.connect();
    dashboard.connect();
    try (var publishes = dashboard.publishes(MqttGlobalPublishFilter.ALL)) {
      dashboard.subscribeWith().topicFilter(topic()).qos(MqttQos.AT_LEAST_ONCE).send();
      for (var json : List.of("{\"result\":21}", "{\"result\":21.5,\"phenomenonTime\":\"2026-06-01T12:00:00Z/PT5M\"}",
          "{\"result\":{\"a\":[1,\"ä\"]},\"resultTime\":\"2026-06-01T12:00:01.5Z\",\"parameters\":{\"p\":1},"
              + "\"validTime\":\"2026-06-01T12:00:00Z/2026-06-02T12:00:00Z\",\"resultQuality\":\"good\"}")) {
        gateway.publishWith().topic(topic()).qos(MqttQos.AT_LEAST_ONCE).payload(json.getBytes(StandardCharsets.UTF_8))
            .send();
        var told = JsonMapper.shared()
            .readTree(publishes.receive(20, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes());
        var self = told.get("@iot.selfLink").stringValue();
        try (var http = HttpClient.newHttpClient()) {
          var answer = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + self.substring(
              self.indexOf("/" + town.slug())).replace("'", "%27"))).build(), HttpResponse.BodyHandlers.ofString());
          assertThat(answer.statusCode()).as(self).isEqualTo(200);
          assertThat(unquoted(told)).isEqualTo(unquoted(JsonMapper.shared().readTree(answer.body())));
        }
      }
    } finally {
      gateway.disconnect();
      dashboard.disconnect();
    }
  }

  /** Ids may stand in addresses with or without quotes. */
  private static String unquoted(JsonNode entity) {
    return entity.toString().replace("('", "(").replace("')", ")");
  }

  @Test
  void aChangedEntityIsToldWholeOrInParts() throws Exception {
    int thing = CurrentMunicipality.call(town, () -> jdbc.sql("select thing_id from datastream where id = ?")
        .param(datastream).query(Integer.class).single());
    var dashboard = client3("dashboard-4");
    dashboard.connect();
    try (var publishes = dashboard.publishes(MqttGlobalPublishFilter.ALL)) {
      for (var path : List.of("Things(" + thing + ")", "Things(" + thing + ")/name",
          "Things(" + thing + ")/Datastreams?$select=name")) {
        dashboard.subscribeWith().topicFilter(town.slug() + "/v1.1/" + path).qos(MqttQos.AT_LEAST_ONCE).send();
      }
      changes.publish(new EntityChanged(town, "Things", thing, EntityChanged.Kind.CHANGED, Set.of("name")));
      changes.publish(new EntityChanged(town, "Datastreams", datastream, EntityChanged.Kind.CHANGED, Set.of("name")));
      changes.publish(new EntityChanged(town, "Datastreams", 999_999, EntityChanged.Kind.CHANGED, Set.of("name")));
      var told = new ArrayList<String>();
      for (int i = 0; i < 3; i++) {
        var message = publishes.receive(20, TimeUnit.SECONDS).orElseThrow();
        told.add(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8));
      }
      assertThat(told).anySatisfy(whole -> assertThat(whole).contains("@iot.selfLink", "\"description\""))
          .filteredOn(part -> part.equals("{\"name\":\"Pegel\"}")).hasSize(2);
    } finally {
      dashboard.disconnect();
    }
  }

  @Test
  void aBrokenMessageIsInQuarantineWithItsReason() throws Exception {
    try (var client = new RawClient(door.port())) {
      client.signIn(5, "breaks", key);
      for (int id = 1; id <= 2; id++) {
        client.send(RawClient.publish(5, topic(), id, "{\"result\":NaN}"));
        assertThat(client.read().at(2)).isEqualTo(0x99);
      }
    }
    assertThat(CurrentMunicipality.call(town, rejections::list)).filteredOn(kept -> kept.topic().equals(topic()))
        .singleElement().satisfies(kept -> {
          assertThat(kept.sender()).isEqualTo("Gateway / breaks");
          assertThat(kept.reason()).contains("NaN");
          assertThat(kept.timesSeen()).isEqualTo(2);
        });
  }

  @Test
  void aRevokedOrInventedKeyOpensNothing() {
    assertThatThrownBy(() -> client5("thief", "scc_1_" + "a".repeat(32)).connect())
        .isInstanceOf(Mqtt5ConnAckException.class);
  }

  @Test
  void aConnectionCutInABurstLosesNothingThatWasAcknowledged() throws Exception {
    int acknowledged = 0;
    try (var client = new RawClient(door.port())) {
      client.signIn(4, "burst", key);
      for (int id = 1; id <= 2_000; id++) {
        client.send(RawClient.publish(4, topic(), id, "{\"result\":" + id + "}"));
      }
      for (; acknowledged < 500; acknowledged++) {
        client.read();
      }
      client.socket.setSoLinger(true, 0);
    }
    assertThat(stored()).isGreaterThanOrEqualTo(acknowledged);
  }
}
