package de.citycloud.platform.hub.connector;

import de.citycloud.platform.hub.EntityChanged;
import de.citycloud.platform.hub.EntityChanges;
import de.citycloud.platform.hub.source.Quantity;
import de.citycloud.platform.hub.source.SourceRecord.DatastreamFound;
import de.citycloud.platform.hub.source.SourceRecord.ThingFound;
import de.citycloud.platform.hub.source.Unit;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes Things and Datastreams for what sources describe, and changes them only when the source says something new: who
 * edits a Thing by hand keeps the edit until then. All within one transaction that holds the municipality's lock for
 * sources, so that two nodes do not make the same Thing twice.
 */
@Repository
class EntityUpsert {
  /** How many Things one source may describe. */
  static final int MAX_THINGS = 50_000;
  private static final int LOCK = 4_040;

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final EntityChanges changes;

  EntityUpsert(JdbcClient jdbc, JsonMapper json, EntityChanges changes) {
    this.jdbc = jdbc;
    this.json = json;
    this.changes = changes;
  }

  /** A Thing that is known: its numbers here and what it was when last described. */
  record KnownThing(int thingId, @Nullable Integer locationId, boolean sketch, byte[] fingerprint) {}

  /** A Datastream that is known. */
  record KnownDatastream(int datastreamId, byte[] fingerprint) {}

  /** The known ones among these ids of a source. */
  Map<String, KnownThing> findThings(int source, Collection<String> externalIds) {
    var known = new HashMap<String, KnownThing>();
    jdbc.sql("""
             select external_id, thing_id, location_id, sketch, fingerprint from source_thing
             where municipality_id = ? and source_id = ? and external_id = any(?)
             """).param(municipality().id()).param(source).param(externalIds.toArray(String[]::new))
        .query(row -> {
          known.put(row.getString(1), new KnownThing(row.getInt(2), (Integer) row.getObject(3), row.getBoolean(4),
              row.getBytes(5)));
        });
    return known;
  }

  /** The known Datastreams of these Things, by external id and key joined by a NUL. */
  Map<String, KnownDatastream> findDatastreams(int source, Collection<String> externalIds) {
    var known = new HashMap<String, KnownDatastream>();
    jdbc.sql("""
             select external_id, key, datastream_id, fingerprint from source_datastream
             where municipality_id = ? and source_id = ? and external_id = any(?)
             """).param(municipality().id()).param(source).param(externalIds.toArray(String[]::new))
        .query(row -> {
          known.put(row.getString(1) + '\0' + row.getString(2), new KnownDatastream(row.getInt(3), row.getBytes(4)));
        });
    return known;
  }

  int countThings(int source) {
    return jdbc.sql("select count(*) from source_thing where municipality_id = ? and source_id = ?")
        .param(municipality().id()).param(source).query(Integer.class).single();
  }

  /** What tells one description of a Thing from another. */
  byte[] fingerprint(ThingFound thing) {
    return Quarantine.Fingerprint.of(thing.name(), String.valueOf(thing.position()),
        new TreeMap<>(thing.properties()).toString());
  }

  /** What tells one description of a Datastream from another. */
  byte[] fingerprint(DatastreamFound stream, int intervalSeconds) {
    return Quarantine.Fingerprint.of(stream.name(), stream.quantity().toString(), Integer.toString(intervalSeconds),
        Boolean.toString(stream.main()));
  }

  /** Makes or changes these Things and Datastreams; they were found missing or different. */
  @Transactional
  public void save(SourceRow source, Collection<ThingFound> things, Collection<DatastreamFound> streams) {
    jdbc.sql("select pg_advisory_xact_lock(?, ?)").param(LOCK).param(municipality().id()).query((row, n) -> 0).single();
    var known = findThings(source.id(), things.stream().map(ThingFound::id).toList());
    for (var thing : things) {
      var before = known.get(thing.id());
      if (before == null) {
        create(source, thing);
      } else if (!thing.sketch() && !java.util.Arrays.equals(before.fingerprint, fingerprint(thing))) {
        change(source, thing, before);
      }
    }
    if (!streams.isEmpty()) {
      saveStreams(source, streams);
    }
  }

