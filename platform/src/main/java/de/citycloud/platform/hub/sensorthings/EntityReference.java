package de.citycloud.platform.hub.sensorthings;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A reference to an entity that exists: {@code {"@iot.id": 412}}. */
final class EntityReference {
  private EntityReference() {}

  /** The id that {@code object} refers to; null if it is no reference but an entity. */
  static @Nullable Integer find(ObjectNode object, String place) {
    var id = object.get("@iot.id");
    return id == null ? null : id(id, place + "/@iot.id");
  }

  /** Reads an id; a text of digits counts too, since some clients keep ids as text. */
  static int id(JsonNode node, String place) {
    if (node.isIntegralNumber() && node.canConvertToInt() && node.intValue() > 0) {
      return node.intValue();
    }
    if (node.isString() && node.stringValue().matches("[1-9]\\d{0,8}")) {
      return Integer.parseInt(node.stringValue());
    }
    throw JsonInput.problem("%s is %s, expected a whole number as this service hands out.".formatted(place,
        JsonInput.shown(node)));
  }
}
