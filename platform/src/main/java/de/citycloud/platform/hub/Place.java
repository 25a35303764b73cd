package de.citycloud.platform.hub;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A Thing as a visitor sees it: where it is, and its most important newest value.
 *
 * @param id the Thing
 * @param name its name
 * @param description its description; may be empty
 * @param kind what it measures
 * @param position where it is; null if it has no Location with a position
 * @param properties its properties, an object
 * @param main newest value of its main Datastream; null if it has no Datastream
 */
public record Place(int id, String name, String description, PlaceKind kind, @Nullable Position position,
    JsonNode properties, @Nullable Reading main) {
  private static final int SCARCE_WITHOUT_CAPACITY = 25;
  private static final int CAPACITY_LIMIT = 1_000_000;

  /**
   * A point on the earth.
   *
   * @param longitude degrees east, WGS 84
   * @param latitude degrees north, WGS 84
   */
  public record Position(double longitude, double latitude) {
    /** Way through the air to {@code other}, in m; exact enough within a town. */
    public double metresTo(Position other) {
      double perDegree = 111_320;
      double east = (other.longitude - longitude) * perDegree * Math.cos(Math.toRadians(latitude));
      return Math.hypot(east, (other.latitude - latitude) * perDegree);
    }
  }

  /** A text among the properties ({@code address}, {@code operator}, {@code source} …); empty if it is not there. */
  public Optional<String> text(String property) {
    var value = properties.path(property);
    return value.isString() && !value.asString().isBlank() ? Optional.of(value.asString()) : Optional.empty();
  }

  /** Number of spaces of a car park, 1 to 1,000,000; empty if unknown. */
  public OptionalLong capacity() {
    var value = properties.path("capacity");
    return value.isIntegralNumber() && value.canConvertToInt() && value.asInt() > 0
        && value.asInt() <= CAPACITY_LIMIT ? OptionalLong.of(value.asInt()) : OptionalLong.empty();
  }

  /** Free spaces by the newest value, 0 or more, however old it is; empty if this is no car park or none is known. */
  public OptionalLong free() {
    return main == null || main.value() == null ? OptionalLong.empty() : freeAt(main.role(), main.value());
  }

  private OptionalLong freeAt(String role, double value) {
    if (kind != PlaceKind.PARKING || Math.abs(value) > CAPACITY_LIMIT) {
      return OptionalLong.empty();
    }
    return switch (role) {
      case "free" -> OptionalLong.of(Math.max(0, Math.round(value)));
      case "occupied" -> capacity().isPresent()
          ? OptionalLong.of(Math.max(0, capacity().getAsLong() - Math.round(value)))
          : OptionalLong.empty();
      default -> OptionalLong.empty();
    };
  }

  /** How this place stands at {@code now}. */
  public PlaceState stateAt(Instant now) {
    if (main == null || main.time() == null) {
      return PlaceState.EMPTY;
    }
    if (main.isOldAt(now)) {
      return PlaceState.OLD;
    }
    var free = free();
    if (free.isEmpty()) {
      return PlaceState.CURRENT;
    }
    if (free.getAsLong() == 0) {
      return PlaceState.FULL;
    }
    boolean scarce = capacity().isPresent()
        ? free.getAsLong() * 10 <= capacity().getAsLong()
        : free.getAsLong() <= SCARCE_WITHOUT_CAPACITY;
    return scarce ? PlaceState.SCARCE : PlaceState.FREE;
  }

  /** This place with another newest value. */
  public Place withMain(Reading newest) {
    return new Place(id, name, description, kind, position, properties, newest);
  }
}
