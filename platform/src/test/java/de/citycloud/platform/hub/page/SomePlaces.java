package de.citycloud.platform.hub.page;

import de.citycloud.platform.municipality.CurrentMunicipality;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts Things, Datastreams and values into the store of the current municipality, as the doors would. */
public final class SomePlaces {
  private final JdbcClient jdbc;

  /** @param jdbc on walled connections */
  public SomePlaces(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private static int municipality() {
    return CurrentMunicipality.get().id();
  }

  /** A Thing at a position; returns its id. */
  public int thing(String name, String properties, double longitude, double latitude) {
    int thing = jdbc
        .sql("""
             insert into thing (municipality_id, name, description, properties) values (?, ?, ?, ?::jsonb) returning id
             """).param(municipality()).param(name).param("Beschreibung von " + name).param(properties)
        .query(Integer.class).single();
    int location = jdbc
        .sql(
            """
            insert into location (municipality_id, name, description, encoding_type, location, extent, position)
            values (?, ?, '', 'application/geo+json', '{}'::jsonb, box(point(?, ?), point(?, ?)), point(?, ?)) returning id
            """)
        .param(municipality()).param(name).param(longitude).param(latitude).param(longitude).param(latitude)
        .param(longitude).param(latitude).query(Integer.class).single();
    jdbc.sql("insert into thing_location values (?, ?, ?)").param(municipality()).param(thing).param(location)
        .update();
    return thing;
  }

  /** A Datastream of a Thing; returns its id. */
  public int datastream(int thing, String name, String symbol, String properties) {
    int sensor = jdbc.sql("""
                          insert into sensor (municipality_id, name, description, encoding_type, metadata)
                          values (?, 'Zähler', '', 'text/plain', '""'::jsonb) returning id
                          """).param(municipality()).query(Integer.class).single();
    int property = jdbc.sql("""
                            insert into observed_property (municipality_id, name, definition, description)
                            values (?, ?, 'urn:test', '') returning id
                            """).param(municipality()).param(name).query(Integer.class).single();
    return jdbc
        .sql(
            """
            insert into datastream (municipality_id, thing_id, sensor_id, observed_property_id, name, description,
              observation_type, unit, properties)
            values (?, ?, ?, ?, ?, '', 'OM_Measurement', jsonb_build_object('name', ?::text, 'symbol', ?::text), ?::jsonb)
            returning id
            """)
        .param(municipality()).param(thing).param(sensor).param(property).param(name).param(symbol).param(symbol)
        .param(properties).query(Integer.class).single();
  }

  /** A number in the store, and the newest one if no newer is there. */
  public void value(int datastream, Instant time, double result) {
    value(datastream, time, result, null);
  }

  /** As above, with details such as {@code {"resultQuality": …}}. */
  public void value(int datastream, Instant time, @Nullable Double result, @Nullable String details) {
    var at = time.atOffset(ZoneOffset.UTC);
    jdbc.sql("""
             insert into observation (municipality_id, datastream_id, phenomenon_time, result, details)
             values (?, ?, ?, ?, ?::jsonb)
             """).param(municipality()).param(datastream).param(at).param(result).param(details).update();
    jdbc.sql("""
             insert into datastream_latest as x (municipality_id, datastream_id, phenomenon_time, result, details, seq,
               first_time, last_time) values (?, ?, ?, ?, ?::jsonb, 0, ?, ?)
             on conflict (municipality_id, datastream_id) do update set
               phenomenon_time = excluded.phenomenon_time, result = excluded.result, details = excluded.details,
               last_time = excluded.last_time, heard_at = now()
             where excluded.phenomenon_time >= x.phenomenon_time
             """).param(municipality()).param(datastream).param(at).param(result).param(details).param(at).param(at)
        .update();
  }
}
