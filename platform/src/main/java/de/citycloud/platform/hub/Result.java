package de.citycloud.platform.hub;

import tools.jackson.databind.JsonNode;

/** What was observed. Most results are numbers and are stored as such; everything else is kept as the JSON it was. */
public sealed interface Result {
  /** A finite number, in the unit of the Datastream. */
  record Numeric(double value) implements Result {
    public Numeric {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("result is %s, expected a finite number.".formatted(value));
      }
    }
  }

  /** A text, truth value, object, list or null, or a number that a double cannot hold exactly. */
  record Json(JsonNode value) implements Result {}

  /** A finite number as result. */
  static Result of(double value) {
    return new Numeric(value);
  }
}
