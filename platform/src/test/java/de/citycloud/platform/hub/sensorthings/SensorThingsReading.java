package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small city to read from, the same for all reading tests:
 *
 * <pre>
 *   1 Rathaushof   (9.190 48.890)  parking  ── 11 free (spaces)   4 values at 10:00, 10:05, 10:10 and one text at 10:15
 *                                           ── 12 state           "open", and one from 11:00 to 12:00
 *   2 Marktplatz   (9.195 48.895)  air      ── 21 NO2 (µg/m³)     3 values
 *   3 Neckarbrücke (line)          –        ── 31 level (cm)      nothing yet
 *   4 Lager        no location
 * </pre>
 */
abstract class SensorThingsReading extends CityTest {
  static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String SLUG = "sta-read";

  @Autowired
  JdbcClient jdbc;
  @Autowired
  private Municipalities municipalities;
  Municipality town = new Municipality(0, "", "", 0, 0, false);

  @BeforeEach
  void settle() {
    town = municipalities.ensure(SLUG, "Lesestadt", 9.19, 48.89, false);
    CurrentMunicipality.run(town, () -> {
      if (jdbc.sql("select count(*) from thing").query(Integer.class).single() == 0) {
        fill();
      }
    });
  }

  private void fill() {
    thing(1, "Rathaushof", "Tiefgarage O'Neill", "{\"kind\":\"parking\",\"capacity\":120,\"open\":true}");
    thing(2, "Marktplatz", "Luftmessung", "{\"kind\":\"air\",\"capacity\":null,\"tags\":[\"a\",\"b\"]}");
    thing(3, "Neckarbrücke", "Pegel", null);
    thing(4, "Lager", "", "{\"kind\":\"other\"}");
    location(1, 1, "Point", "[9.190,48.890]", "(9.190,48.890),(9.190,48.890)");
    location(2, 2, "Point", "[9.195,48.895]", "(9.195,48.895),(9.195,48.895)");
    location(3, 3, "LineString", "[[9.18,48.90],[9.20,48.91]]", "(9.20,48.91),(9.18,48.90)");
    run("insert into historical_location (municipality_id, id, thing_id, time) values (:m, 1, 1, '2026-06-01T00:00:00Z')");
    run("insert into historical_location_location values (:m, 1, 1)");
    run("insert into sensor values (:m, 1, 'Schleife', 'Induktionsschleife', 'application/pdf', '\"https://example.org/a.pdf\"', null)");
    for (var property : List.of("1,Freie Plätze", "2,Zustand", "3,NO2", "4,Pegel")) {
      var parts = property.split(",");
      run("insert into observed_property values (:m, %s, '%s', 'https://example.org/%s', '', null)".formatted(parts[0],
          parts[1], parts[0]));
    }
    run("""
        insert into feature_of_interest (municipality_id, id, name, description, encoding_type, feature, extent, position)
        values (:m, 1, 'Hof', '', 'application/geo+json', '{"type":"Point","coordinates":[9.19,48.89]}',
          '(9.19,48.89),(9.19,48.89)', '(9.19,48.89)'), (:m, 2, 'Ecke', '', 'application/geo+json',
          '{"type":"Point","coordinates":[9.3,48.8]}', '(9.3,48.8),(9.3,48.8)', '(9.3,48.8)')""");
    datastream(11, 1, 1, "frei", "{\"name\":\"Plätze\",\"symbol\":\"1\",\"definition\":null}", "{\"role\":\"free\"}",
        1);
    datastream(12, 1, 2, "zustand", "{\"name\":null,\"symbol\":null,\"definition\":null}", "{\"role\":\"state\"}", 1);
    datastream(21, 2, 3, "no2", "{\"name\":\"µg/m³\",\"symbol\":\"ug/m3\",\"definition\":\"ucum\"}", null, null);
    datastream(31, 3, 4, "pegel", "{\"name\":\"cm\",\"symbol\":\"cm\",\"definition\":\"ucum\"}", null, null);
    observation(11, "10:00", "10", null, null);
    observation(11, "10:05", "21.5", null, null);
    observation(11, "10:10", "33", 2, "{\"parameters\":{\"operator\":\"Ada\"},\"resultQuality\":\"good\"}");
    observation(11, "10:15", null, null, "{\"result\":\"closed\"}");
    observation(12, "10:00", null, null, "{\"result\":\"open\"}");
    observation(12, "11:00", null, null, "{\"result\":{\"door\":\"left\",\"level\":2},\"end\":1780315200000000,"
        + "\"validTime\":\"2026-06-01T11:00:00Z/2026-06-01T13:00:00Z\"}");
    observation(21, "10:00", "17", null, null);
    observation(21, "10:05", "18", null, null);
    observation(21, "10:10", "-3", null, null);
    run("""
        insert into datastream_latest (municipality_id, datastream_id, phenomenon_time, result, result_time, feature_id,
          details, seq, first_time, last_time, first_result_time, last_result_time)
        select distinct on (datastream_id) municipality_id, datastream_id, phenomenon_time, result, result_time, feature_id,
          details, seq, min(phenomenon_time) over w, max(phenomenon_time) over w, min(phenomenon_time) over w,
          max(phenomenon_time) over w
        from observation where municipality_id = :m window w as (partition by datastream_id)
        order by datastream_id, phenomenon_time desc""");
  }

