package de.citycloud.platform.hub.page;

import de.citycloud.platform.hub.Place;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A place in the words of the map layers and the live stream. */
final class PlaceJson {
  private PlaceJson() {}

  /** A GeoJSON Feature; its geometry is null where the position is unknown. */
  static ObjectNode feature(Place place, Instant now) {
    var feature = JsonNodeFactory.instance.objectNode().put("type", "Feature").put("id", place.id());
    var position = place.position();
    if (position == null) {
      feature.putNull("geometry");
    } else {
      feature.putObject("geometry").put("type", "Point").putArray("coordinates").add(position.longitude())
          .add(position.latitude());
    }
    var properties = feature.putObject("properties").put("id", place.id()).put("name", place.name())
        .put("kind", place.kind().key()).put("state", place.stateAt(now).key());
    place.text("address").ifPresent(address -> properties.put("address", address));
    addReading(properties, place);
    return feature;
  }

  /** Adds the newest value: {@code datastream, role, unit, time, value} or {@code text}, {@code free, capacity}. */
  static void addReading(ObjectNode properties, Place place) {
    var main = place.main();
    if (main != null) {
      properties.put("datastream", main.datastreamId()).put("role", main.role()).put("unit", main.unit());
      if (main.time() != null) {
        properties.put("time", main.time().toString());
      }
      if (main.value() != null) {
        putNumber(properties, "value", main.value());
      } else if (main.text() != null) {
        properties.put("text", main.text());
      }
    }
    place.free().ifPresent(free -> properties.put("free", free));
    place.capacity().ifPresent(capacity -> properties.put("capacity", capacity));
  }

  /** Whole numbers without a fraction, as a person would write them. */
  private static void putNumber(ObjectNode node, String name, double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      node.put(name, (long) value);
    } else {
      node.put(name, value);
    }
  }
}
