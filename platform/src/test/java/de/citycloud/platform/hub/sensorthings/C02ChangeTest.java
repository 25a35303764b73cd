package de.citycloud.platform.hub.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conformance class create-update-delete: what PATCH, PUT, DELETE and $ref do. */
class C02ChangeTest extends SensorThingsWriting {
  @Override
  String slug() {
    return "c02-change";
  }

  @Test
  void patchReplacesWhatItNamesAndPutReplacesAll() {
    int thing = post("Things", THING).number();
    assertThat(patch("Things(" + thing + ")", "{\"name\": \"neu\"}").status()).isEqualTo(200);
    assertThat(value("select name || description || properties::text from thing where id = ?", thing))
        .isEqualTo("neuTiefgarage{\"kind\": \"parking\"}");
    assertThat(patch("Things(" + thing + ")", "{\"properties\": {\"a\": 1}}").status()).isEqualTo(200);
    assertThat(value("select properties from thing where id = ?", thing)).isEqualTo("{\"a\": 1}");
    assertThat(put("Things(" + thing + ")", "{\"name\": \"n\", \"description\": \"d\"}").status()).isEqualTo(200);
    assertThat(value("select properties from thing where id = ?", thing)).isEqualTo("null");
    assertThat(put("Things(" + thing + ")", "{\"name\": \"n\"}").status()).isEqualTo(400);
  }

