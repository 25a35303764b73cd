package de.citycloud.platform.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.hub.Result;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.Retention;
import de.citycloud.platform.problem.CityProblem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.JsonNodeFactory;

class RecordTest extends IngestTest {
  @Autowired
  private Retention retention;

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
  void whatANumberCannotSayStandsInTheDetails() {
    int sign = newDatastream();
    var extras = JsonNodeFactory.instance.objectNode().put("resultQuality", "good");
    extras.putObject("parameters").put("lane", 2);
    record(new NewObservation(sign, NOON, NOON.plusSeconds(300), NOON.plusSeconds(301), Result.of(4), null, extras));
    var row = CurrentMunicipality.call(town,
        () -> jdbc.sql("""
                       select result, extract(epoch from result_time - phenomenon_time)::int as after, details::text
                       from observation where municipality_id = ? and datastream_id = ?
                       """).param(town.id()).param(sign).query().singleRow());
    assertThat(row).containsEntry("result", 4.0).containsEntry("after", 301).containsEntry("details",
        "{\"end\": 1780315500000000, \"parameters\": {\"lane\": 2}, \"resultQuality\": \"good\"}");
  }

  @Test
  void noDateIsLostAndEveryMicrosecondIsKept() {
    int pegel = newDatastream();
    var times = List.of(Instant.parse("-4712-01-01T00:00:00.000001Z"), Instant.parse("0999-12-31T23:59:59.999999Z"),
        Instant.parse("1969-12-31T23:59:59.999999Z"), Instant.parse("2026-06-01T12:00:00.123456Z"),
        Instant.parse("+12345-01-01T00:00:00.000003Z"), Instant.parse("+294246-12-31T23:59:59.999999Z"));
    record(times.stream().map(time -> NewObservation.of(pegel, time, 1)).toArray(NewObservation[]::new));
    var micros = CurrentMunicipality.call(town,
        () -> jdbc.sql("""
                       select (extract(epoch from phenomenon_time) * 1000000)::bigint from observation
                       where municipality_id = ? and datastream_id = ? order by phenomenon_time
                       """).param(town.id()).param(pegel).query(Long.class).list());
    assertThat(micros).isEqualTo(times.stream().map(Submission::micros).toList());
    assertThatThrownBy(() -> record(NewObservation.of(pegel, Instant.parse("+300000-01-01T00:00:00Z"), 1)))
        .isInstanceOf(CityProblem.class).hasMessageContaining("+300000");
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
  void aRequestSentAgainGetsTheFirstIdsEvenIfItsTimesWereFilledInAnew() {
    int pegel = newDatastream();
    var asked = "{\"result\":1}".getBytes(StandardCharsets.UTF_8);
    var first = await(CurrentMunicipality.call(town, () -> observations
        .record(List.of(NewObservation.of(pegel, NOON, 1)), Repeats.KEEP, "filled", asked)));
    var again = await(CurrentMunicipality.call(town, () -> observations
        .record(List.of(NewObservation.of(pegel, NOON.plusSeconds(9), 1)), Repeats.KEEP, "filled", asked)));
    assertThat(again).isEqualTo(first);
    assertThat(stored(pegel)).hasSize(1);
  }

  @Test
  void aKeyIsForgottenAfterADay() {
    int pegel = newDatastream();
    var row = NewObservation.of(pegel, NOON, 1);
    record(Repeats.KEEP, "old-key", row);
    record(Repeats.KEEP, "new-key", row);
    CurrentMunicipality.run(town, () -> jdbc
        .sql("update idempotency_key set created_at = now() - interval '25 hours' where key = 'old-key'").update());
    assertThat(record(Repeats.KEEP, "old-key", NewObservation.of(pegel, NOON, 7)).getFirst().seq()).isEqualTo(2);
    CurrentMunicipality.run(town, () -> jdbc
        .sql("update idempotency_key set created_at = now() - interval '25 hours' where key = 'old-key'").update());
    retention.runEverywhere(java.time.Instant.now());
    assertThat(CurrentMunicipality.call(town, () -> jdbc.sql("select key from idempotency_key")
        .query(String.class).list())).contains("new-key").doesNotContain("old-key");
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
