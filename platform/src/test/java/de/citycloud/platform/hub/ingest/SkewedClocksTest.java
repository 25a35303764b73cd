package de.citycloud.platform.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sender clocks go wrong, messages come three times and out of order (fault plan F5). */
class SkewedClocksTest extends IngestTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @Test
  void aValueFromTheDayAfterTomorrowDoesNotHideTheTrueOnes() {
    int pegel = newDatastream();
    record(NewObservation.of(pegel, NOW.minusSeconds(60), 1));
    record(NewObservation.of(pegel, NOW.plus(Duration.ofDays(2)), 99));
    assertThat(latest(pegel)).as("the true one stays").endsWith(" 1");
    record(NewObservation.of(pegel, NOW, 2));
    assertThat(latest(pegel)).as("the next true one follows").endsWith(" 2");
    assertThat(stored(pegel)).as("all are stored, sorted").map(row -> row.split(" ")[2]).containsExactly("1", "2",
        "99");
    assertThat(ahead(pegel)).as("and the wrong one is marked").isOne();
  }

  @Test
  void aTrueValueReplacesAWrongOneThatCameFirst() {
    int pegel = newDatastream();
    record(NewObservation.of(pegel, NOW.plus(Duration.ofDays(2)), 99));
    assertThat(latest(pegel)).as("better than none: forecasts lie ahead, too").endsWith(" 99");
    record(NewObservation.of(pegel, NOW, 1), NewObservation.of(pegel, NOW.plus(Duration.ofDays(3)), 98));
    assertThat(latest(pegel)).endsWith(" 1");
  }

  @Test
  void halfAnHourOfSkewIsNoReasonToDoubt() {
    int pegel = newDatastream();
    record(NewObservation.of(pegel, NOW.minusSeconds(3_600), 1), NewObservation.of(pegel, NOW.plusSeconds(1_800), 2));
    assertThat(latest(pegel)).endsWith(" 2");
    assertThat(ahead(pegel)).isZero();
  }

  @Test
  void anOldValueIsStoredButIsNotTheNewest() {
    int pegel = newDatastream();
    record(NewObservation.of(pegel, NOW, 1));
    record(NewObservation.of(pegel, NOW.minus(Duration.ofDays(400)), 2));
    assertThat(latest(pegel)).endsWith(" 1");
    assertThat(stored(pegel)).hasSize(2);
  }

  @Test
  void everyMessageThreeTimesAndShuffledIsStoredOnceAndSorted() {
    long seed = 4711;
    var random = new Random(seed);
    int[] series = {newDatastream(), newDatastream(), newDatastream()};
    var messages = new ArrayList<NewObservation>();
    for (int i = 0; i < 1_000; i++) {
      var message = NewObservation.of(series[i % 3], NOON.plusSeconds(10L * (i / 3)), i);
      for (int copy = 0; copy < 3; copy++) {
        messages.add(message);
      }
    }
    // Within ten minutes: a message moves at most 60 places of its series.
    for (int from = 0; from < messages.size(); from += 540) {
      Collections.shuffle(messages.subList(from, Math.min(from + 540, messages.size())), random);
    }
    var answers = messages.stream().map(message -> submit(Repeats.STORE_ONCE, null, message)).toList();
    answers.forEach(IngestTest::await);
    for (int s = 0; s < 3; s++) {
      int of = s;
      assertThat(stored(series[s])).as("seed %d", seed).map(row -> (int) Double.parseDouble(row.split(" ")[2]))
          .containsExactlyElementsOf(IntStream.range(0, 1_000).filter(i -> i % 3 == of).boxed()
              .toList());
    }
    assertThat(latest(series[0])).endsWith(" 999");
  }

  private int ahead(int datastream) {
    return CurrentMunicipality.call(town, () -> jdbc
        .sql("""
             select count(*) from observation
             where municipality_id = ? and datastream_id = ? and jsonb_exists(details, 'ahead')
             """)
        .param(town.id()).param(datastream).query(Integer.class).single());
  }
}
