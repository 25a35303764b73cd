package de.citycloud.platform.hub;

import de.citycloud.platform.municipality.Municipality;
import java.util.Set;

/**
 * A Thing, Datastream or other entity was created, changed or deleted, and the transaction is durable. Observations are
 * told by {@link ObservationsRecorded} instead. In memory only: who misses it reads the store.
 *
 * @param municipality whose it is
 * @param entitySet as in SensorThings: {@code Things}, {@code Locations}, {@code HistoricalLocations}, {@code Datastreams},
 *     {@code Sensors}, {@code ObservedProperties}, {@code FeaturesOfInterest}
 * @param id the entity
 * @param kind what happened to it
 * @param properties names of the properties and relations that were set; empty for a deletion
 */
public record EntityChanged(Municipality municipality, String entitySet, int id, Kind kind, Set<String> properties) {
  /** What happened. */
  public enum Kind {
    CREATED, CHANGED, DELETED
  }

  public EntityChanged {
    properties = Set.copyOf(properties);
  }
}
