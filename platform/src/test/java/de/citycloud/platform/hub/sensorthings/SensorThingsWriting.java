package de.citycloud.platform.hub.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.identity.ApiKeys;
import de.citycloud.platform.identity.Scope;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A client that writes to a municipality of its own, one for each test class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SensorThingsWriting extends CityTest {
  static final String THING = """
                              {"name": "Parkhaus Rathaus", "description": "Tiefgarage", "properties": {"kind": "parking"}}
                              """;
  static final String LOCATION = """
                                 {"name": "Rathaus", "description": "Eingang", "encodingType": "application/geo+json",
                                  "location": {"type": "Point", "coordinates": [9.19, 48.9]}}
                                 """;
  static final String SENSOR = """
                               {"name": "Schleife", "description": "Induktionsschleife", "encodingType": "text/html", "metadata": "https://example.org"}
                               """;
  static final String OBSERVED_PROPERTY = """
                                          {"name": "frei", "definition": "https://example.org/frei", "description": "freie Plätze"}
                                          """;
  static final String FEATURE = """
                                {"name": "Einfahrt", "description": "Nord", "encodingType": "application/geo+json",
                                 "feature": {"type": "Point", "coordinates": [9.2, 48.8]}}
                                """;

  @Autowired
  Municipalities municipalities;
  @Autowired
  ApiKeys keys;
  @Autowired
  JdbcClient jdbc;
  Municipality municipality = new Municipality(0, "none", "none", 0, 0, false);
  String key = "";
  private final HttpClient http = HttpClient.newHttpClient();

  abstract String slug();

  @BeforeEach
  void ownMunicipality() {
    if (key.isEmpty()) {
      municipality = municipalities.ensure(slug(), "Test", 9.19, 48.9, false);
      key = CurrentMunicipality.call(municipality, () -> keys.create("test", Scope.WRITE, null));
    }
  }

  /** What came back. */
  record Answer(int status, String body, String location) {
    JsonNode json() {
      return JsonInput.readTree(body.getBytes(StandardCharsets.UTF_8));
    }

    String message() {
      return json().path("message").asString("");
    }

    /** The id at the end of the Location header. */
    String id() {
      assertThat(status).as(body).isEqualTo(201);
      return location.substring(location.lastIndexOf('(') + 1, location.lastIndexOf(')')).replace("'", "");
    }

    int number() {
      return Integer.parseInt(id());
    }
  }

  String base() {
    return "http://127.0.0.1:" + port + "/" + slug() + "/sta/v1.1/";
  }

  Answer post(String path, String body, String... headers) {
    return send("POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  Answer patch(String path, String body) {
    return send("PATCH", path, body.getBytes(StandardCharsets.UTF_8));
  }

  Answer put(String path, String body) {
    return send("PUT", path, body.getBytes(StandardCharsets.UTF_8));
  }

  Answer delete(String path) {
    return send("DELETE", path, new byte[0]);
  }

  Answer get(String path) {
    return send("GET", path, new byte[0]);
  }

  Answer send(String method, String path, byte[] body, String... headers) {
    var request = HttpRequest.newBuilder(URI.create(base() + path)).header("X-API-Key", key);
    if (!List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      var response = http.send(request.method(method, BodyPublishers.ofByteArray(body)).build(),
          HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response.headers().firstValue("Location").orElse(""));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A Thing with a Location and one Datastream; returns the Datastream's id. */
  int newDatastream() {
    int thing = post("Things", THING).number();
    post("Things(" + thing + ")/Locations", LOCATION).number();
    return newDatastream(thing);
  }

  int newDatastream(int thing) {
    return post("Things(" + thing + ")/Datastreams", datastream("\"Sensor\": " + SENSOR + ", \"ObservedProperty\": "
        + OBSERVED_PROPERTY)).number();
  }

  static String datastream(String links) {
    return """
           {"name": "frei", "description": "freie Plätze", "observationType": "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_CountObservation",
            "unitOfMeasurement": {"name": "Anzahl", "symbol": "1", "definition": null}%s}
           """
        .formatted(links.isEmpty() ? "" : ", " + links);
  }

  static String observation(String time, String result) {
    return "{\"phenomenonTime\": \"%s\", \"result\": %s}".formatted(time, result);
  }

  /** One value from the store, as text. */
  String value(String sql, Object... params) {
    return CurrentMunicipality.call(municipality,
        () -> jdbc.sql("select (" + sql + ")::text").params(params).query(String.class).optional().orElse("null"));
  }

  int count(String sql, Object... params) {
    return Integer.parseInt(value("select count(*) from " + sql, params));
  }
}
