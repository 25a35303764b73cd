package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.Result;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.node.ObjectNode;

/**
 * Single Observations that are looked up, changed or deleted; each change keeps {@code datastream_latest} right. Needs a
 * transaction. New ones go through {@link de.citycloud.platform.hub.Observations}.
 */
@Repository
class ObservationStore {
  private final JdbcClient jdbc;

  ObservationStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The present id of an Observation; empty if there is none. */
  Optional<ObservationId> find(ObservationId id) {
    return jdbc.sql("""
                    select datastream_id, phenomenon_time, seq from observation
                    where municipality_id = :m and datastream_id = :d and phenomenon_time = at_micros(:t) and seq = :s
                    union all
                    select now_datastream_id, now_time, now_seq from observation_moved
                    where municipality_id = :m and datastream_id = :d and phenomenon_time = at_micros(:t) and seq = :s
                    limit 1
                    """).param("m", municipality()).param("d", id.datastreamId()).param("t", id.epochMicros())
        .param("s", id.seq())
        .query((row, n) -> new ObservationId(row.getInt(1), instant(row, 2), row.getInt(3))).optional();
  }

  /** The path with the present ids of Observations that have moved; the same path if none has. */
  ResourcePath follow(ResourcePath path) {
    var steps = path.steps().stream().map(step -> {
      var id = step.id();
      return id == null || step.type() != EntityType.OBSERVATION
          ? step
          : id.observation().flatMap(old -> find(old).filter(now -> !now.equals(old)))
              .map(now -> new ResourcePath.Step(step.type(), step.link(), new EntityId.Text(now.toString())))
              .orElse(step);
    }).toList();
    return new ResourcePath(steps, path.property(), path.form());
  }

  /** The Observation as SensorThings writes it, with references; for patching. */
  Optional<ObjectNode> read(ObservationId id) {
    return jdbc
        .sql("""
             select phenomenon_time, result, result_time, feature_id, details from observation
             where municipality_id = ? and datastream_id = ? and phenomenon_time = at_micros(?) and seq = ? for update
             """).param(municipality()).param(id.datastreamId()).param(id.epochMicros()).param(id.seq())
        .query((row, n) -> json(id, row)).optional();
  }

  /** Removes an Observation; false if there is none. */
  boolean delete(ObservationId id) {
    hold(List.of(id.datastreamId()));
    boolean there = remove(id);
    if (there) {
      jdbc.sql("""
               delete from observation_moved where municipality_id = ? and now_datastream_id = ?
                 and now_time = at_micros(?) and now_seq = ?
               """).param(municipality()).param(id.datastreamId()).param(id.epochMicros()).param(id.seq()).update();
      refresh(List.of(id.datastreamId()));
    }
    return there;
  }

  /** Removes Observations; those that are gone already are no mistake. */
  void deleteAll(Collection<ObservationId> ids) {
    var datastreams = new TreeSet<>(ids.stream().map(ObservationId::datastreamId).toList());
    hold(datastreams);
    for (var sql : List.of("""
                           delete from observation o
                           using unnest(:d::int[], :t::bigint[], :s::int[]) as n(datastream, time, seq)
                           where o.municipality_id = :m and o.datastream_id = n.datastream
                             and o.phenomenon_time = at_micros(n.time) and o.seq = n.seq
                           """, """
                                delete from observation_moved o
                                using unnest(:d::int[], :t::bigint[], :s::int[]) as n(datastream, time, seq)
                                where o.municipality_id = :m and o.now_datastream_id = n.datastream
                                  and o.now_time = at_micros(n.time) and o.now_seq = n.seq
                                """)) {
      jdbc.sql(sql).param("m", municipality()).param("d", ids.stream().map(ObservationId::datastreamId)
          .toArray(Integer[]::new)).param("t", ids.stream().map(ObservationId::epochMicros).toArray(Long[]::new))
          .param("s", ids.stream().map(ObservationId::seq).toArray(Integer[]::new)).update();
    }
    refresh(datastreams);
  }

  /** Removes all Observations of a FeatureOfInterest. */
  void deleteOf(int feature) {
    var datastreams = new TreeSet<>(
        jdbc.sql("""
                 select id from datastream where municipality_id = :m and default_feature_id = :f
                 union select distinct datastream_id from observation where municipality_id = :m and feature_id = :f
                 """).param("m", municipality()).param("f", feature).query(Integer.class).list());
    if (datastreams.isEmpty()) {
      return;
    }
    hold(datastreams);
    jdbc.sql("""
             delete from observation o where o.municipality_id = :m and o.datastream_id = any(:d) and (o.feature_id = :f
               or o.feature_id is null and exists (select from datastream d where d.municipality_id = :m
                 and d.id = o.datastream_id and d.default_feature_id = :f))
             """).param("m", municipality()).param("d", datastreams.toArray(Integer[]::new)).param("f", feature)
        .update();
    refresh(datastreams);
  }

