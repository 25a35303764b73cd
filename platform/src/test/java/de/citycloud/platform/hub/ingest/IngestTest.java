package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.Observations;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A municipality of its own for each class, with helpers to record and to look. */
abstract class IngestTest extends CityTest {
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @Autowired
  Observations observations;
  @Autowired
  Municipalities municipalities;
  @Autowired
  JdbcClient jdbc;
  Municipality town = new Municipality(1, "none", "", 0, 0, false);

  @BeforeEach
  void ensureTown() {
    var slug = getClass().getSimpleName().toLowerCase(Locale.ROOT);
    town = municipalities.ensure(slug.substring(0, Math.min(slug.length(), 40)), "Teststadt", 9, 48, false);
  }

  int newDatastream() {
    return newDatastream(town);
  }

  int newDatastream(Municipality municipality) {
    return CurrentMunicipality.call(municipality, () -> jdbc
        .sql("""
             with t as (insert into thing (municipality_id, name, description) values (:m, 'Pegel', '') returning id),
             s as (insert into sensor (municipality_id, name, description, encoding_type, metadata)
               values (:m, 'Sonde', '', 'text/plain', '""') returning id),
             p as (insert into observed_property (municipality_id, name, definition, description)
               values (:m, 'Pegelstand', 'https://example.org/level', '') returning id)
             insert into datastream (municipality_id, thing_id, sensor_id, observed_property_id, name, description,
               observation_type, unit)
             select :m, t.id, s.id, p.id, 'Pegel', '', 'OM_Measurement', '{}' from t, s, p returning id
             """).param("m", municipality.id()).query(Integer.class).single());
  }

  CompletableFuture<List<ObservationId>> submit(Repeats repeats, @Nullable String key, NewObservation... rows) {
    return CurrentMunicipality.call(town, () -> observations.record(List.of(rows), repeats, key));
  }

  List<ObservationId> record(Repeats repeats, @Nullable String key, NewObservation... rows) {
    return await(submit(repeats, key, rows));
  }

  List<ObservationId> record(NewObservation... rows) {
    return record(Repeats.KEEP, null, rows);
  }

  /** The answer, or the problem it failed with. */
  static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("No answer within 20 s.", e);
    }
  }

  /** The rows of a Datastream as {@code time seq result}, in order. */
  List<String> stored(int datastream) {
    return CurrentMunicipality.call(town,
        () -> jdbc.sql("""
                       select to_char(phenomenon_time at time zone 'UTC', 'MM-DD"T"HH24:MI:SS') || ' ' || seq || ' '
                         || coalesce(result::text, details->>'result', '-')
                       from observation where municipality_id = ? and datastream_id = ? order by phenomenon_time, seq
                       """).param(town.id()).param(datastream).query(String.class).list());
  }

  /** The newest Observation of a Datastream as {@code time seq result}. */
  String latest(int datastream) {
    return CurrentMunicipality.call(town,
        () -> jdbc.sql("""
                       select to_char(phenomenon_time at time zone 'UTC', 'MM-DD"T"HH24:MI:SS') || ' ' || seq || ' '
                         || coalesce(result::text, details->>'result', '-')
                       from datastream_latest where municipality_id = ? and datastream_id = ?
                       """).param(town.id()).param(datastream).query(String.class).optional().orElse("none"));
  }
}
