package de.citycloud.platform.hub;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Things of the current municipality with place and newest value: what maps, lists and the search show. */
public interface Places {
  /** More places than this one list never holds. */
  int LIMIT = 5_000;

  /**
   * All places that fit, ordered by name.
   *
   * @param kinds only these; empty for all
   * @param within only those inside; null for everywhere, also those without a position
   * @return at most {@link #LIMIT}
   */
  List<Place> list(Set<PlaceKind> kinds, @Nullable Bounds within);

  /** The place of one Thing; empty if there is none. */
  Optional<Place> find(int thingId);

  /**
   * A rectangle on the earth, in degrees WGS 84.
   *
   * @param west least longitude, −180 to 180
   * @param south least latitude, −90 to 90
   * @param east greatest longitude, not less than west
   * @param north greatest latitude, not less than south
   */
  record Bounds(double west, double south, double east, double north) {
    public Bounds {
      if (!(west >= -180 && west <= east && east <= 180 && south >= -90 && south <= north && north <= 90)) {
        throw new IllegalArgumentException(
            "bbox is %s,%s,%s,%s, expected west,south,east,north in degrees with west ≤ east and south ≤ north."
                .formatted(west, south, east, north));
      }
    }
  }
}
