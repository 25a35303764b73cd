package de.citycloud.platform.hub.connector.datex2;

import de.citycloud.platform.hub.source.Position;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** Positions and times as DATEX II writes them. */
final class Places {
  private static final ZoneId LOCAL = ZoneId.of("Europe/Berlin");

  private Places() {}

  /** The first pair of latitude and longitude anywhere in {@code element}. */
  static Optional<Position> position(Element element) {
    for (var name : new String[]{"pointCoordinates", "locationForDisplay", "coordinatesForDisplay"}) {
      var at = element.findDeep(name);
      if (at.isPresent()) {
        var east = at.get().number("longitude");
        var north = at.get().number("latitude");
        if (east.isPresent() && north.isPresent()) {
          return Position.of(east.get(), north.get());
        }
      }
    }
    return Optional.empty();
  }

  /** A time with offset, or a local one in Germany. */
  static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      try {
        return Optional.of(LocalDateTime.parse(text).atZone(LOCAL).toInstant());
      } catch (DateTimeException again) {
        return Optional.empty();
      }
    }
  }
}
