package de.citycloud.platform.hub;

import de.citycloud.platform.municipality.Municipality;
import java.util.List;

/**
 * A batch of Observations is durable. In memory only: who misses it reads the store.
 *
 * @param municipality whose they are
 * @param observations in the order in which they were stored; repeats that were already there are left out
 */
public record ObservationsRecorded(Municipality municipality, List<Recorded> observations) {
  /** One stored Observation with its id. */
  public record Recorded(ObservationId id, NewObservation observation) {}
}
