package de.citycloud.platform.hub.page;

import de.citycloud.platform.hub.Histories;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads histories by the primary key of {@code observation}: one range of one Datastream. */
@Component
class JdbcHistories implements Histories {
  /** Local time decides what hour of the week it is. */
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  /** What a resultQuality says when the value may be wrong; it is free text or a free object in SensorThings. */
  private static final String DOUBTFUL = "coalesce(details ->> 'resultQuality' ~* '(suspect|doubt|question|bad|invalid|plausib|auff)', false)";
  private static final String OF_DATASTREAM = "municipality_id = :municipality and datastream_id = :datastream and phenomenon_time >= :from and phenomenon_time < :to";
  private static final Duration USUAL_SPAN = Duration.ofDays(56);
  private static final Duration USUAL_FRESH = Duration.ofMinutes(30);
  private static final int USUAL_KEPT = 500;
  private static final int QUERY_SECONDS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(JdbcHistories.class);
  private final JdbcClient jdbc;
  private final Map<Series, Known> usual = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Series, Known> eldest) {
      return size() > USUAL_KEPT;
    }
  });

  JdbcHistories(DataSource dataSource) {
    this.jdbc = JdbcPlaces.limited(dataSource, QUERY_SECONDS);
  }

  @Override
  public List<Sample> list(int datastreamId, Instant from, Instant to, Duration step) {
    var sql = step.isZero()
        ? """
          select phenomenon_time as time, result as value, %s as doubtful from observation
          where %s and result is not null
          """.formatted(DOUBTFUL, OF_DATASTREAM)
        : """
          select date_bin(:step * interval '1 second', phenomenon_time, '2000-01-01Z') as time, avg(result) as value,
                 false as doubtful
          from observation where %2$s and result is not null and not %1$s group by 1
          union all
          (select phenomenon_time, result, true from observation where %2$s and result is not null and %1$s
           order by phenomenon_time desc limit 200)
          """.formatted(DOUBTFUL, OF_DATASTREAM);
    var query = of(jdbc.sql("select * from (" + sql + ") as sample order by time desc limit " + LIMIT), datastreamId,
        from, to);
    if (!step.isZero()) {
      query = query.param("step", step.toSeconds());
    }
    return query.query((row, number) -> new Sample(time(row), row.getDouble("value"), row.getBoolean("doubtful")))
        .list().reversed();
  }

  private static JdbcClient.StatementSpec of(JdbcClient.StatementSpec sql, int datastream, Instant from, Instant to) {
    return sql.param("municipality", CurrentMunicipality.get().id()).param("datastream", datastream)
        .param("from", from.atOffset(ZoneOffset.UTC)).param("to", to.atOffset(ZoneOffset.UTC));
  }

  private static Instant time(ResultSet row) throws SQLException {
    return row.getObject("time", OffsetDateTime.class).toInstant();
  }

  @Override
  public Optional<Usual> findUsual(int datastreamId) {
    var series = new Series(CurrentMunicipality.get().id(), datastreamId);
    var known = usual.get(series);
    var now = Instant.now();
    if (known == null || known.readAt().plus(USUAL_FRESH).isBefore(now)) {
      known = new Known(now, read(datastreamId, now));
      usual.put(series, known);
    }
    return Optional.ofNullable(known.usual());
  }

  private @Nullable Usual read(int datastreamId, Instant now) {
    var ranges = new Range[7 * 24];
    try {
      int[] found = {0};
      of(jdbc.sql(
          """
          select extract(isodow from local) * 24 - 24 + extract(hour from local) as hour_of_week,
                 percentile_cont(array[0.1, 0.5, 0.9]) within group (order by result) as range
          from (select phenomenon_time at time zone 'Europe/Berlin' as local, result from observation
                where %s and result is not null and not %s) as measured
          group by 1 having count(*) >= 4 and count(distinct date_trunc('day', local)) >= 2
          """.formatted(OF_DATASTREAM, DOUBTFUL)), datastreamId, now.minus(USUAL_SPAN), now).query(row -> {
            var range = (Double[]) row.getArray("range").getArray();
            ranges[row.getInt("hour_of_week")] = new Range(range[0], range[1], range[2]);
            found[0]++;
          });
      return found[0] == 0 ? null : time -> ranges[hourOfWeek(time)];
    } catch (QueryTimeoutException | TransientDataAccessResourceException e) {
      LOG.warn("The usual range of Datastream {} took longer than {} s and is left out: {}", datastreamId,
          QUERY_SECONDS, e.getMessage());
      return null;
    }
  }

  /** Hour of the week in local time, 0 for the first of Monday to 167. */
  static int hourOfWeek(Instant time) {
    var local = time.atZone(ZONE);
    return local.getDayOfWeek().getValue() * 24 - 24 + local.getHour();
  }

  private record Series(int municipalityId, int datastreamId) {}

  private record Known(Instant readAt, @Nullable Usual usual) {}
}
