package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.FeaturesOfInterest;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Creates Observations that need more than the store of Observations, for doors other than HTTP: by the same rules. */
@Service
public class ObservationCreation {
  private final Writes writes;
  private final FeaturesOfInterest features;

  ObservationCreation(Writes writes, FeaturesOfInterest features) {
    this.writes = writes;
    this.features = features;
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

  /** Those of these Datastreams of the current municipality whose Observations would have no place, and the refusal. */
  public Map<Integer, CityProblem> refusalsOf(Set<Integer> datastreams) {
    return features.placeless(datastreams).stream().collect(Collectors.toMap(Function.identity(), Writes::noFeature));
  }

  /** True if new Observations of the Datastream are known to have a FeatureOfInterest; asks nobody. */
  public boolean isKnownPlaced(Municipality municipality, int datastream) {
    return features.isKnownPlaced(municipality, datastream);
  }
}
