package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.hub.ObservationsRecorded.Recorded;
import de.citycloud.platform.hub.Result;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** An Observation as subscribers get it: the JSON that GET answers, or the selected properties of it. */
final class ObservationPayload {
  /** What may be selected. */
  static final List<String> PROPERTIES = List.of("@iot.id", "id", "phenomenonTime", "resultTime", "result", "validTime",
      "resultQuality", "parameters");
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private ObservationPayload() {}

  /**
   * @param root of the service, {@code http://host/ludwigsburg/sta/v1.1}
   * @param select what to write; empty for all
   */
  static byte[] of(Recorded recorded, String root, Set<String> select) {
    var bytes = new ByteArrayOutputStream(400);
    var observation = recorded.observation();
    var extras = observation.extras();
    try (var json = MAPPER.createGenerator(bytes)) {
      json.writeStartObject();
      var self = root + "/Observations" + key(recorded.id().toString());
      if (select.isEmpty() || select.contains("@iot.id") || select.contains("id")) {
        json.writeStringProperty("@iot.id", recorded.id().toString());
        json.writeStringProperty("@iot.selfLink", self);
      }
      if (wants(select, "phenomenonTime")) {
        json.writeStringProperty("phenomenonTime", time(observation.phenomenonTime(), observation.phenomenonEnd()));
      }
      if (wants(select, "result")) {
        json.writeName("result");
        result(observation.result(), json);
      }
      if (wants(select, "resultTime")) {
        var made = observation.resultTime();
        if (made == null) {
          json.writeNullProperty("resultTime");
        } else {
          json.writeStringProperty("resultTime", made.toString());
        }
      }
      for (var name : List.of("resultQuality", "validTime", "parameters")) {
        var value = extras == null ? null : extras.get(name);
        if (value != null && wants(select, name)) {
          json.writeName(name);
          json.writeTree(value);
        }
      }
      if (select.isEmpty()) {
        json.writeStringProperty("Datastream@iot.navigationLink", self + "/Datastream");
        json.writeStringProperty("FeatureOfInterest@iot.navigationLink", self + "/FeatureOfInterest");
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** Digits stand without quotes. */
  private static String key(String id) {
    return id.indexOf('-') < 0 ? "(" + id + ")" : "('" + id + "')";
  }

  private static boolean wants(Set<String> select, String property) {
    return select.isEmpty() || select.contains(property);
  }

  private static String time(Instant start, @Nullable Instant end) {
    return end == null ? start.toString() : start + "/" + end;
  }

  private static void result(Result result, JsonGenerator json) {
    switch (result) {
      case Result.Numeric(double value) -> {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
          json.writeNumber((long) value);
        } else {
          json.writeNumber(value);
        }
      }
      case Result.Json(var value) -> json.writeTree(value);
    }
  }
}
