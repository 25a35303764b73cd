package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.hub.sensorthings.ReceivedObservation;

/** Creates an Observation that names or brings along more than its Datastream. Blocks until it is durable. */
interface ObservationCreator {
  void create(ReceivedObservation received, byte[] payload);
}
