package de.citycloud.platform.hub.page;

import de.citycloud.platform.municipality.CurrentMunicipality;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The Observations of one Datastream in pieces of {@value #PAGE}, by the primary key. No connection is held between two
 * pieces: a slow reader must not keep one from the others.
 */
@Component
class ExportRows {
  static final int PAGE = 5_000;
  static final int LIMIT = 200_000;
  private final JdbcClient jdbc;

  ExportRows(DataSource dataSource) {
    this.jdbc = JdbcPlaces.limited(dataSource, 10);
  }

  /** A Datastream with the Thing that it belongs to; empty if there is none. */
  Optional<Head> findHead(int datastreamId) {
    return jdbc
        .sql("""
             select d.id, d.name, coalesce(d.unit ->> 'symbol', '') as unit, t.id as thing_id, t.name as thing_name,
                    t.properties ->> 'source' as source, t.properties ->> 'licence' as licence
             from datastream d join thing t on t.municipality_id = d.municipality_id and t.id = d.thing_id
             where d.municipality_id = ? and d.id = ?
             """).param(CurrentMunicipality.get().id()).param(datastreamId).query(Head.class).optional();
  }

  /** True if the stretch holds more than {@value #LIMIT} Observations. */
  boolean isTooLong(int datastreamId, Extract extract) {
    return jdbc.sql("""
                    select 1 from observation
                    where municipality_id = ? and datastream_id = ? and phenomenon_time >= ? and phenomenon_time < ?
                    order by phenomenon_time offset ? limit 1
                    """).param(CurrentMunicipality.get().id()).param(datastreamId)
        .param(extract.from().atOffset(ZoneOffset.UTC))
        .param(extract.to().atOffset(ZoneOffset.UTC)).param(LIMIT).query(Integer.class).optional().isPresent();
  }

  /** The next piece after {@code last}, oldest first; empty at the end. */
  List<Row> next(int datastreamId, Extract extract, @Nullable Row last) {
    return jdbc
        .sql(
            """
            select phenomenon_time, seq, result, result_time, details ->> 'end' as phenomenon_end,
                   details -> 'result' as other, details ->> 'resultQuality' as quality
            from observation
            where municipality_id = ? and datastream_id = ? and (phenomenon_time, seq) > (?, ?) and phenomenon_time >= ?
              and phenomenon_time < ?
            order by phenomenon_time, seq limit ?
            """)
        .param(CurrentMunicipality.get().id()).param(datastreamId)
        .param((last == null ? extract.from().minusSeconds(1) : last.time()).atOffset(ZoneOffset.UTC))
        .param(last == null ? 0 : last.seq()).param(extract.from().atOffset(ZoneOffset.UTC))
        .param(extract.to().atOffset(ZoneOffset.UTC)).param(PAGE).query((row, number) -> {
          double result = row.getDouble("result");
          var value = row.wasNull() ? null : result;
          var time = JdbcPlaces.instant(row, "phenomenon_time");
          if (time == null) {
            throw new IllegalStateException("phenomenon_time is null, expected a time: it is part of the key.");
          }
          return new Row(time, row.getShort("seq"), row.getString("phenomenon_end"),
              JdbcPlaces.instant(row, "result_time"), value, row.getString("other"), row.getString("quality"));
        }).list();
  }

  /** What stands above the rows. */
  record Head(int id, String name, String unit, int thingId, String thingName, @Nullable String source,
      @Nullable String licence) {}

  /**
   * One Observation.
   *
   * @param time start of the phenomenonTime
   * @param seq counts Observations of the same time
   * @param end end of the phenomenonTime as text; null for an instant
   * @param resultTime null if same as the phenomenonTime
   * @param value the result where it is a number
   * @param other the result as JSON where it is none
   * @param quality the resultQuality, text or JSON; null if none
   */
  record Row(Instant time, short seq, @Nullable String end, @Nullable Instant resultTime, @Nullable Double value,
      @Nullable String other, @Nullable String quality) {}
}
