package de.citycloud.platform.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationIdTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"412, 2026-06-01T12:00:00.123Z, 0, true", "1048575, 2039-01-01T00:00:00Z, 3, true",
      "1048576, 2026-06-01T12:00:00Z, 0, false", "412, 2026-06-01T12:00:00.123456Z, 0, false",
      "412, 1969-12-31T23:59:59Z, 0, false", "412, 2040-01-01T00:00:00Z, 0, false",
      "412, 2026-06-01T12:00:00Z, 4, false"})
  void isANumberWhereTheKeyFitsInOne(int datastream, Instant time, int seq, boolean number) {
    var id = new ObservationId(datastream, time, seq);
    assertThat(id.toString()).matches(number ? "\\d{1,19}" : "\\d+--?\\d+-\\d+");
    assertThat(ObservationId.parse(id.toString())).contains(id);
  }

  @Test
  void everyIdIsReadBack() {
    for (long seed = 0; seed < 10_000; seed++) {
      var random = new Random(seed);
      var id = new ObservationId(1 + random.nextInt(Integer.MAX_VALUE - 1) >> random.nextInt(31),
          NOON.plus(random.nextLong(-1L << 55, 1L << 55), ChronoUnit.MICROS),
          random.nextInt(1 << 15) >> random.nextInt(15));
      assertThat(ObservationId.parse(id.toString())).as("seed %d", seed).contains(id);
    }
  }

  @Test
  void laterObservationsHaveLargerNumbers() {
    assertThat(Long.parseLong(new ObservationId(1, NOON.plusMillis(1), 0).toString()))
        .isGreaterThan(Long.parseLong(new ObservationId(1_000_000, NOON, 3).toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "0", "x", "1-2", "1-2-3-4", "99999999999-1-0", "1-1-99999", "99999999999999999999",
      "01", "1 "})
  void anythingElseIsNoId(String text) {
    assertThat(ObservationId.parse(text)).isEmpty();
  }
}
