package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.hub.sensorthings.ReceivedObservation;
import de.citycloud.platform.municipality.Municipality;

/** Creates an Observation that needs more than the store of Observations, as HTTP does. Blocks until it is durable. */
interface ObservationCreator {
  void create(ReceivedObservation received, byte[] payload);

  /**
   * False if the store alone can take it: nearly always. True if it brings entities along, names a FeatureOfInterest, or
   * belongs to a Datastream of which it is not known that it has a place.
   */
  default boolean isNeeded(Municipality municipality, ReceivedObservation received) {
    return !received.isComplete() || received.observation().featureId() != null;
  }
}