  @Test
  void aJsonPatchChangesParts() {
    int thing = post("Things", THING).number();
    var answer = send("PATCH", "Things(" + thing + ")",
        """
        [{"op": "test", "path": "/name", "value": "Parkhaus Rathaus"},
         {"op": "add", "path": "/properties/capacity", "value": 250},
         {"op": "replace", "path": "/properties/kind", "value": "other"}]
        """.getBytes(java.nio.charset.StandardCharsets.UTF_8), "Content-Type", "application/json-patch+json");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(value("select properties from thing where id = ?", thing))
        .isEqualTo("{\"kind\": \"other\", \"capacity\": 250}");
    var refused = send("PATCH", "Things(" + thing + ")", """
                                                         [{"op": "replace", "path": "/properties/nichts", "value": 1}]
                                                         """.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        "Content-Type", "application/json-patch+json");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message()).contains("/0 names /properties/nichts");
  }

  @Test
  void aThingMovesByNamingItsLocations() {
    int thing = post("Things", THING).number();
    int here = post("Locations", LOCATION).number();
    int there = post("Locations", LOCATION).number();
    patch("Things(" + thing + ")", "{\"Locations\": [{\"@iot.id\": %d}]}".formatted(here));
    patch("Things(" + thing + ")", "{\"Locations\": [{\"@iot.id\": %d}]}".formatted(there));
    patch("Things(" + thing + ")", "{\"Locations\": [{\"@iot.id\": %d}]}".formatted(there));
    assertThat(value("select location_id from thing_location where thing_id = ?", thing)).isEqualTo(there + "");
    assertThat(count("historical_location where thing_id = ?", thing)).isEqualTo(2);
  }

  @Test
  void linksAreSetAndRemovedByReference() {
    int thing = post("Things", THING).number();
    int a = post("Locations", LOCATION).number();
    int b = post("Locations", LOCATION).number();
    var refs = "Things(" + thing + ")/Locations/$ref";
    assertThat(post(refs, "{\"@iot.id\": \"" + base() + "Locations(" + a + ")\"}").status()).isEqualTo(204);
    assertThat(post(refs, "{\"@odata.id\": \"Locations(" + b + ")\"}").status()).isEqualTo(204);
    assertThat(count("thing_location where thing_id = ?", thing)).isEqualTo(2);
    assertThat(delete("Things(" + thing + ")/Locations(" + a + ")/$ref").status()).isEqualTo(200);
    assertThat(delete(refs + "?$id=Locations(" + b + ")").status()).isEqualTo(200);
    assertThat(count("thing_location where thing_id = ?", thing)).isZero();
    assertThat(delete(refs + "?$id=Locations(" + b + ")").status()).isEqualTo(404);
    assertThat(delete(refs).status()).isEqualTo(400);
    assertThat(post(refs, "{\"@iot.id\": \"Sensors(1)\"}").status()).isEqualTo(400);
    assertThat(post(refs, "{\"@iot.id\": \"Locations(999999)\"}").status()).isEqualTo(404);
    int datastream = newDatastream();
    assertThat(put("Datastreams(" + datastream + ")/Thing/$ref", "{\"@iot.id\": \"Things(" + thing + ")\"}").status())
        .isEqualTo(204);
    assertThat(value("select thing_id from datastream where id = ?", datastream)).isEqualTo(thing + "");
  }

  @Test
  void anObservationWhoseTimeChangesIsStillFoundByItsOldId() {
    int datastream = newDatastream();
    var path = "Datastreams(" + datastream + ")/Observations";
    var early = post(path, observation("2026-06-01T00:00:00Z", "1")).id();
    post(path, observation("2026-06-01T01:00:00Z", "2")).id();
    assertThat(latest(datastream)).isEqualTo("2 2026-06-01 00:00:00+00 2026-06-01 01:00:00+00");

    var moved = patch("Observations(" + early + ")", "{\"phenomenonTime\": \"2026-06-01T02:00:00Z\"}");
    assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    assertThat(latest(datastream)).isEqualTo("1 2026-06-01 01:00:00+00 2026-06-01 02:00:00+00");
    patch("Observations(" + early + ")", "{\"phenomenonTime\": \"2026-06-01T00:30:00Z/PT2H\", \"result\": \"zu\"}");
    assertThat(latest(datastream)).isEqualTo("2 2026-06-01 00:30:00+00 2026-06-01 02:30:00+00");
    assertThat(delete("Observations(" + early + ")").status()).isEqualTo(200);
    assertThat(delete("Observations(" + early + ")").status()).isEqualTo(404);
    assertThat(latest(datastream)).isEqualTo("2 2026-06-01 01:00:00+00 2026-06-01 01:00:00+00");
  }

  @Test
  void patchKeepsAndPutForgetsWhatAnObservationHad() {
    int datastream = newDatastream();
    var id = post("Datastreams(" + datastream + ")/Observations",
        """
        {"phenomenonTime": "2026-06-01T00:00:00Z", "result": 1, "parameters": {"a": 1}, "resultTime": "2026-06-01T00:00:05Z"}
        """)
        .id();
    patch("Observations(" + id + ")", "{\"result\": 12345678901234567890123}");
    assertThat(value("select details from observation where datastream_id = ?", datastream))
        .isEqualTo("{\"result\": 12345678901234567890123, \"parameters\": {\"a\": 1}}");
    put("Observations(" + id + ")", observation("2026-06-01T00:00:00Z", "7"));
    assertThat(value(
        "select result || ' ' || (details is null) || (result_time is null) from observation where datastream_id = ?",
        datastream)).isEqualTo("7 truetrue");
    assertThat(latest(datastream)).startsWith("7 ");
  }

  @Test
  void theLastObservationDeletedLeavesNoNewestValue() {
    int datastream = newDatastream();
    var id = post("Datastreams(" + datastream + ")/Observations", "{\"result\": 1}").id();
    assertThat(delete("Observations(" + id + ")").status()).isEqualTo(200);
    assertThat(count("datastream_latest where datastream_id = ?", datastream)).isZero();
    assertThat(post("Datastreams(" + datastream + ")/Observations", "{\"result\": 1}").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
      "thing, Things, datastream observation historical_location, sensor observed_property location feature_of_interest",
      "location, Locations, historical_location, thing sensor observed_property datastream observation feature_of_interest",
      "sensor, Sensors, datastream observation, thing location historical_location observed_property feature_of_interest",
      "observed_property, ObservedProperties, datastream observation, thing location historical_location sensor feature_of_interest",
      "datastream, Datastreams, observation, thing location historical_location sensor observed_property feature_of_interest",
      "feature_of_interest, FeaturesOfInterest, observation, thing location historical_location sensor observed_property datastream",
      "historical_location, HistoricalLocations, '', thing location sensor observed_property datastream observation feature_of_interest"})
  void deleteTakesWhatCannotBeWithoutIt(String table, String set, String gone, String kept) {
    for (var each : "thing location sensor observed_property feature_of_interest".split(" ")) {
      de.citycloud.platform.municipality.CurrentMunicipality.run(municipality,
          () -> jdbc.sql("delete from " + each).update());
    }
    int datastream = newDatastream();
    post("Datastreams(" + datastream + ")/Observations", observation("2026-06-01T00:00:00Z", "1")).id();
    int id = Integer.parseInt(value("select min(id) from " + table));

    assertThat(delete(set + "(" + id + ")").status()).isEqualTo(200);
    assertThat(delete(set + "(" + id + ")").status()).isEqualTo(404);
    for (var each : (table + " " + gone).strip().split(" ")) {
      assertThat(count(each)).as(each).isZero();
    }
    for (var each : kept.split(" ")) {
      assertThat(count(each)).as(each).isOne();
    }
  }

  @Test
  void relatedEntitiesAreNotBroughtAlongByPatch() {
    int thing = post("Things", THING).number();
    int datastream = newDatastream(thing);
    assertThat(patch("Things(" + thing + ")", "{\"Locations\": [" + LOCATION + "]}").message())
        .contains("/Locations/0").contains("expected a reference");
    assertThat(patch("Datastreams(" + datastream + ")", "{\"Sensor\": " + SENSOR + "}").status()).isEqualTo(400);
    assertThat(patch("Datastreams(" + datastream + ")", "{\"Observations\": [{\"result\": 1}]}").status())
        .isEqualTo(400);
    assertThat(patch("Things(" + thing + ")", "{\"name\": null}").status()).isEqualTo(400);
    assertThat(patch("Things(999999)", "{\"name\": \"x\"}").status()).isEqualTo(404);
    assertThat(patch("Things(9223372036854775807)", "{\"name\": \"x\"}").status()).isEqualTo(404);
    assertThat(patch("Observations(9223372036854775807)", "{\"result\": 1}").status()).isEqualTo(404);
    assertThat(patch("Observations('1-999999999999999999-0')", "{\"result\": 1}").status()).isEqualTo(404);
    assertThat(patch("Things", "{\"name\": \"x\"}").status()).isEqualTo(405);
    assertThat(delete("Things").status()).isEqualTo(405);
    assertThat(delete("").status()).isIn(404, 405);
  }

  private String latest(int datastream) {
    return value(
        "select coalesce(result::text, details ->> 'result') || ' ' || first_time || ' ' || last_time from datastream_latest where datastream_id = ?",
        datastream).replaceAll("\\+0[12]", "+00");
  }
}
