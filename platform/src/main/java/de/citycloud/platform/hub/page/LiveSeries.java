package de.citycloud.platform.hub.page;

import de.citycloud.platform.hub.Place;
import de.citycloud.platform.hub.PlaceKind;
import de.citycloud.platform.hub.Reading;
import de.citycloud.platform.municipality.Municipality;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which Thing a Datastream belongs to, kept for a short while so that the live stream does not ask for each value. */
@Component
class LiveSeries {
  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final int KEPT = 50_000;
  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Map<Key, Known> known = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
      return size() > KEPT;
    }
  };

  LiveSeries(DataSource dataSource, JsonMapper json) {
    this.jdbc = JdbcPlaces.limited(dataSource, 3);
    this.json = json;
  }

  /** The series with these ids, as far as they exist; called by one thread, with the municipality bound. */
  Map<Integer, Series> find(Municipality municipality, Collection<Integer> datastreams) {
    var now = Instant.now();
    var missing = datastreams.stream().filter(id -> {
      var entry = known.get(new Key(municipality.id(), id));
      return entry == null || entry.readAt().plus(FRESH).isBefore(now);
    }).distinct().toArray(Integer[]::new);
    if (missing.length > 0) {
      for (var id : missing) {
        known.remove(new Key(municipality.id(), id));
      }
      for (var series : read(municipality, missing)) {
        known.put(new Key(municipality.id(), series.datastreamId()), new Known(now, series));
      }
    }
    var found = new HashMap<Integer, Series>();
    for (int id : datastreams) {
      var entry = known.get(new Key(municipality.id(), id));
      if (entry != null) {
        found.put(id, entry.series());
      }
    }
    return found;
  }

  private Collection<Series> read(Municipality municipality, Integer[] datastreams) {
    return jdbc.sql(
        """
        select d.id, d.name, d.unit ->> 'symbol' as unit, d.properties, t.id as thing_id, t.name as thing_name,
               t.properties as thing_properties,
               d.id = (select m.id from datastream m
                       where m.municipality_id = d.municipality_id and m.thing_id = d.thing_id
                       order by m.properties ->> 'main' is distinct from 'true',
                                m.properties ->> 'role' is distinct from 'free', m.id limit 1) as main
        from datastream d join thing t on t.municipality_id = d.municipality_id and t.id = d.thing_id
        where d.municipality_id = :municipality and d.id = any(:datastreams)
        """).param("municipality", municipality.id()).param("datastreams", datastreams).query((row, number) -> {
          var properties = object(row.getString("properties"));
          var unit = row.getString("unit");
          var reading = new Reading(row.getInt("id"), row.getString("name"), unit == null ? "" : unit,
              properties.path("role").asString(""), JdbcPlaces.interval(properties), null, null, null, null);
          var thing = object(row.getString("thing_properties"));
          var place = new Place(row.getInt("thing_id"), row.getString("thing_name"), "",
              PlaceKind.of(thing.path("kind").asString("")), null, thing, reading);
          return new Series(reading, place, row.getBoolean("main"));
        }).list();
  }

  private JsonNode object(@Nullable String text) {
    return text == null ? json.createObjectNode() : json.readTree(text);
  }

  /**
   * A Datastream and its Thing.
   *
   * @param reading the Datastream, without a value
   * @param place the Thing with that reading
   * @param main true if it is the Thing's main Datastream
   */
  record Series(Reading reading, Place place, boolean main) {
    int datastreamId() {
      return reading.datastreamId();
    }
  }

  private record Key(int municipalityId, int datastreamId) {}

  private record Known(Instant readAt, Series series) {}
}
