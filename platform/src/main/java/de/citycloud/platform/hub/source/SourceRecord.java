package de.citycloud.platform.hub.source;

import de.citycloud.platform.hub.Result;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something a connector found. A Thing comes before its Datastreams, a Datastream before its Observations. */
public sealed interface SourceRecord {
  /**
   * A Thing.
   *
   * @param id its id at the source, 1 to 200 characters
   * @param name its name
   * @param position where it stands; null if the source does not say
   * @param properties {@code kind}, {@code capacity}, {@code address} and so on; texts, numbers, truth values
   * @param sketch true if the source only mentions it: then it is made if missing, but a fuller description stays
   */
  record ThingFound(String id, String name, @Nullable Position position, Map<String, Object> properties,
      boolean sketch) implements SourceRecord {
    public ThingFound {
      properties = Map.copyOf(properties);
    }
  }

  /**
   * A Datastream.
   *
   * @param thingId id of its Thing at the source
   * @param key tells it from the Thing's others, 1 to 200 characters
   * @param name name for people
   * @param quantity what is observed, in which unit
   * @param intervalSeconds expected time between two values, in s
   * @param main true for the one shown on the map
   */
  record DatastreamFound(String thingId, String key, String name, Quantity quantity, int intervalSeconds,
      boolean main) implements SourceRecord {}

  /**
   * An Observation.
   *
   * @param thingId id of its Thing at the source
   * @param datastreamKey which of its Datastreams
   * @param time when it was so
   * @param end end of the interval; null for an instant
   * @param result what was observed
   * @param flags why the value is doubtful, e.g. {@code negative}; empty if it is not
   * @param parameters what else belongs to it, e.g. the frame counter
   */
  record ObservationFound(String thingId, String datastreamKey, Instant time, @Nullable Instant end, Result result,
      List<String> flags, Map<String, Object> parameters) implements SourceRecord {
    public ObservationFound {
      flags = List.copyOf(flags);
      parameters = Map.copyOf(parameters);
    }

    /** A number at an instant without doubts. */
    public static ObservationFound of(String thingId, String datastreamKey, Instant time, double value) {
      return new ObservationFound(thingId, datastreamKey, time, null, Result.of(value), List.of(), Map.of());
    }
  }

  /**
   * A situation or another event; counted so far.
   *
   * @param id its id at the source
   */
  record EventFound(String id) implements SourceRecord {}
}
