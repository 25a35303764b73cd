package de.citycloud.platform.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.hub.Result;
import de.citycloud.platform.problem.CityProblem;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class RecordTest extends IngestTest {
  @Test
  void whatIsRecordedIsThereAndTheNewestIsKnown() {
    int pegel = newDatastream();
    var ids = record(NewObservation.of(pegel, NOON, 1.5), NewObservation.of(pegel, NOON.plusSeconds(60), 1.6));
    assertThat(ids).containsExactly(new ObservationId(pegel, NOON, 0),
        new ObservationId(pegel, NOON.plusSeconds(60), 0));
    assertThat(stored(pegel)).containsExactly("06-01T12:00:00 0 1.5", "06-01T12:01:00 0 1.6");
    assertThat(latest(pegel)).isEqualTo("06-01T12:01:00 0 1.6");
  }

  @Test
  void equalTimesAreKeptOrStoredOnceAsTheCallerSays() {
    int pegel = newDatastream();
    record(NewObservation.of(pegel, NOON, 1));
    assertThat(record(Repeats.KEEP, null, NewObservation.of(pegel, NOON, 2)).getFirst().seq()).isOne();
    assertThat(record(Repeats.STORE_ONCE, null, NewObservation.of(pegel, NOON, 3)).getFirst().seq()).isZero();
    assertThat(stored(pegel)).containsExactly("06-01T12:00:00 0 1", "06-01T12:00:00 1 2");
    assertThat(latest(pegel)).isEqualTo("06-01T12:00:00 1 2");
  }

  @Test
  void equalTimesWithinOneCallAreNumbered() {
    int pegel = newDatastream();
    var row = NewObservation.of(pegel, NOON, 1);
    assertThat(record(row, row, row)).map(id -> id.seq()).containsExactly(0, 1, 2);
    assertThat(record(Repeats.STORE_ONCE, null, row, NewObservation.of(pegel, NOON.plusSeconds(1), 7),
        NewObservation.of(pegel, NOON.plusSeconds(1), 7))).map(id -> id.seq()).containsExactly(0, 0, 0);
    assertThat(stored(pegel)).hasSize(4);
  }

  @Test
  void anUnknownDatastreamIsNamedAndNothingOfTheCallIsStored() {
    int pegel = newDatastream();
    assertThatThrownBy(() -> record(NewObservation.of(pegel, NOON, 1), NewObservation.of(2_000_000_000, NOON, 1)))
        .isInstanceOf(CityProblem.class).hasMessageContaining("2000000000")
        .extracting(e -> ((CityProblem) e).slug()).isEqualTo("datastream-not-found");
    assertThat(stored(pegel)).isEmpty();
  }

  @Test
  void everythingButANumberIsKeptAsItWas() {
    int sign = newDatastream();
    record(new NewObservation(sign, NOON, NOON.plusSeconds(300), NOON.plusSeconds(301),
        new Result.Json(JsonNodeFactory.instance.stringNode("frei")), null,
        JsonNodeFactory.instance.objectNode().put("resultQuality", "good")));
    assertThat(stored(sign)).containsExactly("06-01T12:00:00 0 frei");
  }

  @Test
  void aRequestSentTwiceIsStoredOnce() {
    int pegel = newDatastream();
    var row = NewObservation.of(pegel, NOON, 1);
    var first = record(Repeats.KEEP, "a-key", row, row);
    assertThat(record(Repeats.KEEP, "a-key", row, row)).isEqualTo(first);
    assertThat(stored(pegel)).hasSize(2);
    assertThatThrownBy(() -> record(Repeats.KEEP, "a-key", NewObservation.of(pegel, NOON, 2)))
        .extracting(e -> ((CityProblem) e).slug()).isEqualTo("idempotency-key-reused");
  }

  @Test
  void aTextThatTheStoreCannotHoldIsRefusedAlone() {
    int sign = newDatastream();
    var bad = submit(Repeats.KEEP, null, new NewObservation(sign, NOON, null, null,
        new Result.Json(JsonNodeFactory.instance.stringNode("a\0b")), null, null));
    var good = submit(Repeats.KEEP, null, NewObservation.of(sign, NOON, 1));
    assertThatThrownBy(() -> await(bad)).isInstanceOf(CityProblem.class);
    assertThat(await(good)).hasSize(1);
  }
}
