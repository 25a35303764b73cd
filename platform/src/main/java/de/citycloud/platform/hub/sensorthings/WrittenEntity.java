package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Result;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** What a client gets back after it wrote: the entity as it is now. */
@Component
class WrittenEntity {
  /** Absolute address of the entity. */
  String address(ServiceRoot root, Writes.Written written) {
    // Digits stand without quotes, as numbers do: that is how the conformance suite reads the Location header.
    boolean digits = written.id().chars().allMatch(c -> c >= '0' && c <= '9');
    return root.url() + "/" + written.type().plural()
        + (digits ? "(" + written.id() + ")" : "('" + written.id() + "')");
  }

  /** Its JSON. For an Observation it is written from what was recorded, since reading it would cost a query. */
  byte[] json(ServiceRoot root, Writes.Written written) {
    var observation = written.observation();
    if (observation == null) {
      return answers.read(root, ResourcePath.parse(written.type().plural() + key(written.id())), null);
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
