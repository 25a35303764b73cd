package de.citycloud.platform.hub.sensorthings;

import java.util.List;
import java.util.Optional;
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

  /** What {@code {"@iot.id": "…/Locations(2)"}} or {@code {"@odata.id": …}} names. */
  static EntityPaths.Found ofAddress(ObjectNode json) {
    for (var name : List.of("@odata.id", "@iot.id", "@iot.selfLink", "url")) {
      var node = json.get(name);
      if (node != null && node.isString()) {
        return ofAddress(node.stringValue(), "/" + name);
      }
    }
    throw JsonInput.problem("/@odata.id is missing, expected the address of an entity such as \"Locations(2)\".");
  }

  /** What an address names, absolute or relative to the service. */
  static EntityPaths.Found ofAddress(String address, String place) {
    var path = ResourcePath.parse(address.substring(address.lastIndexOf('/') + 1));
    var id = path.isRoot() || path.isSet() ? null : path.last().id();
    var number = id == null ? Optional.<Integer>empty() : id.number();
    if (number.isEmpty() || path.type() == EntityType.OBSERVATION) {
      throw JsonInput.problem("%s is %s, expected the address of an entity such as \"Locations(2)\".".formatted(place,
          address.length() > 80 ? address.substring(0, 80) + "…" : address));
    }
    return new EntityPaths.Found.Entity(path.type(), number.get());
  }
}
