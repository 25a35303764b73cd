package de.citycloud.platform.portal;

import de.citycloud.platform.hub.Place;
import de.citycloud.platform.hub.PlaceKind;
import de.citycloud.platform.hub.PlaceState;
import de.citycloud.platform.hub.Places;
import de.citycloud.platform.hub.Reading;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.portal.CityNow.Air;
import de.citycloud.platform.portal.CityNow.Freshness;
import de.citycloud.platform.portal.CityNow.Parking;
import de.citycloud.platform.portal.CityNow.Traffic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts together what matters now. Read at most every few seconds, however many people look. */
@Component
class CityNowReader {
  private static final Duration KEPT = Duration.ofSeconds(5);
  private static final int SHOWN_CAR_PARKS = 5;
  /** Limits of the 39. BImSchV in µg/m³: nitrogen dioxide as mean of an hour, particles as mean of a day. */
  private static final Map<String, Double> LIMITS = Map.of("no2", 200.0, "pm10", 50.0);

  private final Places places;
  private final JdbcClient jdbc;
  private final Kept<CityNow> kept = new Kept<>(KEPT);

  CityNowReader(Places places, JdbcTemplate template) {
    this.places = places;
    var limited = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
    limited.setQueryTimeout(5);
    this.jdbc = JdbcClient.create(limited);
  }

  /** How it stands in {@code municipality}, which is the current one; at most five seconds old. */
  CityNow read(Municipality municipality) {
    return kept.get(municipality.id(), () -> readNow(municipality));
  }

  private CityNow readNow(Municipality municipality) {
    var now = Instant.now();
    var all = places.list(EnumSet.of(PlaceKind.PARKING, PlaceKind.AIR, PlaceKind.TRAFFIC), null);
    var carParks = all.stream().filter(place -> place.kind() == PlaceKind.PARKING).toList();
    var centre = new Place.Position(municipality.longitude(), municipality.latitude());
    var nearest = carParks.stream()
        .sorted(Comparator.comparingDouble(place -> place.position() == null
            ? Double.MAX_VALUE
            : place.position().metresTo(centre)))
        .limit(SHOWN_CAR_PARKS).toList();
    return new CityNow(now, parking(carParks, now), air(all, now),
        traffic(all.stream().filter(place -> place.kind() == PlaceKind.TRAFFIC).toList(), now), freshness(now), nearest,
        carParks.size() - nearest.size());
  }

  private static @Nullable Parking parking(List<Place> carParks, Instant now) {
    if (carParks.isEmpty()) {
      return null;
    }
    var fresh = carParks.stream().filter(place -> place.stateAt(now).isFresh() && place.free().isPresent()).toList();
    var scarce = fresh.stream()
        .filter(place -> place.stateAt(now) == PlaceState.SCARCE || place.stateAt(now) == PlaceState.FULL)
        .sorted(Comparator.comparingLong(place -> place.free().orElse(0))).map(Place::name).limit(3).toList();
    return new Parking(fresh.stream().mapToLong(place -> place.free().orElse(0)).sum(), fresh.size(), carParks.size(),
        scarce, newest(carParks));
  }

  private static @Nullable Air air(List<Place> all, Instant now) {
    var points = all.stream().filter(place -> place.kind() == PlaceKind.AIR && place.main() != null).toList();
    for (var quantity : List.of("no2", "pm10")) {
      var measuring = points.stream().filter(place -> role(place).equals(quantity)).toList();
      if (measuring.isEmpty()) {
        continue;
      }
      var worst = measuring.stream().filter(place -> place.stateAt(now).isFresh() && value(place) != null)
          .max(Comparator.comparingDouble(place -> Objects.requireNonNullElse(value(place), 0.0)));
      if (worst.isEmpty()) {
        return new Air(null, "", quantity, "unknown", null, newest(measuring));
      }
      double value = Objects.requireNonNullElse(value(worst.get()), 0.0);
      double limit = LIMITS.getOrDefault(quantity, Double.MAX_VALUE);
      return new Air(value, Objects.requireNonNull(worst.get().main()).unitForPeople(), quantity,
          value < limit / 2 ? "far-below" : value <= limit ? "below" : "above", worst.get(), newest(measuring));
    }
    return null;
  }

  private static @Nullable Traffic traffic(List<Place> points, Instant now) {
    if (points.isEmpty()) {
      return null;
    }
    var fresh = points.stream().filter(place -> place.stateAt(now).isFresh() && value(place) != null).toList();
    return new Traffic(Math.round(fresh.stream().mapToDouble(CityNowReader::perHour).sum()), fresh.size(),
        points.size(), fresh.stream().max(Comparator.comparingDouble(CityNowReader::perHour)).orElse(null),
        newest(points));
  }

  private @Nullable Freshness freshness(Instant now) {
    var counted = jdbc.sql("""
                           select (select count(*) from datastream) all_series,
                                  (select count(*) from datastream_latest where heard_at > ?) last_hour,
                                  (select max(heard_at) from datastream_latest) heard
                           """).param(now.minus(Duration.ofHours(1)).atOffset(java.time.ZoneOffset.UTC))
        .query(CityNowReader::freshness).single();
    return counted.all() == 0 ? null : counted;
  }

  private static Freshness freshness(ResultSet row, int number) throws SQLException {
    var heard = row.getObject("heard", OffsetDateTime.class);
    return new Freshness(row.getLong("last_hour"), row.getLong("all_series"),
        heard == null ? null : heard.toInstant());
  }

  /** Counts belong to their interval unless their unit says that they are already per hour. */
  private static double perHour(Place place) {
    var reading = Objects.requireNonNull(place.main());
    double value = Objects.requireNonNullElse(reading.value(), 0.0);
    return reading.unit().endsWith("/h") ? value : value * 3600 / reading.interval().toSeconds();
  }

  private static String role(Place place) {
    return place.main() == null ? "" : place.main().role();
  }

  private static @Nullable Double value(Place place) {
    return place.main() == null ? null : place.main().value();
  }

  private static @Nullable Instant newest(List<Place> places) {
    return places.stream().map(Place::main).filter(Objects::nonNull).map(Reading::time).filter(Objects::nonNull)
        .max(Comparator.naturalOrder()).orElse(null);
  }
}