  private void create(SourceRow source, ThingFound thing) {
    int id = jdbc.sql("""
                      insert into thing (municipality_id, name, description, properties) values (?, ?, ?, ?)
                      returning id
                      """).param(municipality().id()).param(name(thing)).param(source.name())
        .param(properties(source, thing)).query(Integer.class).single();
    var location = thing.position() == null ? null : createLocation(thing, id);
    jdbc.sql(
        """
        insert into source_thing (municipality_id, source_id, external_id, thing_id, location_id, sketch, fingerprint)
        values (?, ?, ?, ?, ?, ?, ?)
        """).param(municipality().id()).param(source.id()).param(thing.id()).param(id).param(location)
        .param(thing.sketch()).param(fingerprint(thing)).update();
    tell("Things", id, EntityChanged.Kind.CREATED, "name", "description", "properties");
  }

  private void change(SourceRow source, ThingFound thing, KnownThing before) {
    // what others added to the properties stays
    jdbc.sql("""
             update thing set name = ?, properties = coalesce(properties, '{}') || ?::jsonb
             where municipality_id = ? and id = ?
             """).param(name(thing)).param(properties(source, thing)).param(municipality().id()).param(before.thingId)
        .update();
    var location = before.locationId;
    if (thing.position() != null && location == null) {
      location = createLocation(thing, before.thingId);
    } else if (thing.position() != null && location != null) {
      moveLocation(thing, before.thingId, location);
    }
    jdbc.sql("""
             update source_thing set fingerprint = ?, sketch = false, location_id = ?
             where municipality_id = ? and source_id = ? and external_id = ?
             """).param(fingerprint(thing)).param(location).param(municipality().id()).param(source.id())
        .param(thing.id()).update();
    tell("Things", before.thingId, EntityChanged.Kind.CHANGED, "name", "properties");
  }

  private @Nullable Integer createLocation(ThingFound thing, int thingId) {
    var position = thing.position();
    if (position == null) {
      return null;
    }
    int location = jdbc.sql("""
                            insert into location (municipality_id, name, description, encoding_type, location, extent,
                              position) values (?, ?, ?, 'application/geo+json', ?, box(point(?, ?), point(?, ?)),
                              point(?, ?)) returning id
                            """).param(municipality().id()).param(name(thing)).param(name(thing)).param(point(thing))
        .param(position.longitude()).param(position.latitude()).param(position.longitude()).param(position.latitude())
        .param(position.longitude()).param(position.latitude()).query(Integer.class).single();
    jdbc.sql("insert into thing_location (municipality_id, thing_id, location_id) values (?, ?, ?)")
        .param(municipality().id()).param(thingId).param(location).update();
    remember(thingId, location);
    tell("Locations", location, EntityChanged.Kind.CREATED, "name", "location");
    return location;
  }

  private void moveLocation(ThingFound thing, int thingId, int location) {
    var position = thing.position();
    if (position == null) {
      return;
    }
    int moved = jdbc.sql("""
                         update location set name = ?, location = ?, extent = box(point(?, ?), point(?, ?)),
                           position = point(?, ?)
                         where municipality_id = ? and id = ? and location <> ?::jsonb
                         """).param(name(thing)).param(point(thing)).param(position.longitude())
        .param(position.latitude()).param(position.longitude()).param(position.latitude()).param(position.longitude())
        .param(position.latitude()).param(municipality().id()).param(location).param(point(thing)).update();
    if (moved > 0) {
      remember(thingId, location);
      jdbc.sql("""
               update feature_of_interest f set feature = l.location, extent = l.extent, position = l.position
               from location l where l.municipality_id = ? and l.id = ? and f.municipality_id = l.municipality_id
                 and f.location_id = l.id
               """).param(municipality().id()).param(location).update();
      tell("Locations", location, EntityChanged.Kind.CHANGED, "location");
    }
  }

