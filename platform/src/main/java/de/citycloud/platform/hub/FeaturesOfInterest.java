package de.citycloud.platform.hub;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * The FeatureOfInterest of Observations that name none: made from the Location of the Thing, once for each Location.
 *
 * <p>The first one of a Datastream becomes its default feature, which costs its Observations no column. The default then
 * stays, so that history keeps its place: when the Thing moves, or its Location is edited, new Observations carry the
 * feature of the new place themselves.
 *
 * <p>What was found is remembered until {@link #forget()}, so that a known Datastream costs no query.
 */
@Service
public class FeaturesOfInterest {
  private static final int DEFAULT = 0;
  private static final int NONE = -1;
  private static final int MOST_REMEMBERED = 100_000;

  private final DataSource connections;
  private final Map<Integer, Map<Integer, Integer>> known = new ConcurrentHashMap<>();
  private final Map<Integer, Set<Integer>> existing = new ConcurrentHashMap<>();

  /** Works on walled connections. */
  public FeaturesOfInterest(DataSource connections) {
    this.connections = connections;
  }

  /**
   * The features that new Observations of these Datastreams have to carry, by Datastream; one that is missing has its
   * default or none. Made where they do not exist yet.
   *
   * @param connection of the municipality; used only if one of the Datastreams is not known
   * @throws SQLException if the store does not answer
   */
  public Map<Integer, Integer> explicitFeatures(Connection connection, int municipality, Set<Integer> datastreams)
      throws SQLException {
    var features = features(municipality);
    var missing = new TreeSet<Integer>();
    var explicit = new HashMap<Integer, Integer>();
    for (var datastream : datastreams) {
      var feature = features.get(datastream);
      if (feature == null) {
        missing.add(datastream);
      } else if (feature > 0) {
        explicit.put(datastream, feature);
      }
    }
    if (!missing.isEmpty()) {
      var found = find(connection, municipality, missing.toArray(Integer[]::new));
      features.putAll(found);
      found.forEach((datastream, feature) -> {
        if (feature > 0) {
          explicit.put(datastream, feature);
        }
      });
    }
    return explicit;
  }

  /**
   * False if a new Observation of this Datastream of the current municipality would have no feature, since its Thing
   * has no Location.
   */
  public boolean isPlaced(int datastream) {
    int municipality = CurrentMunicipality.get().id();
    var feature = features(municipality).get(datastream);
    if (feature == null) {
      withConnection(connection -> explicitFeatures(connection, municipality, Set.of(datastream)));
      feature = features(municipality).getOrDefault(datastream, DEFAULT);
    }
    return feature != NONE;
  }

  /** Those of these Datastreams of the current municipality for which {@link #isPlaced} says no. */
  public Set<Integer> placeless(Set<Integer> datastreams) {
    int municipality = CurrentMunicipality.get().id();
    withConnection(connection -> explicitFeatures(connection, municipality, datastreams));
    var features = features(municipality);
    return datastreams.stream().filter(datastream -> features.getOrDefault(datastream, DEFAULT) == NONE)
        .collect(Collectors.toSet());
  }

  /** True if {@link #isPlaced} is known to say so without asking the store. */
  public boolean isKnownPlaced(Municipality municipality, int datastream) {
    return features(municipality.id()).getOrDefault(datastream, NONE) != NONE;
  }

  /** True if there is such a feature in the current municipality. */
  public boolean exists(int feature) {
    int municipality = CurrentMunicipality.get().id();
    var there = existing.computeIfAbsent(municipality, ignored -> ConcurrentHashMap.newKeySet());
    if (there.contains(feature)) {
      return true;
    }
    boolean found = JdbcClient.create(connections)
        .sql("select 1 from feature_of_interest where municipality_id = ? and id = ?").param(municipality)
        .param(feature).query(Integer.class).optional().isPresent();
    if (found && there.size() < MOST_REMEMBERED) {
      there.add(feature);
    }
    return found;
  }

  /** Looks again at the Datastreams of the current municipality: a Thing, Location or feature has changed. */
  public void forget() {
    int municipality = CurrentMunicipality.get().id();
    known.remove(municipality);
    existing.remove(municipality);
  }

  private Map<Integer, Integer> features(int municipality) {
    return known.computeIfAbsent(municipality, ignored -> new ConcurrentHashMap<>());
  }

  private static Map<Integer, Integer> find(Connection connection, int municipality, Integer[] datastreams)
      throws SQLException {
    var places = places(connection, municipality, datastreams);
    var bare = places.values().stream().filter(place -> place.location != null && place.feature == null)
        .map(place -> place.location).distinct().sorted().toArray(Integer[]::new);
    if (bare.length > 0) {
      update(connection,
          """
          insert into feature_of_interest (municipality_id, name, description, encoding_type, feature, extent,
            position, location_id)
          select municipality_id, name, description, encoding_type, location, extent, position, id
          from location where municipality_id = ? and id = any(?) order by id
          on conflict (municipality_id, location_id) do nothing
          """, municipality, connection.createArrayOf("int4", bare));
      places = places(connection, municipality, datastreams);
    }
    var result = new HashMap<Integer, Integer>();
    var defaults = new TreeMap<Integer, Integer>();
    places.forEach((datastream, place) -> {
      if (place.feature == null) {
        result.put(datastream, place.usual == null ? NONE : DEFAULT);
      } else if (place.usual == null) {
        defaults.put(datastream, place.feature);
        result.put(datastream, DEFAULT);
      } else {
        result.put(datastream, place.usual.equals(place.feature) ? DEFAULT : place.feature);
      }
    });
    if (!defaults.isEmpty()) {
      update(connection, """
                         update datastream d set default_feature_id = n.feature
                         from unnest(?::int[], ?::int[]) as n(id, feature)
                         where d.municipality_id = ? and d.id = n.id and d.default_feature_id is null
                         """, connection.createArrayOf("int4", defaults.keySet().toArray()),
          connection.createArrayOf("int4", defaults.values().toArray()), municipality);
    }
    return result;
  }

  private static Map<Integer, Place> places(Connection connection, int municipality, Integer[] datastreams)
      throws SQLException {
    var places = new HashMap<Integer, Place>();
    try (var statement = connection.prepareStatement(
        """
        select d.id, d.default_feature_id, l.id as location, f.id as feature
        from datastream d
        left join lateral (
          select l.id from thing_location t
          join location l on l.municipality_id = t.municipality_id and l.id = t.location_id
          where t.municipality_id = d.municipality_id and t.thing_id = d.thing_id
          order by l.position is null, l.id limit 1) l on true
        left join feature_of_interest f on f.municipality_id = d.municipality_id and f.location_id = l.id
        where d.municipality_id = ? and d.id = any(?)
        """)) {
      statement.setInt(1, municipality);
      statement.setArray(2, connection.createArrayOf("int4", datastreams));
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          places.put(row.getInt("id"), new Place(row.getObject("default_feature_id", Integer.class),
              row.getObject("location", Integer.class), row.getObject("feature", Integer.class)));
        }
      }
    }
    return places;
  }

  private static void update(Connection connection, String sql, Object... parameters) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }

  private void withConnection(Work work) {
    try (var connection = connections.getConnection()) {
      work.on(connection);
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("The store does not answer.", e);
    }
  }

  private interface Work {
    void on(Connection connection) throws SQLException;
  }

  /** Default feature of a Datastream, Location of its Thing, feature made from that. */
  private record Place(@Nullable Integer usual, @Nullable Integer location, @Nullable Integer feature) {}
}
