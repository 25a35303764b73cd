package de.citycloud.platform.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A demo town as its file describes it.
 *
 * @param slug name in the URL
 * @param name name for people
 * @param longitude of the map's centre, degrees east
 * @param latitude of the map's centre, degrees north
 * @param note what is real and what is not
 * @param attribution whose facts the places are
 * @param places what stands there
 */
record DemoTown(String slug, String name, double longitude, double latitude, String note, String attribution,
    List<Place> places) {
  /**
   * A place that sends values.
   *
   * @param id stable name within the town
   * @param kind parking, air, traffic, bicycle, soil, weather, water or charging
   * @param name name for people
   * @param longitude degrees east
   * @param latitude degrees north
   * @param position how well the point is known: exact, approximate or invented
   * @param feed door through which its values come: mqtt, sensorthings, parking-pbw, datex2, sensor-community, csv, tts
   * @param profile shape of its day, see {@link DemoValues}
   * @param capacity spaces or charging points; null if it has none
   * @param capacityMark how well the capacity is known; null if it has none
   * @param address street and number; null if unknown
   * @param fee what parking costs; null if unknown
   * @param externalId number under which a connector knows it; null for its id
   */
  record Place(String id, String kind, String name, double longitude, double latitude, String position, String feed,
      String profile, @Nullable Integer capacity, @Nullable String capacityMark, @Nullable String address,
      @Nullable String fee, @Nullable String externalId) {
    /** The number under which a connector knows it. */
    String number() {
      return Objects.requireNonNullElse(externalId, id);
    }
  }

  /** Reads {@code demo/<file>.json}. */
  static DemoTown read(String file) {
    try (var in = DemoTown.class.getResourceAsStream("/demo/" + file + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("""
                                           There is no demo town "%s", expected a file demo/%s.json.
                                           Maybe correct city.demo.towns.\
                                           """.formatted(file, file));
      }
      return JsonMapper.shared().readValue(in, DemoTown.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Places that come through this door. */
  List<Place> placesOf(String feed) {
    return places.stream().filter(place -> place.feed().equals(feed)).toList();
  }
}
