package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Result;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** What a client gets back after it wrote: the entity as it is now. */
@Component
class WrittenEntity {
  private final EntityAnswers answers;

  WrittenEntity(EntityAnswers answers) {
    this.answers = answers;
  }

  /** Absolute address of an entity. */
  static String address(ServiceRoot root, EntityType type, String id) {
    return root.url() + "/" + type.plural() + key(id);
  }

  static String address(ServiceRoot root, Writes.Written written) {
    return address(root, written.type(), written.id());
  }

  /** The id in parentheses. Digits stand without quotes: so the conformance suite reads the Location header. */
  static String key(String id) {
    return id.indexOf('-') < 0 ? "(" + id + ")" : "('" + id + "')";
  }

  /** Its JSON. For an Observation it is written from what was recorded, since reading it would cost a query. */
  byte[] json(ServiceRoot root, Writes.Written written) {
    var observation = written.observation();
    if (observation == null) {
      // Deleted by another caller in the meantime: then nothing is there to show.
      return answers.find(root.url(), written.type().plural() + key(written.id()), List.of()).orElse(new byte[0]);
    }
    var json = JsonInput.newObject();
    var address = address(root, written);
    json.put("@iot.id", written.id());
    json.put("@iot.selfLink", address);
    add(json, observation);
    json.put("Datastream@iot.navigationLink", address + "/Datastream");
    json.put("FeatureOfInterest@iot.navigationLink", address + "/FeatureOfInterest");
    return JsonInput.bytes(json);
  }

  private static void add(ObjectNode json, NewObservation observation) {
    json.put("phenomenonTime", new TimeText(observation.phenomenonTime(), observation.phenomenonEnd()).toString());
    switch (observation.result()) {
      case Result.Numeric(double value) when value == Math.rint(value) && Math.abs(value) < 1e15 -> json.put("result",
          (long) value);
      case Result.Numeric(double value) -> json.put("result", value);
      case Result.Json(var value) -> json.set("result", value);
    }
    var resultTime = observation.resultTime();
    if (resultTime == null) {
      json.putNull("resultTime");
    } else {
      json.put("resultTime", resultTime.toString());
    }
    if (observation.extras() != null) {
      json.setAll(observation.extras());
    }
  }
}
