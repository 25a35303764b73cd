package de.citycloud.platform.hub.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.hub.EntityChanged;
import de.citycloud.platform.hub.EntityChanges;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Conformance class create-update-delete: what POST does. */
class C02CreateTest extends SensorThingsWriting {
  @Autowired
  private EntityChanges changes;

  @Override
  String slug() {
    return "c02-create";
  }

  @Test
  void everySetTakesAnEntityAndSaysWhereItIs() {
    int thing = post("Things", THING).number();
    int sensor = post("Sensors", SENSOR).number();
    int property = post("ObservedProperties", OBSERVED_PROPERTY).number();
    int location = post("Locations", LOCATION).number();
    int feature = post("FeaturesOfInterest", FEATURE).number();
    int datastream = post("Datastreams",
        datastream("""
                   "Thing": {"@iot.id": %d}, "Sensor": {"@iot.id": %d}, "ObservedProperty": {"@iot.id": %d}
                   """.formatted(thing, sensor, property))).number();
    var observation = post("Observations",
        """
        {"result": 5, "Datastream": {"@iot.id": %d}, "FeatureOfInterest": {"@iot.id": %d}}
        """.formatted(datastream, feature));
    int history = post("HistoricalLocations",
        """
        {"time": "2020-01-01T00:00:00+01:00", "Thing": {"@iot.id": %d}, "Locations": [{"@iot.id": %d}]}
        """.formatted(thing, location)).number();

    assertThat(observation.location()).startsWith(base() + "Observations(");
    assertThat(observation.json().path("@iot.selfLink").asString()).isEqualTo(observation.location());
    assertThat(value("select time from historical_location where id = ?", history)).startsWith("2019-12-31 23:00");
    assertThat(value("select extent::text || position::text from location where id = ?", location))
        .isEqualTo("(9.19,48.9),(9.19,48.9)(9.19,48.9)");
  }

  @Test
  void aDeepInsertMakesTheWholeTree() {
    var thing = post("Things",
        """
        {"name": "Station", "description": "Luft", "Locations": [%s], "Datastreams": [%s]}
        """.formatted(LOCATION,
            datastream("""
                       "Sensor": %s, "ObservedProperty": %s, "Observations": [%s, %s]
                       """.formatted(SENSOR, OBSERVED_PROPERTY, observation("2026-06-01T00:00:00Z", "5"),
                observation("2026-06-01T00:05:00Z", "7")))))
        .number();

    assertThat(count("observation o join datastream d on d.id = o.datastream_id where d.thing_id = ?", thing))
        .isEqualTo(2);
    assertThat(value(
        "select l.result from datastream_latest l join datastream d on d.id = l.datastream_id where d.thing_id = ?",
        thing))
        .isEqualTo("7");
    assertThat(count("historical_location where thing_id = ?", thing)).isOne();
    assertThat(
        count("feature_of_interest f join thing_location t on t.location_id = f.location_id where t.thing_id = ?",
            thing))
        .isOne();
  }

