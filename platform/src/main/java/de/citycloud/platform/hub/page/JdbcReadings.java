package de.citycloud.platform.hub.page;

import de.citycloud.platform.hub.Reading;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The Datastreams of one Thing with their newest values, the main one first. */
@Component
class JdbcReadings {
  private static final int LIMIT = 50;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  JdbcReadings(DataSource dataSource, JsonMapper json) {
    this.jdbc = JdbcPlaces.limited(dataSource, 5);
    this.json = json;
  }

  List<Reading> list(int thingId) {
    return jdbc.sql(
        """
        select d.id, d.name, d.unit ->> 'symbol' as unit, d.properties, x.last_time, x.result,
               x.details -> 'result' as other, x.heard_at
        from datastream d
        left join datastream_latest x on x.municipality_id = d.municipality_id and x.datastream_id = d.id
        where d.municipality_id = ? and d.thing_id = ?
        order by d.properties ->> 'main' is distinct from 'true', d.properties ->> 'role' is distinct from 'free', d.id
        limit ?
        """).param(CurrentMunicipality.get().id()).param(thingId).param(LIMIT).query((row, number) -> {
          var text = row.getString("properties");
          var properties = text == null ? json.createObjectNode() : json.readTree(text);
          var unit = row.getString("unit");
          double result = row.getDouble("result");
          var value = row.wasNull() ? null : result;
          var other = row.getString("other");
          return new Reading(row.getInt("id"), row.getString("name"), unit == null ? "" : unit,
              properties.path("role").asString(""), JdbcPlaces.interval(properties),
              JdbcPlaces.instant(row, "last_time"), value, value == null ? other : null,
              JdbcPlaces.instant(row, "heard_at"));
        }).list();
  }
}
