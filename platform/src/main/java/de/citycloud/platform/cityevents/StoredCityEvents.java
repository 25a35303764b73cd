package de.citycloud.platform.cityevents;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Events in the table {@code city_event}. */
@Service
class StoredCityEvents implements CityEvents {
  private static final Duration LONGEST = Duration.ofDays(60);
  private static final int MOST = 500;

  private final JdbcClient jdbc;
  private final AuditLog audit;

  StoredCityEvents(JdbcClient jdbc, AuditLog audit) {
    this.jdbc = jdbc;
    this.audit = audit;
  }

  /** An event as calendars know it. @param id stable while its source is the same @param changedAt last published */
  record Listed(long id, CityEvent event, Instant changedAt) {}

  @Override
  @Transactional
  public void publish(CityEvent event) {
    check(event);
    jdbc.sql("""
             insert into city_event (municipality_id, source, name, place, longitude, latitude, begins_at, ends_at,
               expected_visitors) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
             on conflict (municipality_id, source) do update set name = excluded.name, place = excluded.place,
               longitude = excluded.longitude, latitude = excluded.latitude, begins_at = excluded.begins_at,
               ends_at = excluded.ends_at, expected_visitors = excluded.expected_visitors, changed_at = now()
             """)
        .param(CurrentMunicipality.get().id()).param(event.source()).param(event.name()).param(event.place())
        .param(event.longitude()).param(event.latitude()).param(event.from().atOffset(ZoneOffset.UTC))
        .param(event.until().atOffset(ZoneOffset.UTC)).param(event.expectedVisitors()).update();
    audit.record(AuditEntry.of("event.published", event.source()));
  }

  @Override
  @Transactional
  public void cancel(String source) {
    if (jdbc.sql("delete from city_event where source = ?").param(source).update() > 0) {
      audit.record(AuditEntry.of("event.cancelled", source));
    }
  }

  @Override
  public List<CityEvent> listBetween(Instant from, Instant until) {
    return listed(from, until).stream().map(Listed::event).toList();
  }

  /** As {@link #listBetween}, with what calendars need besides. */
  List<Listed> listed(Instant from, Instant until) {
    return jdbc.sql("""
                    select * from city_event where begins_at >= ? and begins_at < ? and ends_at > ?
                    order by begins_at, id limit ?
                    """)
        .param(from.minus(LONGEST).atOffset(ZoneOffset.UTC)).param(until.atOffset(ZoneOffset.UTC))
        .param(from.atOffset(ZoneOffset.UTC)).param(MOST).query(StoredCityEvents::read).list();
  }

  private static Listed read(ResultSet row, int number) throws SQLException {
    return new Listed(row.getLong("id"),
        new CityEvent(row.getString("source"), row.getString("name"), row.getString("place"), degrees(row, "longitude"),
            degrees(row, "latitude"), time(row, "begins_at"), time(row, "ends_at"), row.getInt("expected_visitors")),
        time(row, "changed_at"));
  }

  private static @Nullable Double degrees(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static void check(CityEvent event) {
    text("name", event.name(), 200);
    text("place", event.place(), 300);
    text("source", event.source(), 200);
    if (!event.until().isAfter(event.from()) || Duration.between(event.from(), event.until()).compareTo(LONGEST) > 0) {
      throw refused("lasts from %s until %s, expected an end after the begin, at most 60 days later".formatted(
          event.from(), event.until()), "Maybe publish a long event as several.");
    }
    if (event.expectedVisitors() < 0 || event.expectedVisitors() > 1_000_000) {
      throw refused("expects %d visitors, expected 0 to 1,000,000".formatted(event.expectedVisitors()),
          "Maybe tell how many are there at the same time.");
    }
    var longitude = event.longitude();
    var latitude = event.latitude();
    if ((longitude == null) != (latitude == null) || (longitude != null && !(Math.abs(longitude) <= 180))
        || (latitude != null && !(Math.abs(latitude) <= 90))) {
      throw refused("lies at longitude %s and latitude %s, expected both in degrees, or none".formatted(longitude,
          latitude), "Maybe leave both away; the place in words is enough.");
    }
  }

  private static void text(String what, String text, int most) {
    if (text.isBlank() || text.length() > most || text.indexOf('\0') >= 0) {
      throw refused("has a %s of %d characters, expected 1 to %d".formatted(what, text.strip().length(), most),
          "Maybe shorten it.");
    }
  }

  private static CityProblem refused(String why, String advice) {
    return new CityProblem("event-invalid", HttpStatus.UNPROCESSABLE_CONTENT,
        "The event %s.\n%s".formatted(why, advice));
  }
}