  private void remember(int thing, int location) {
    int history = jdbc
        .sql("insert into historical_location (municipality_id, thing_id, time) values (?, ?, now()) returning id")
        .param(municipality().id()).param(thing).query(Integer.class).single();
    jdbc.sql("""
             insert into historical_location_location (municipality_id, historical_location_id, location_id)
             values (?, ?, ?)
             """).param(municipality().id()).param(history).param(location).update();
  }

  private void saveStreams(SourceRow source, Collection<DatastreamFound> streams) {
    var ids = streams.stream().map(DatastreamFound::thingId).distinct().toList();
    var things = findThings(source.id(), ids);
    var known = findDatastreams(source.id(), ids);
    var properties = new HashMap<Quantity, Integer>();
    int sensor = sensor(source);
    for (var stream : streams) {
      var thing = things.get(stream.thingId());
      if (thing == null) {
        continue; // beyond the limit
      }
      int interval = interval(source, stream);
      var before = known.get(stream.thingId() + '\0' + stream.key());
      if (before == null) {
        create(source, stream, thing, sensor, properties.computeIfAbsent(stream.quantity(), this::observedProperty),
            interval);
      } else if (!java.util.Arrays.equals(before.fingerprint, fingerprint(stream, interval))) {
        change(source, stream, before,
            properties.computeIfAbsent(stream.quantity(), this::observedProperty), interval);
      }
    }
  }

  /** Expected time between two values: what the format says, else how often the source is asked. */
  static int interval(SourceRow source, DatastreamFound stream) {
    return stream.intervalSeconds() > 0 ? stream.intervalSeconds() : (int) source.every().toSeconds();
  }

  private void create(SourceRow source, DatastreamFound stream, KnownThing thing, int sensor, int property,
      int interval) {
    var feature = thing.locationId == null ? null : feature(thing.locationId);
    int id = jdbc.sql("""
                      insert into datastream (municipality_id, thing_id, sensor_id, observed_property_id, name,
                        description, observation_type, unit, properties, default_feature_id)
                      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id
                      """).param(municipality().id()).param(thing.thingId).param(sensor).param(property)
        .param(stream.name()).param(source.name()).param(stream.quantity().type().uri())
        .param(unit(stream.quantity().unit())).param(properties(stream, interval)).param(feature).query(Integer.class)
        .single();
    jdbc.sql("""
             insert into source_datastream (municipality_id, source_id, external_id, key, datastream_id, fingerprint)
             values (?, ?, ?, ?, ?, ?)
             """).param(municipality().id()).param(source.id()).param(stream.thingId()).param(stream.key()).param(id)
        .param(fingerprint(stream, interval)).update();
    tell("Datastreams", id, EntityChanged.Kind.CREATED, "name", "unitOfMeasurement", "properties");
  }

  private void change(SourceRow source, DatastreamFound stream, KnownDatastream before, int property, int interval) {
    jdbc.sql("""
             update datastream set name = ?, observation_type = ?, unit = ?, observed_property_id = ?,
               properties = coalesce(properties, '{}') || ?::jsonb
             where municipality_id = ? and id = ?
             """).param(stream.name()).param(stream.quantity().type().uri()).param(unit(stream.quantity().unit()))
        .param(property).param(properties(stream, interval)).param(municipality().id()).param(before.datastreamId)
        .update();
    jdbc.sql("""
             update source_datastream set fingerprint = ?
             where municipality_id = ? and source_id = ? and external_id = ? and key = ?
             """).param(fingerprint(stream, interval)).param(municipality().id()).param(source.id())
        .param(stream.thingId()).param(stream.key()).update();
    tell("Datastreams", before.datastreamId, EntityChanged.Kind.CHANGED, "name", "unitOfMeasurement", "properties");
  }

