package de.citycloud.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.demo.DemoTown.Place;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoValuesTest {
  private static final Instant WEEK = Instant.parse("2026-11-16T00:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"ludwigsburg", "heilbronn"})
  void everyFactSaysHowWellItIsKnown(String file) {
    var town = DemoTown.read(file);

    assertThat(town.places()).isNotEmpty().allSatisfy(place -> {
      assertThat(place.position()).isIn("exact", "approximate", "invented");
      assertThat(place.capacity() == null).isEqualTo(place.capacityMark() == null);
      assertThat(Math.hypot(place.longitude() - town.longitude(), place.latitude() - town.latitude()))
          .as("distance of %s from the town in degrees", place.name()).isLessThan(0.1);
    });
    assertThat(town.places().stream().map(Place::id).collect(Collectors.toSet())).hasSameSizeAs(town.places());
  }

  @ParameterizedTest
  @MethodSource("places")
  void aWeekOfValuesStaysInsideWhatIsPossibleAndMoves(Place place) {
    for (var quantity : DemoQuantity.of(place.kind())) {
      var week = IntStream.range(0, 7 * 96).mapToObj(quarter -> WEEK.plusSeconds(900L * quarter))
          .flatMap(time -> DemoValues.at(place, quantity, time).stream().boxed()).toList();

      assertThat(week).as("%s of %s", quantity.role(), place.id()).hasSizeGreaterThan(6 * 96);
      double least = quantity.role().equals("temperature") ? -25 : 0;
      double most = place.capacity() != null ? place.capacity() : 2_000;
      assertThat(week).allSatisfy(value -> assertThat(value).isBetween(least, most));
      assertThat(Set.copyOf(week)).as("different values").hasSizeGreaterThan(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rathaustiefgarage", "bahnhof", "solitude"})
  void aCarParkIsEmptierAtNightThanAtNoonOnAWorkday(String id) {
    var place = DemoTown.read("ludwigsburg").places().stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
    var free = DemoQuantity.of("parking").getFirst();

    double night = DemoValues.at(place, free, at("2026-11-18T05:00")).orElseThrow();
    double noon = DemoValues.at(place, free, at("2026-11-18T12:00")).orElseThrow();
    assertThat(night).isGreaterThan(2 * noon);
  }

  private static Stream<Place> places() {
    return List.of("ludwigsburg", "heilbronn").stream().map(DemoTown::read).flatMap(town -> town.places().stream());
  }

  private static Instant at(String localTime) {
    return ZonedDateTime.of(java.time.LocalDateTime.parse(localTime), ZoneId.of("Europe/Berlin")).toInstant();
  }
}
