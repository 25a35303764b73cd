package de.citycloud.platform.hub;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of an Observation, derived from its key so that the store needs no column for it. As text {@code
 * datastream-microseconds-seq}, for example {@code 412-1780000000000000-0}.
 *
 * @param datastreamId the Datastream
 * @param phenomenonTime start of the phenomenonTime, in whole microseconds
 * @param seq counts Observations of the same Datastream and time, from 0
 */
public record ObservationId(int datastreamId, Instant phenomenonTime, int seq) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,10})-(-?\\d{1,18})-(\\d{1,5})");

  /** Microseconds since 1970. */
  public long epochMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, phenomenonTime);
  }

  /** Reads the text form; empty if it is none, since then no Observation can have it. */
  public static Optional<ObservationId> parse(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long datastream = Long.parseLong(parts.group(1));
    int seq = Integer.parseInt(parts.group(3));
    if (datastream > Integer.MAX_VALUE || seq > Short.MAX_VALUE) {
      return Optional.empty();
    }
    return Optional.of(new ObservationId((int) datastream,
        Instant.EPOCH.plus(Long.parseLong(parts.group(2)), ChronoUnit.MICROS), seq));
  }

  @Override
  public String toString() {
    return datastreamId + "-" + epochMicros() + "-" + seq;
  }
}
