package de.citycloud.platform.hub.connector.sensorcommunity;

import de.citycloud.platform.hub.source.Checks;
import de.citycloud.platform.hub.source.Connector;
import de.citycloud.platform.hub.source.Findings;
import de.citycloud.platform.hub.source.InputHead;
import de.citycloud.platform.hub.source.InputRefused;
import de.citycloud.platform.hub.source.Json;
import de.citycloud.platform.hub.source.JsonPieces;
import de.citycloud.platform.hub.source.Quantity;
import de.citycloud.platform.hub.source.SourceInput;
import de.citycloud.platform.hub.source.SourceRecord.DatastreamFound;
import de.citycloud.platform.hub.source.SourceRecord.ObservationFound;
import de.citycloud.platform.hub.source.SourceRecord.ThingFound;
import de.citycloud.platform.hub.source.Unit;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads the list that {@code data.sensor.community} serves and the message that a sensor itself posts. A Thing is a
 * place ({@code location.id}); a Datastream is one value of one sensor there. Times are UTC, numbers are texts. A
 * position with {@code exact_location} 0 is rounded by the network and marked approximate.
 */
public final class SensorCommunityConnector implements Connector {
  private static final int INTERVAL_SECONDS = 300;
  /** Roles of the value types; a message of a sensor puts the sensor's name before them, e.g. {@code SDS_P1}. */
  private static final Map<String, String> ROLES = Map.ofEntries(Map.entry("P0", "pm1"), Map.entry("P1", "pm10"),
      Map.entry("P2", "pm25"), Map.entry("P4", "pm4"), Map.entry("temperature", "temperature"),
      Map.entry("humidity", "humidity"), Map.entry("pressure", "pressure"),
      Map.entry("pressure_at_sealevel", "pressure-at-sealevel"), Map.entry("noise_LAeq", "noise"),
      Map.entry("LAeq", "noise"), Map.entry("signal", "rssi"));
  private static final Map<String, Unit> UNITS = Map.of("pressure-at-sealevel", Unit.of("Pa"), "noise-la-min",
      Unit.of("dB(A)"), "noise-la-max", Unit.of("dB(A)"));
  private static final List<String> AIR = List.of("pm1", "pm10", "pm25", "pm4");

  @Override
  public String kind() {
    return "sensor-community";
  }

  @Override
  public boolean recognises(InputHead head) {
    return head.isJson() && head.hasMember("sensordatavalues");
  }

  @Override
  public void read(SourceInput input, Findings findings) throws IOException, InputRefused {
    input.mapping().allow();
    JsonPieces.read(input, JsonPieces.Cut.ELEMENTS, findings, (place, name, value, text) -> {
      var values = Json.find(value, "sensordatavalues");
      if (values.isEmpty() || !values.get().isArray()) {
        findings.reject(place, "The list sensordatavalues is missing, expected one.", text);
      } else if (Json.text(value, "esp8266id").isPresent()) {
        posted(value, values.get(), input.receivedAt(), place, findings);
      } else {
        listed(value, values.get(), place, findings, text);
      }
    });
  }

  private static void listed(JsonNode value, JsonNode values, String place, Findings findings, String text)
      throws IOException {
    var location = Json.text(value, "location", "id");
    var sensor = Json.text(value, "sensor", "id");
    var written = Json.text(value, "timestamp");
    if (location.isEmpty() || sensor.isEmpty() || written.isEmpty()) {
      findings.reject(place, "One of location.id, sensor.id and timestamp is missing, expected all three.", text);
      return;
    }
    Instant time;
    try {
      time = LocalDateTime.parse(written.get().replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      findings.reject(place + ", member timestamp", "The time is \"%s\", expected one such as 2026-04-25 01:51:12."
          .formatted(Checks.shown(written.get())), text);
      return;
    }
    var properties = new HashMap<String, Object>(Map.of("licence", "DbCL 1.0", "operator", "sensor.community"));
    properties.put("kind", kindOf(values));
    properties.put("accuracy", Json.number(value, "location", "exact_location").filter(exact -> exact == 1).isPresent()
        ? "exact"
        : "approximate");
    if (Json.number(value, "location", "indoor").filter(indoor -> indoor == 1).isPresent()) {
      properties.put("indoor", true);
    }
    var at = Json.find(value, "location").flatMap(node -> Json.position(node, "longitude", "latitude"));
    var type = Json.text(value, "sensor", "sensor_type", "name").orElse("Sensor");
    findings.accept(new ThingFound(location.get(), "sensor.community " + location.get(), at.orElse(null), properties,
        false));
    tell(values, location.get(), sensor.get() + ":", " (" + type + ")", time, place, findings);
  }

  private static void posted(JsonNode value, JsonNode values, Instant time, String place, Findings findings)
      throws IOException {
    var id = "esp8266-" + Json.text(value, "esp8266id").orElseThrow();
    findings.accept(new ThingFound(id, "sensor.community " + id, null,
        Map.of("kind", kindOf(values), "operator", "sensor.community"), true));
    tell(values, id, "", "", time, place, findings);
  }

  private static void tell(JsonNode values, String thing, String prefix, String suffix, Instant time, String place,
      Findings findings) throws IOException {
    int number = 0;
    for (var value : values) {
      var where = place + ", value " + ++number;
      var type = Json.text(value, "value_type");
      var result = Json.number(value, "value");
      if (type.isEmpty() || result.isEmpty()) {
        findings.reject(where, "The value is %s, expected a value_type and a number."
            .formatted(Checks.shown(value.toString())), null);
        continue;
      }
      var role = role(type.get());
      var quantity = Quantity.of(role, UNITS.get(role));
      var key = prefix + role;
      findings.accept(new DatastreamFound(thing, key, quantity.name() + suffix, quantity, INTERVAL_SECONDS,
          role.equals("pm10") || role.equals("noise")));
      findings.accept(ObservationFound.of(thing, key, time, result.get()));
    }
  }

  private static String role(String type) {
    var known = ROLES.get(type);
    if (known != null) {
      return known;
    }
    var plain = type.substring(type.indexOf('_') + 1);
    return ROLES.getOrDefault(plain, Quantity.role(type));
  }

  private static String kindOf(JsonNode values) {
    var kind = "weather";
    for (var value : values) {
      var role = Json.text(value, "value_type").map(SensorCommunityConnector::role).orElse("");
      if (AIR.contains(role)) {
        return "air";
      }
      if (role.startsWith("noise")) {
        kind = "noise";
      }
    }
    return kind;
  }
}