  /** Replaces an Observation, which gets a new id if its Datastream or phenomenonTime changed. */
  ObservationId replace(ObservationId old, NewObservation now) {
    var datastreams = new TreeSet<>(List.of(old.datastreamId(), now.datastreamId()));
    hold(datastreams);
    boolean moves = old.datastreamId() != now.datastreamId() || !old.phenomenonTime().equals(now.phenomenonTime());
    remove(old);
    var id = new ObservationId(now.datastreamId(), now.phenomenonTime(), moves ? nextSeq(now) : old.seq());
    jdbc.sql(
        """
        insert into observation (municipality_id, datastream_id, phenomenon_time, seq, result, result_time, feature_id,
          details) values (?, ?, at_micros(?), ?, ?, ?, ?, ?::jsonb)
        """).param(municipality()).param(id.datastreamId()).param(id.epochMicros()).param(id.seq())
        .param(now.result() instanceof Result.Numeric(double value) ? value : null)
        .param(now.resultTime() == null ? null : now.resultTime().atOffset(ZoneOffset.UTC))
        .param(now.featureId()).param(details(now)).update();
    if (moves) {
      remember(old, id);
    }
    refresh(datastreams);
    return id;
  }

  private void remember(ObservationId old, ObservationId now) {
    jdbc.sql("""
             update observation_moved set now_datastream_id = ?, now_time = at_micros(?), now_seq = ?
             where municipality_id = ? and now_datastream_id = ? and now_time = at_micros(?) and now_seq = ?
             """).param(now.datastreamId()).param(now.epochMicros()).param(now.seq()).param(municipality())
        .param(old.datastreamId()).param(old.epochMicros()).param(old.seq()).update();
    jdbc.sql(
        """
        insert into observation_moved (municipality_id, datastream_id, phenomenon_time, seq, now_datastream_id, now_time,
          now_seq) values (?, ?, at_micros(?), ?, ?, at_micros(?), ?)
        on conflict (municipality_id, datastream_id, phenomenon_time, seq) do update set
          now_datastream_id = excluded.now_datastream_id, now_time = excluded.now_time, now_seq = excluded.now_seq
        """)
        .param(municipality()).param(old.datastreamId()).param(old.epochMicros()).param(old.seq())
        .param(now.datastreamId()).param(now.epochMicros()).param(now.seq()).update();
  }

  private boolean remove(ObservationId id) {
    return jdbc.sql("""
                    delete from observation
                    where municipality_id = ? and datastream_id = ? and phenomenon_time = at_micros(?) and seq = ?
                    """).param(municipality()).param(id.datastreamId()).param(id.epochMicros()).param(id.seq())
        .update() > 0;
  }

  private int nextSeq(NewObservation now) {
    return jdbc.sql("""
                    select coalesce(max(seq) + 1, 0) from observation
                    where municipality_id = ? and datastream_id = ? and phenomenon_time = at_micros(?)
                    """).param(municipality()).param(now.datastreamId())
        .param(new ObservationId(now.datastreamId(), now.phenomenonTime(), 0).epochMicros()).query(Integer.class)
        .single();
  }

  /** Lets the writers of new Observations wait until the newest values are right again. */
  private void hold(Collection<Integer> datastreams) {
    jdbc.sql("""
             select 1 from datastream_latest where municipality_id = ? and datastream_id = any(?)
             order by datastream_id for update
             """).param(municipality()).param(datastreams.toArray(Integer[]::new)).query(Integer.class).list();
  }

  private void refresh(Collection<Integer> datastreams) {
    for (var datastream : datastreams) {
      jdbc.sql("select 1 from refresh_latest(?, ?)").param(municipality()).param(datastream).query(Integer.class)
          .list();
    }
  }

  private static ObjectNode json(ObservationId id, ResultSet row) throws SQLException {
    var details = row.getString("details");
    var json = details == null
        ? JsonInput.newObject()
        : JsonInput.readObject(details.getBytes(StandardCharsets.UTF_8));
    var end = json.remove("end");
    json.put("phenomenonTime", new TimeText(id.phenomenonTime(),
        end == null ? null : Instant.EPOCH.plus(end.longValue(), ChronoUnit.MICROS)).toString());
    double result = row.getDouble("result");
    if (!row.wasNull()) {
      json.put("result", result);
    }
    var resultTime = row.getObject("result_time", OffsetDateTime.class);
    if (resultTime != null) {
      json.put("resultTime", resultTime.toInstant().toString());
    }
    json.putObject("Datastream").put("@iot.id", id.datastreamId());
    int feature = row.getInt("feature_id");
    if (!row.wasNull()) {
      json.putObject("FeatureOfInterest").put("@iot.id", feature);
    }
    return json;
  }

  /** As the writer of new Observations stores them. */
  private static @Nullable String details(NewObservation observation) {
    var details = JsonInput.newObject();
    var end = observation.phenomenonEnd();
    if (end != null) {
      details.put("end", ChronoUnit.MICROS.between(Instant.EPOCH, end));
    }
    if (observation.result() instanceof Result.Json(var value)) {
      details.set("result", value);
    }
    if (observation.extras() != null) {
      details.setAll(observation.extras());
    }
    return details.isEmpty() ? null : details.toString();
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static int municipality() {
    return CurrentMunicipality.get().id();
  }
}
