package de.citycloud.platform.hub.sensorthings;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON Patch (RFC 6902) on the properties of an entity. */
final class JsonPatch {
  private static final int MOST_OPERATIONS = 1_000;

  private final ObjectNode document;

  private JsonPatch(ObjectNode document) {
    this.document = document;
  }

  /** The properties of {@code entity} that the patch changes, with their new values; null for removed ones. */
  static ObjectNode changes(ObjectNode entity, JsonNode patch) {
    if (!patch.isArray() || patch.size() > MOST_OPERATIONS) {
      throw JsonInput.problem("The body is no JSON Patch, expected a list of at most %d operations."
          .formatted(MOST_OPERATIONS));
    }
    var work = new JsonPatch(entity.deepCopy());
    for (int i = 0; i < patch.size(); i++) {
      work.apply(patch.get(i), "/" + i);
    }
    var changes = JsonInput.newObject();
    for (var name : entity.propertyNames()) {
      if (!work.document.has(name)) {
        changes.set(name, NullNode.getInstance());
      }
    }
    for (var property : work.document.properties()) {
      if (!property.getValue().equals(entity.get(property.getKey()))) {
        changes.set(property.getKey(), property.getValue());
      }
    }
    return changes;
  }

  private void apply(JsonNode operation, String place) {
    var path = pointer(operation, "path", place);
    switch (operation.path("op").asString("")) {
      case "add" -> add(path, value(operation, place), place, true);
      case "replace" -> {
        require(path, place);
        add(path, value(operation, place), place, false);
      }
      case "remove" -> remove(path, place);
      case "copy" -> add(path, require(pointer(operation, "from", place), place).deepCopy(), place, true);
      case "move" -> {
        var from = pointer(operation, "from", place);
        var moved = require(from, place);
        remove(from, place);
        add(path, moved, place, true);
      }
      case "test" -> {
        var found = require(path, place);
        if (!found.equals(value(operation, place))) {
          throw JsonInput.problem("%s finds %s at %s, expected %s.".formatted(place, JsonInput.shown(found), path,
              JsonInput.shown(value(operation, place))));
        }
      }
      default -> throw JsonInput.problem("%s/op is %s, expected add, remove, replace, move, copy or test."
          .formatted(place, JsonInput.shown(operation.path("op"))));
    }
  }

  private void add(JsonPointer path, JsonNode value, String place, boolean insert) {
    switch (parent(path, place)) {
      case ObjectNode object -> object.set(path.last().getMatchingProperty(), value);
      case ArrayNode list when path.last().getMatchingProperty().equals("-") -> list.add(value);
      case ArrayNode list -> {
        int index = path.last().getMatchingIndex();
        if (index < 0 || index > list.size() - (insert ? 0 : 1)) {
          throw nothingAt(path, place);
        }
        if (insert) {
          list.insert(index, value);
        } else {
          list.set(index, value);
        }
      }
      default -> throw nothingAt(path, place);
    }
  }

  private void remove(JsonPointer path, String place) {
    require(path, place);
    switch (parent(path, place)) {
      case ObjectNode object -> object.remove(path.last().getMatchingProperty());
      case ArrayNode list -> list.remove(path.last().getMatchingIndex());
      default -> throw nothingAt(path, place);
    }
  }

  private JsonNode parent(JsonPointer path, String place) {
    if (path.length() == 0) {
      throw JsonInput.problem("%s/path names the whole entity, expected one of its properties.".formatted(place));
    }
    return require(path.head(), place);
  }

  private JsonNode require(JsonPointer path, String place) {
    var found = document.at(path);
    if (found.isMissingNode()) {
      throw nothingAt(path, place);
    }
    return found;
  }

  private static JsonNode value(JsonNode operation, String place) {
    @Nullable
    JsonNode value = operation.get("value");
    if (value == null) {
      throw JsonInput.problem("%s/value is missing, expected one for this operation.".formatted(place));
    }
    return value.deepCopy();
  }

  private static JsonPointer pointer(JsonNode operation, String name, String place) {
    var text = operation.path(name);
    try {
      if (text.isString()) {
        return JsonPointer.compile(text.stringValue());
      }
    } catch (IllegalArgumentException e) {
      // said below, in our words
    }
    throw JsonInput.problem("%s/%s is %s, expected a JSON pointer such as /properties/kind.".formatted(place, name,
        JsonInput.shown(text)));
  }

  private static RuntimeException nothingAt(JsonPointer path, String place) {
    return JsonInput.problem("%s names %s, where nothing is; expected a value there.".formatted(place, path));
  }
}
