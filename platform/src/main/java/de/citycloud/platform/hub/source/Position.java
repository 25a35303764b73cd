package de.citycloud.platform.hub.source;

import java.util.Optional;

/**
 * A place on earth, WGS 84.
 *
 * @param longitude degrees east, −180 to 180
 * @param latitude degrees north, −90 to 90
 */
public record Position(double longitude, double latitude) {
  public Position {
    if (!(longitude >= -180 && longitude <= 180 && latitude >= -90 && latitude <= 90)) {
      throw new IllegalArgumentException(
          "The position is %s, %s, expected degrees of WGS 84.".formatted(longitude, latitude));
    }
  }

  /**
   * A position from what sources write: degrees, or metres of UTM zone 32 (EPSG:25832) as some German ones do. Empty if
   * it is neither, or 0, 0, which devices send when they do not know.
   */
  public static Optional<Position> of(double longitude, double latitude) {
    if (longitude == 0 && latitude == 0) {
      return Optional.empty();
    }
    if (longitude >= -180 && longitude <= 180 && latitude >= -90 && latitude <= 90) {
      return Optional.of(new Position(longitude, latitude));
    }
    if (Utm.isInZone32(longitude, latitude)) {
      return Optional.of(Utm.zone32(longitude, latitude));
    }
    return Optional.empty();
  }
}
