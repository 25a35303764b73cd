package de.citycloud.platform.hub.page;

import de.citycloud.platform.hub.Place;
import de.citycloud.platform.hub.PlaceKind;
import de.citycloud.platform.hub.Places;
import de.citycloud.platform.hub.Reading;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads places in one statement; the newest values come from {@code datastream_latest}, never from all Observations. */
@Component
class JdbcPlaces implements Places {
  /** Expected time between two values where the Datastream says nothing, in s. */
  static final long DEFAULT_INTERVAL_SECONDS = 900;
  private static final int QUERY_SECONDS = 5;
  /** The overlap of boxes is leakproof and reaches the index on extent; the exact test looks at what it left. */
  static final String WITHIN = """
                               and t.id in (
                                 select tl.thing_id from location w
                                 join thing_location tl on tl.municipality_id = w.municipality_id and tl.location_id = w.id
                                 where w.municipality_id = :municipality
                                   and w.extent && box(point(:west, :south), point(:east, :north)))
                               and l.position <@ box(point(:west, :south), point(:east, :north))
                               """;
  static final String SELECT = """
                               select t.id, t.name, t.description, t.properties, l.position[0] longitude, l.position[1] latitude,
                                      d.id datastream_id, d.name datastream_name, d.unit ->> 'symbol' unit, d.properties datastream_properties,
                                      x.last_time, x.result, x.details -> 'result' other_result, x.heard_at
                               from thing t
                               left join lateral (
                                 select l.position from thing_location tl
                                 join location l on l.municipality_id = tl.municipality_id and l.id = tl.location_id
                                 where tl.municipality_id = t.municipality_id and tl.thing_id = t.id and l.position is not null
                                 order by l.id limit 1) l on true
                               left join lateral (
                                 select d.id, d.name, d.unit, d.properties from datastream d
                                 where d.municipality_id = t.municipality_id and d.thing_id = t.id
                                 order by d.properties ->> 'main' is distinct from 'true', d.properties ->> 'role' is distinct from 'free', d.id
                                 limit 1) d on true
                               left join datastream_latest x on x.municipality_id = t.municipality_id and x.datastream_id = d.id
                               where t.municipality_id = :municipality
                               """;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  JdbcPlaces(DataSource dataSource, JsonMapper json) {
    this.jdbc = limited(dataSource, QUERY_SECONDS);
    this.json = json;
  }

  /** A client whose statements end after {@code seconds}, so that no page waits for ever. */
  static JdbcClient limited(DataSource dataSource, int seconds) {
    var template = new JdbcTemplate(dataSource);
    template.setQueryTimeout(seconds);
    return JdbcClient.create(template);
  }

  @Override
  public List<Place> list(Set<PlaceKind> kinds, @Nullable Bounds within) {
    var sql = new StringBuilder(SELECT);
    if (!kinds.isEmpty()) {
      sql.append(kinds.contains(PlaceKind.OTHER)
          ? "and (t.properties ->> 'kind' = any(:kinds) or coalesce(t.properties ->> 'kind', '') <> all(:known))\n"
          : "and t.properties ->> 'kind' = any(:kinds)\n");
    }
    if (within != null) {
      sql.append(WITHIN);
    }
    sql.append("order by t.name, t.id limit :limit");
    var query = jdbc.sql(sql.toString()).param("municipality", CurrentMunicipality.get().id()).param("limit", LIMIT);
    if (!kinds.isEmpty()) {
      query = query.param("kinds", kinds.stream().map(PlaceKind::key).toArray(String[]::new));
    }
    if (kinds.contains(PlaceKind.OTHER)) {
      query = query.param("known", List.of(PlaceKind.values()).stream().map(PlaceKind::key).toArray(String[]::new));
    }
    if (within != null) {
      query = query.param("west", within.west()).param("south", within.south()).param("east", within.east())
          .param("north", within.north());
    }
    return query.query((row, number) -> place(row)).list();
  }

  @Override
  public Optional<Place> find(int thingId) {
    return jdbc.sql(SELECT + "and t.id = :id").param("municipality", CurrentMunicipality.get().id())
        .param("id", thingId).query((row, number) -> place(row)).optional();
  }

  private Place place(ResultSet row) throws SQLException {
    var properties = object(row.getString("properties"));
    double longitude = row.getDouble("longitude");
    boolean placed = !row.wasNull();
    var position = placed ? new Place.Position(longitude, row.getDouble("latitude")) : null;
    return new Place(row.getInt("id"), row.getString("name"), row.getString("description"),
        PlaceKind.of(properties.path("kind").asString("")), position, properties, reading(row));
  }

  private @Nullable Reading reading(ResultSet row) throws SQLException {
    int datastream = row.getInt("datastream_id");
    if (row.wasNull()) {
      return null;
    }
    var properties = object(row.getString("datastream_properties"));
    var unit = row.getString("unit");
    double result = row.getDouble("result");
    var value = row.wasNull() ? null : result;
    var other = row.getString("other_result");
    return new Reading(datastream, row.getString("datastream_name"), unit == null ? "" : unit,
        properties.path("role").asString(""), interval(properties), instant(row, "last_time"), value,
        value == null && other != null ? words(other) : null, instant(row, "heard_at"));
  }

  /** The expected time between values that a Datastream states, 1 s to a year; the usual one if it states none. */
  static Duration interval(JsonNode properties) {
    var stated = properties.path("intervalSeconds");
    return stated.isIntegralNumber() && stated.canConvertToInt() && stated.asInt() > 0 && stated.asInt() <= 31_622_400
        ? Duration.ofSeconds(stated.asInt())
        : Duration.ofSeconds(DEFAULT_INTERVAL_SECONDS);
  }

  private String words(String result) {
    var node = json.readTree(result);
    return node.isString() ? node.asString() : node.toString();
  }

  private JsonNode object(@Nullable String properties) {
    return properties == null ? json.createObjectNode() : json.readTree(properties);
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
