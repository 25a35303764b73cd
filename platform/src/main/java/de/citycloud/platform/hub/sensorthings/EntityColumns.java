package de.citycloud.platform.hub.sensorthings;

import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns the properties of an entity's JSON into the columns of its row, checking each. Not for Observations. */
final class EntityColumns {
  /** What is done with properties that the JSON does not name. */
  enum Mode {
    /** Mandatory ones must be there. */
    CREATE,
    /** They stay. */
    MERGE,
    /** Mandatory ones must be there, the others become null. */
    REPLACE
  }

  private final EntityType type;
  private final ObjectNode json;
  private final String place;
  private final Mode mode;
  private final Map<String, @Nullable Object> columns = new LinkedHashMap<>();

  private EntityColumns(EntityType type, ObjectNode json, String place, Mode mode) {
    this.type = type;
    this.json = json;
    this.place = place;
    this.mode = mode;
  }

  /**
   * The columns and their values.
   *
   * @param place JSON pointer of {@code json}, empty for the whole body
   * @param encodingType the one the row has so far; null if none
   */
  static Map<String, @Nullable Object> of(EntityType type, ObjectNode json, String place, Mode mode,
      @Nullable String encodingType) {
    var columns = new EntityColumns(type, json, place, mode);
    columns.checkNames();
    columns.read();
    columns.readExtent(encodingType);
    return columns.columns;
  }

  /** What the service works out itself: on writing it is passed over. */
  private static boolean isComputed(EntityType type, Property property) {
    return type == EntityType.DATASTREAM && property.kind() == PropertyKind.PERIOD;
  }

  private void checkNames() {
    for (var name : json.propertyNames()) {
      if (name.indexOf('@') < 0 && type.property(name).isEmpty() && type.link(name).isEmpty()) {
        throw JsonInput.problem("""
                                %s/%s is no property of a %s, expected one of %s.
                                %s\
                                """.formatted(place, name, type.singular(), Names.of(type).replaceFirst("id, ", ""),
            name.equals("MultiDatastream") || name.equals("MultiDatastreams")
                ? "MultiDatastreams are not offered here."
                : "Maybe put it into \"properties\"."));
      }
    }
  }

  private void read() {
    for (var property : type.properties()) {
      if (isComputed(type, property)) {
        continue;
      }
      var node = json.get(property.name());
      if (node != null && !node.isNull()) {
        columns.put(property.column(), value(property, node, place + "/" + property.name()));
      } else if (property.required() && (node != null || mode != Mode.MERGE)) {
        throw JsonInput.problem("%s/%s is %s, expected %s: a %s needs it.".formatted(place, property.name(),
            node == null ? "missing" : "null", expectation(property.kind()), type.singular()));
      } else if (node != null || mode == Mode.REPLACE) {
        columns.put(property.column(), null);
      }
    }
  }

  private void readExtent(@Nullable String encodingType) {
    var name = type == EntityType.LOCATION ? "location" : type == EntityType.FEATURE_OF_INTEREST ? "feature" : "";
    var node = json.get(name);
    if (node == null) {
      return;
    }
    var encoding = json.has("encodingType") ? json.get("encodingType").asString("") : encodingType;
    var extent = GeoJson.isMeantBy(encoding) ? GeoJson.extentOf(node, place + "/" + name) : null;
    columns.put("extent", extent == null ? null : extent.box());
    columns.put("position", extent == null ? null : extent.centre());
  }

  private Object value(Property property, JsonNode node, String at) {
    switch (property.kind()) {
      case TEXT -> {
        if (!node.isString()) {
          throw wrong(property, node, at);
        }
        return node.stringValue();
      }
      case OBJECT -> {
        if (!node.isObject()) {
          throw wrong(property, node, at);
        }
        return node.toString();
      }
      case INSTANT -> {
        if (!node.isString()) {
          throw wrong(property, node, at);
        }
        try {
          return TimeText.parseInstant(node.stringValue()).atOffset(ZoneOffset.UTC);
        } catch (IllegalArgumentException e) {
          throw JsonInput.problem(at + " " + e.getMessage());
        }
      }
      case GEOMETRY -> {
        if (property.name().equals("observedArea")) {
          GeoJson.extentOf(node, at);
        }
        return node.toString();
      }
      default -> {
        return node.toString();
      }
    }
  }

  private static RuntimeException wrong(Property property, JsonNode node, String at) {
    return JsonInput.problem("%s is %s, expected %s.".formatted(at, JsonInput.shown(node),
        expectation(property.kind())));
  }

  private static String expectation(PropertyKind kind) {
    return switch (kind) {
      case TEXT -> "a text";
      case OBJECT -> "an object { … }";
      case INSTANT, PERIOD -> "a time such as \"2026-06-01T12:00:00Z\"";
      case GEOMETRY -> "a geometry";
      case JSON, RESULT -> "a value";
    };
  }
}
