package de.citycloud.platform.hub.source;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads what may or may not stand in a JSON object. */
public final class Json {
  private Json() {}

  /** The node at this path of members; empty if it is missing or null. */
  public static Optional<JsonNode> find(JsonNode node, String... path) {
    var at = node;
    for (var name : path) {
      at = at.get(name);
      if (at == null) {
        return Optional.empty();
      }
    }
    return at.isNull() ? Optional.empty() : Optional.of(at);
  }

  /** The text or number at this path as a text of 1 to 1,000 characters; empty if there is none. */
  public static Optional<String> text(JsonNode node, String... path) {
    return find(node, path).filter(value -> value.isString() || value.isNumber())
        .map(value -> value.isString() ? value.stringValue().strip() : value.toString())
        .filter(text -> !text.isEmpty() && text.length() <= 1_000);
  }

  /** The number at this path, also if it is written as a text; empty if there is none. */
  public static Optional<Double> number(JsonNode node, String... path) {
    return find(node, path).flatMap(Json::number);
  }

  private static Optional<Double> number(JsonNode value) {
    if (value.isNumber()) {
      double number = value.doubleValue();
      return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
    }
    return value.isString() ? Checks.number(value.stringValue()) : Optional.empty();
  }

  /** A position from two members of {@code node}. */
  public static Optional<Position> position(JsonNode node, String longitude, String latitude) {
    var east = number(node, longitude);
    var north = number(node, latitude);
    return east.isPresent() && north.isPresent() ? Position.of(east.get(), north.get()) : Optional.empty();
  }
}
