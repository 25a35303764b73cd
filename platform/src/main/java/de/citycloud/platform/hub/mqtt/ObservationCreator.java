package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.hub.sensorthings.ReceivedObservation;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import java.util.Map;
import java.util.Set;

/** Creates an Observation that needs more than the store of Observations, as HTTP does. Blocks until it is durable. */
interface ObservationCreator {
  void create(ReceivedObservation received, byte[] payload);

  /** True if new Observations of the Datastream are known to have a place; asks nobody. */
  default boolean isKnownPlaced(Municipality municipality, int datastream) {
    return true;
  }

  /** Those of these Datastreams of the current municipality that have no place, and how to refuse. May block. */
  default Map<Integer, CityProblem> refusalsOf(Set<Integer> datastreams) {
    return Map.of();
  }
}
