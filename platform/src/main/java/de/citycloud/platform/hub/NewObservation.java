package de.citycloud.platform.hub;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An Observation before it is stored. Times are cut to microseconds, which is what the store keeps.
 *
 * @param datastreamId the Datastream it belongs to
 * @param phenomenonTime when it was so; start, where it is an interval
 * @param phenomenonEnd end of the interval; null for an instant
 * @param resultTime when the result was made; null if nobody said (it then counts as made at the phenomenonTime)
 * @param result what was observed
 * @param featureId the FeatureOfInterest; null for the Datastream's own
 * @param extras {@code validTime}, {@code resultQuality}, {@code parameters} as SensorThings writes them; null if none
 */
public record NewObservation(int datastreamId, Instant phenomenonTime, @Nullable Instant phenomenonEnd,
    @Nullable Instant resultTime, Result result, @Nullable Integer featureId, @Nullable ObjectNode extras) {
  public NewObservation {
    phenomenonTime = phenomenonTime.truncatedTo(ChronoUnit.MICROS);
    phenomenonEnd = phenomenonEnd == null ? null : phenomenonEnd.truncatedTo(ChronoUnit.MICROS);
    resultTime = resultTime == null ? null : resultTime.truncatedTo(ChronoUnit.MICROS);
    if (phenomenonEnd != null && phenomenonEnd.isBefore(phenomenonTime)) {
      throw new IllegalArgumentException(
          "phenomenonTime ends %s, expected not before its start %s.".formatted(phenomenonEnd, phenomenonTime));
    }
  }

  /** A number at an instant. */
  public static NewObservation of(int datastreamId, Instant phenomenonTime, double result) {
    return new NewObservation(datastreamId, phenomenonTime, null, null, Result.of(result), null, null);
  }
}
