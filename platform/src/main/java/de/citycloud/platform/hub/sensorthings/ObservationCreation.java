package de.citycloud.platform.hub.sensorthings;

import org.springframework.stereotype.Service;

/** Creates Observations that bring their Datastream or FeatureOfInterest along, for doors other than HTTP. */
@Service
public class ObservationCreation {
  private final Writes writes;

  ObservationCreation(Writes writes) {
    this.writes = writes;
  }

  /**
   * Makes what came along, then records the Observation for the current municipality. Blocks until all of it is durable.
   *
   * @param asked the JSON it was read from
   * @throws de.citycloud.platform.problem.CityProblem if something is missing or the store is busy
   */
  public void create(ReceivedObservation received, byte[] asked) {
    writes.record(received, null, asked);
  }
}
