package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.ObservationId;
import java.util.Optional;

/** The key of an entity in a path or in a filter: a whole number, or a text in quotes. */
sealed interface EntityId {
  /** {@code Things(42)}. */
  record Numeric(long value) implements EntityId {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** {@code Observations('412-1780000000000000-0')}; the value is without quotes. */
  record Text(String value) implements EntityId {
    @Override
    public String toString() {
      return "'" + value.replace("'", "''") + "'";
    }
  }

  /** As key of every type but Observation; empty if no row can have it. */
  default Optional<Integer> number() {
    return this instanceof Numeric(var value) && value >= 0 && value <= Integer.MAX_VALUE
        ? Optional.of((int) value)
        : Optional.empty();
  }

  /** As key of an Observation; empty if no row can have it. */
  default Optional<ObservationId> observation() {
    return ObservationId.parse(switch (this) {
      case Numeric(var value) -> Long.toString(value);
      case Text(var value) -> value;
    });
  }
}
