package de.citycloud.platform.portal;

import de.citycloud.platform.hub.Place;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What matters in the city at this moment, for the strip and the teaser of the start page. A part is null where the
 * city has no such source.
 *
 * @param time when it was put together
 * @param parking free spaces
 * @param air the highest value of the air
 * @param traffic vehicles counted
 * @param freshness how many series of values were heard
 * @param carParks car parks for the list, nearest to the centre first
 * @param moreCarParks how many car parks that list leaves out
 */
record CityNow(Instant time, @Nullable Parking parking, @Nullable Air air, @Nullable Traffic traffic,
    @Nullable Freshness freshness, List<Place> carParks, int moreCarParks) {
  /**
   * Free spaces of all car parks whose numbers are fresh.
   *
   * @param free their sum
   * @param reporting how many car parks are in the sum
   * @param all how many there are
   * @param scarce names of those with few or no spaces, at most three
   * @param heard newest value
   */
  record Parking(long free, int reporting, int all, List<String> scarce, @Nullable Instant heard) {}

  /**
   * The highest fresh value of a quantity of the air.
   *
   * @param value in {@code unit}
   * @param unit as people write it
   * @param quantity {@code no2} or {@code pm10}
   * @param level how it stands to the limit: {@code far-below}, {@code below} or {@code above}
   */
  record Air(@Nullable Double value, String unit, String quantity, String level, @Nullable Place place,
      @Nullable Instant heard) {}

  /**
   * Vehicles counted at all fresh counting points.
   *
   * @param perHour their sum, scaled to an hour
   * @param reporting how many points are in the sum
   * @param all how many there are
   * @param busiest the point with the highest count
   */
  record Traffic(long perHour, int reporting, int all, @Nullable Place busiest, @Nullable Instant heard) {}

  /**
   * How alive the sources are.
   *
   * @param lastHour series of values heard within the last hour
   * @param all all series
   * @param heard when the last value was stored
   */
  record Freshness(long lastHour, long all, @Nullable Instant heard) {}

  /** True if nothing is connected yet. */
  public boolean isEmpty() {
    return parking == null && air == null && traffic == null && freshness == null;
  }
}
