package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.hub.NewObservation;
import org.jspecify.annotations.Nullable;

/** What one batch says about one Datastream. Times are microseconds since 1970. */
final class Series {
  final int datastreamId;
  /** Rows up to this time may be there already; later ones cannot. */
  long maxAt;
  int rows;
  /** Its rows carry this feature unless they name one; null: the Datastream's default applies. */
  @Nullable
  Integer feature;
  /** The Observation to show as newest; null while no row is new. */
  @Nullable
  NewObservation newest;
  long at;
  @Nullable
  String details;
  int seq;
  long first = Long.MAX_VALUE;
  long last = Long.MIN_VALUE;
  long maxFresh = Long.MIN_VALUE;
  long firstMade = Long.MAX_VALUE;
  long lastMade = Long.MIN_VALUE;

  Series(int datastreamId, long maxAt) {
    this.datastreamId = datastreamId;
    this.maxAt = maxAt;
  }

  /**
   * Adds a new row.
   *
   * @param ahead a time later than this comes from a wrong clock, or is a forecast; see {@code is_newer} in the schema
   */
  void add(NewObservation observation, long time, @Nullable String detail, int number, long ahead) {
    rows++;
    boolean newer = newest == null
        || (time > ahead == at > ahead ? time > at || time == at && number > seq : at > time);
    if (newer) {
      newest = observation;
      at = time;
      details = detail;
      seq = number;
    }
    var end = observation.phenomenonEnd();
    var resultTime = observation.resultTime();
    long made = resultTime == null ? time : Submission.micros(resultTime);
    maxAt = Math.max(maxAt, time);
    maxFresh = Math.max(maxFresh, time);
    first = Math.min(first, time);
    last = Math.max(last, end == null ? time : Submission.micros(end));
    firstMade = Math.min(firstMade, made);
    lastMade = Math.max(lastMade, made);
  }
}