  private void run(String sql) {
    jdbc.sql(sql.replace(":m", Integer.toString(town.id()))).update();
  }

  private void thing(int id, String name, String description, @org.jspecify.annotations.Nullable String properties) {
    jdbc.sql("insert into thing values (?, ?, ?, ?, ?::jsonb)").param(town.id()).param(id).param(name)
        .param(description)
        .param(properties).update();
  }

  private void location(int id, int thing, String type, String coordinates, String extent) {
    jdbc.sql("""
             insert into location (municipality_id, id, name, description, encoding_type, location, extent, position)
             values (?, ?, ?, '', 'application/geo+json', ?::jsonb, ?::box, center(?::box))
             """).param(town.id()).param(id).param("Ort " + id)
        .param("{\"type\":\"%s\",\"coordinates\":%s}".formatted(type, coordinates)).param(extent).param(extent)
        .update();
    jdbc.sql("insert into thing_location values (?, ?, ?)").params(town.id(), thing, id).update();
  }

  private void datastream(int id, int thing, int property, String name, String unit,
      @org.jspecify.annotations.Nullable String properties, @org.jspecify.annotations.Nullable Integer feature) {
    jdbc.sql("""
             insert into datastream (municipality_id, id, thing_id, sensor_id, observed_property_id, name, description,
               observation_type, unit, properties, default_feature_id, observed_area)
             values (?, ?, ?, 1, ?, ?, 'Datenstrom', 'https://example.org/type', ?::jsonb, ?::jsonb, ?,
               '{"type":"Polygon","coordinates":[[[9.1,48.8],[9.2,48.8],[9.2,48.9],[9.1,48.8]]]}')
             """).param(town.id()).param(id).param(thing).param(property).param(name).param(unit).param(properties)
        .param(feature).update();
  }

  private void observation(int datastream, String time, @org.jspecify.annotations.Nullable String result,
      @org.jspecify.annotations.Nullable Integer feature, @org.jspecify.annotations.Nullable String details) {
    jdbc.sql("insert into observation (municipality_id, datastream_id, phenomenon_time, result, feature_id, details) "
        + "values (?, ?, ?::timestamptz, ?::float8, ?, ?::jsonb)").param(town.id()).param(datastream)
        .param("2026-06-01T" + time + ":00Z").param(result).param(feature).param(details).update();
  }

  /** An answer: its status and its JSON (null node if it has none). */
  record Answer(int status, JsonNode json, String text) {}

  /** Asks for {@code path} behind the service root; what stands behind the first question mark is encoded here. */
  Answer ask(String path) {
    int mark = path.indexOf('?');
    var address = mark < 0 ? path : path.substring(0, mark) + "?" + encode(path.substring(mark + 1));
    return askEncoded("/" + SLUG + "/sta/v1.1" + address);
  }

  private static String encode(String options) {
    return URLEncoder.encode(options, StandardCharsets.UTF_8).replace("+", "%20").replace("%3D", "=").replace("%26",
        "&");
  }

  Answer askEncoded(String address) {
    return askUrl("http://localhost:" + port + address);
  }

  Answer askUrl(String url) {
    try {
      var response = CLIENT.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
      var text = response.body();
      return new Answer(response.statusCode(), text.startsWith("{") ? JSON.readTree(text) : JSON.nullNode(), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(url, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Names of the entities at {@code path}, in their order; of Observations their results. */
  List<String> names(String path) {
    var answer = ask(path);
    if (answer.status() != 200) {
      throw new AssertionError(path + " answers " + answer.status() + " " + answer.text());
    }
    return answer.json().path("value").valueStream()
        .map(entity -> entity.has("name") ? entity.path("name").asString() : entity.path("result").toString()).toList();
  }
}