  @Test
  void aDeepInsertWithAMistakeLeavesNothing() {
    var answer = post("Things",
        """
        {"name": "halb", "description": "x", "Locations": [%s], "Datastreams": [%s]}
        """.formatted(LOCATION.replace("Rathaus", "halb"), datastream("\"Sensor\": " + SENSOR)));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).contains("/Datastreams/0/ObservedProperty is missing");
    assertThat(count("thing where name = 'halb'") + count("location where name = 'halb'")).isZero();
  }

  @Test
  void anObservationMayBringItsDatastreamAndFeature() {
    var answer = post("Observations",
        """
        {"result": 1, "FeatureOfInterest": %s, "Datastream": %s}
        """.formatted(FEATURE.replace("Einfahrt", "mitgebracht"), datastream("\"Thing\": " + THING + ", \"Sensor\": "
            + SENSOR + ", \"ObservedProperty\": " + OBSERVED_PROPERTY)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(count("observation o join feature_of_interest f on f.id = o.feature_id where f.name = 'mitgebracht'"))
        .isOne();
  }

  @Test
  void thePathNamesTheParent() {
    int thing = post("Things", THING).number();
    int datastream = newDatastream(thing);
    post("Things(" + thing + ")/Locations", LOCATION);
    post("Datastreams(" + datastream + ")/Thing/Datastreams",
        datastream("\"Sensor\": " + SENSOR + ", \"ObservedProperty\": " + OBSERVED_PROPERTY)).number();
    post("Datastreams(" + datastream + ")/Observations", observation("2026-06-01T00:00:00Z", "1")).id();

    assertThat(count("datastream where thing_id = ?", thing)).isEqualTo(2);
    assertThat(post("Things(999999)/Datastreams", datastream("")).status()).isEqualTo(404);
    assertThat(post("Datastreams(999999)/Observations", "{\"result\": 1}").status()).isEqualTo(404);
  }

  @Test
  void aFeatureIsMadeOnceForEachLocationAndHistoryKeepsItsPlace() {
    int thing = post("Things", THING).number();
    int first = post("Things(" + thing + ")/Locations", LOCATION).number();
    int a = newDatastream(thing);
    int b = newDatastream(thing);
    post("Datastreams(" + a + ")/Observations", observation("2026-06-01T00:00:00Z", "1")).id();
    post("Datastreams(" + b + ")/Observations", observation("2026-06-01T00:00:00Z", "1")).id();
    int second = post("Things(" + thing + ")/Locations", LOCATION.replace("9.19", "9.25")).number();
    post("Datastreams(" + a + ")/Observations", observation("2026-06-01T01:00:00Z", "2")).id();
    patch("Locations(" + second + ")", "{\"location\": {\"type\": \"Point\", \"coordinates\": [9.3, 48.9]}}");
    post("Datastreams(" + a + ")/Observations", observation("2026-06-01T02:00:00Z", "3")).id();

    assertThat(value("select count(distinct default_feature_id) from datastream where id in (?, ?)", a, b))
        .isEqualTo("1");
    var places = value(
        """
        select string_agg((f.feature -> 'coordinates' ->> 0), ' ' order by o.phenomenon_time)
        from observation o join datastream d on d.id = o.datastream_id
        join feature_of_interest f on f.id = coalesce(o.feature_id, d.default_feature_id) where o.datastream_id = ?
        """, a);
    assertThat(places).isEqualTo("9.19 9.25 9.3");
    assertThat(count("historical_location where thing_id = ?", thing)).isEqualTo(2);
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void withoutFeatureAndLocationAnObservationIsRefusedUntilTheThingHasAPlace() {
    int thing = post("Things", THING).number();
    int datastream = newDatastream(thing);
    var path = "Datastreams(" + datastream + ")/Observations";
    var refused = post(path, "{\"result\": 1}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.message()).contains("no Location");
    post("Things(" + thing + ")/Locations", LOCATION).number();
    assertThat(post(path, "{\"result\": 1}").status()).isEqualTo(201);
  }

  @Test
  void sentTwiceWithTheSameKeyItIsStoredOnce() {
    int datastream = newDatastream();
    var body = observation("2026-06-01T00:00:00Z", "1");
    var path = "Datastreams(" + datastream + ")/Observations";
    assertThat(post(path, body, "Idempotency-Key", "k1").id())
        .isEqualTo(post(path, body, "Idempotency-Key", "k1").id());
    assertThat(count("observation where datastream_id = ?", datastream)).isOne();
    assertThat(post(path, body, "Idempotency-Key", "x".repeat(201)).status()).isEqualTo(400);
  }

  @Test
  void changesAreToldAfterTheCommitAndMistakesAreNot() {
    var told = Collections.synchronizedList(new ArrayList<EntityChanged>());
    try (var subscription = changes.subscribe(told::add)) {
      int thing = post("Things", THING).number();
      post("Things", "{\"name\": \"x\"}");
      patch("Things(" + thing + ")", "{\"description\": \"neu\"}");
      delete("Things(" + thing + ")");
      assertThat(told).extracting(EntityChanged::kind).containsExactly(EntityChanged.Kind.CREATED,
          EntityChanged.Kind.CHANGED, EntityChanged.Kind.DELETED);
      assertThat(told.get(1).properties()).isEqualTo(Set.of("description"));
      assertThat(told).allMatch(change -> change.id() == thing && change.entitySet().equals("Things"));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                Things             | {"description": "x"}                         | 400 | /name is missing, expected a text
                                                                Things             | {"name": null, "description": "x"}           | 400 | /name is null
                                                                Things             | {"name": 5, "description": "x"}              | 400 | /name is 5, expected a text
                                                                Things             | {"name": "x", "description": "x", "properties": 5} | 400 | /properties is 5, expected an object
                                                                Things             | {"name": "x", "description": "x", "nmae": 5} | 400 | /nmae is no property of a Thing
                                                                Things             | {"name": "x", "description": "x", "Locations": {}} | 400 | /Locations is {}, expected a list
                                                                Things             | {"name": "x", "description": "x", "Locations": [5]} | 400 | /Locations/0 is 5
                                                                Things             | {"name": "x", "description": "x", "Locations": [{"@iot.id": 999999}]} | 422 | /Locations/0 names Locations(999999)
                                                                Things             | []                                           | 400 | no JSON object
                                                                Things             | {"name": "x", "description": "\\u0000"}      | 400 | U+0000
                                                                Things             | {                                            | 400 | cannot be read
                                                                Things(1)          | {}                                           | 405 | names one entity
                                                                Nothings           | {}                                           | 404 | Nothings
                                                                Locations          | {"name": "x", "description": "x", "encodingType": "application/geo+json", "location": {"type": "Point", "coordinates": [48.9, 199]}} | 400 | /location/coordinates is [48.9,199], expected a longitude
                                                                Locations          | {"name": "x", "description": "x", "encodingType": "application/geo+json", "location": {"type": "Pint", "coordinates": [48.9, 9]}} | 400 | /location/type is "Pint"
                                                                Locations          | {"name": "x", "description": "x", "encodingType": "application/geo+json", "location": {"type": "Polygon", "coordinates": [[[0,0],[1,1],[2,0],[0,1]]]}} | 400 | A ring must be closed
                                                                Locations          | {"name": "x", "description": "x", "encodingType": "application/geo+json", "location": 5} | 400 | /location/type
                                                                HistoricalLocations | {"time": "gestern", "Thing": {"@iot.id": 1}} | 400 | /time is "gestern"
                                                                Datastreams        | {"name": "x", "description": "x", "observationType": "x", "unitOfMeasurement": "m"} | 400 | /unitOfMeasurement is "m", expected an object
                                                                Observations       | {"result": 1}                                | 400 | /Datastream is missing
                                                                Observations       | {"result": NaN}                              | 400 | cannot be read
                                                                Observations       | {"result": 1, "Datastream": {"@iot.id": 999999}} | 404 | Datastream 999999
                                                                """)
  void wrongInputIsNamedWithValueExpectationAndPlace(String path, String body, int status, String message) {
    var answer = post(path, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.message()).contains(message);
    assertThat(answer.json().path("code").asInt()).isEqualTo(status);
  }

  @Test
  void hostileBodiesAreRefused() {
    assertThat(post("Things", "[".repeat(10_000)).status()).isEqualTo(400);
    assertThat(post("Things", "{\"name\": \"" + "x".repeat(1_100_000) + "\"}").status()).isEqualTo(400);
    assertThat(send("POST", "Things", "{\"name\": \"Köln\"}".getBytes(StandardCharsets.ISO_8859_1)).status())
        .isEqualTo(400);
    assertThat(send("POST", "Things", new byte[]{(byte) 0xff, (byte) 0xfe, 0, 1, 2}).status()).isEqualTo(400);
    assertThat(post("Things", "name=x", "Content-Type", "application/x-www-form-urlencoded").status()).isEqualTo(415);
    assertThat(post("Things", "").status()).isEqualTo(400);
    assertThat(post("Things", "{\"properties\": {\"a\": 1e99999}}").status()).isEqualTo(400);
  }

  @Test
  void aBodyThatIsTooLongIsRefusedBeforeItIsSent() throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write("""
                                     POST /%s/sta/v1.1/Things HTTP/1.1\r
                                     Host: localhost\r
                                     X-API-Key: %s\r
                                     Content-Type: application/json\r
                                     Content-Length: 20000001\r
                                     \r
                                     """.formatted(slug(), key).getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void withoutAKeyNothingIsWritten() {
    var mine = key;
    try {
      key = "none";
      assertThat(post("Things", THING).status()).isIn(401, 403);
    } finally {
      key = mine;
    }
  }

  @Test
  void anObservationWithoutTimeIsOfNow() {
    int datastream = newDatastream();
    post("Datastreams(" + datastream + ")/Observations", "{\"result\": 1}").id();
    var time = value(
        "select to_char(phenomenon_time at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from observation where datastream_id = ?",
        datastream);
    assertThat(Instant.parse(time)).isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(1));
  }
}
