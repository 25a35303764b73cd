package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.NewObservation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An Observation as a client sent it. Nearly all are complete; one that brings its Datastream or FeatureOfInterest along
 * waits until these are stored.
 *
 * @param observation what can be recorded; its {@code datastreamId} is 0 as long as {@code datastream} is not stored
 * @param datastream the Datastream to be made first; null if it exists
 * @param feature the FeatureOfInterest to be made first; null if it exists or is the Datastream's own
 */
public record ReceivedObservation(NewObservation observation, @Nullable ObjectNode datastream,
    @Nullable ObjectNode feature) {
  /** True if nothing has to be made first. */
  public boolean isComplete() {
    return datastream == null && feature == null;
  }
}