  private @Nullable Integer feature(int location) {
    jdbc.sql("""
             insert into feature_of_interest (municipality_id, name, description, encoding_type, feature, extent,
               position, location_id)
             select municipality_id, name, description, encoding_type, location, extent, position, id
             from location where municipality_id = ? and id = ?
             on conflict (municipality_id, location_id) do nothing
             """).param(municipality().id()).param(location).update();
    return jdbc.sql("select id from feature_of_interest where municipality_id = ? and location_id = ?")
        .param(municipality().id()).param(location).query(Integer.class).optional().orElse(null);
  }

  private int sensor(SourceRow source) {
    return jdbc.sql("select sensor_id from source where municipality_id = ? and id = ? and sensor_id is not null")
        .param(municipality().id()).param(source.id()).query(Integer.class).optional().orElseGet(() -> {
          int id = jdbc.sql("""
                            insert into sensor (municipality_id, name, description, encoding_type, metadata)
                            values (?, ?, ?, 'text/plain', to_jsonb(?::text)) returning id
                            """).param(municipality().id()).param(source.name()).param("Quelle " + source.key())
              .param(source.kind()).query(Integer.class).single();
          jdbc.sql("update source set sensor_id = ? where municipality_id = ? and id = ?").param(id)
              .param(municipality().id()).param(source.id()).update();
          return id;
        });
  }

  private int observedProperty(Quantity quantity) {
    return jdbc.sql("""
                    select id from observed_property where municipality_id = ? and definition = ? and name = ?
                    order by id limit 1
                    """).param(municipality().id()).param(quantity.definition()).param(quantity.name())
        .query(Integer.class).optional()
        .orElseGet(() -> jdbc.sql("""
                                  insert into observed_property (municipality_id, name, definition, description)
                                  values (?, ?, ?, ?) returning id
                                  """).param(municipality().id()).param(quantity.name()).param(quantity.definition())
            .param(quantity.name()).query(Integer.class).single());
  }

  private String properties(SourceRow source, ThingFound thing) {
    var all = new LinkedHashMap<String, Object>(new TreeMap<>(thing.properties()));
    all.put("externalId", thing.id());
    all.put("source", source.key());
    if (source.licence() != null) {
      all.putIfAbsent("licence", source.licence());
    }
    return clean(json.writeValueAsString(all));
  }

  private String properties(DatastreamFound stream, int interval) {
    var all = new LinkedHashMap<String, Object>();
    all.put("role", stream.quantity().role());
    all.put("intervalSeconds", interval);
    if (stream.main()) {
      all.put("main", true);
    }
    return clean(json.writeValueAsString(all));
  }

  private String unit(Unit unit) {
    var node = json.createObjectNode();
    node.put("name", unit.name());
    node.put("symbol", unit.symbol());
    node.put("definition", unit.definition());
    return clean(json.writeValueAsString(node));
  }

  private static String point(ThingFound thing) {
    var position = thing.position();
    return position == null
        ? "null"
        : "{\"type\":\"Point\",\"coordinates\":[%s,%s]}".formatted(position.longitude(), position.latitude());
  }

  private static String name(ThingFound thing) {
    var name = thing.name().replace('\0', ' ').strip();
    return name.isEmpty() ? thing.id() : name.length() > 300 ? name.substring(0, 300) : name;
  }

  /** PostgreSQL keeps no NUL, not even escaped. */
  private static String clean(String json) {
    return json.replace("\\u0000", " ");
  }

  private void tell(String set, int id, EntityChanged.Kind kind, String... properties) {
    changes.publish(new EntityChanged(municipality(), set, id, kind,
        kind == EntityChanged.Kind.DELETED ? Set.of() : Set.of(properties)));
  }

  private static Municipality municipality() {
    return CurrentMunicipality.get();
  }
}
