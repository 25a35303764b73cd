package de.citycloud.platform.hub;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of an Observation, derived from its key so that the store needs no column for it.
 *
 * <p>As text it is a whole number of 63 bits where the key fits in one ({@code 7467183164620801648}: 41 bits of
 * milliseconds since 1970, 20 bits Datastream, 2 bits seq), since the conformance suite of OGC and many clients take ids
 * for numbers; otherwise {@code datastream-microseconds-seq}, for example {@code 412-1780000000000001-0}. In JSON it is
 * a string either way, since JavaScript would round it; in a path it may stand with or without quotes.
 *
 * @param datastreamId the Datastream
 * @param phenomenonTime start of the phenomenonTime, in whole microseconds
 * @param seq counts Observations of the same Datastream and time, from 0
 */
public record ObservationId(int datastreamId, Instant phenomenonTime, int seq) {
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,18}");
  private static final Pattern PARTS = Pattern.compile("(\\d{1,10})-(-?\\d{1,18})-(\\d{1,5})");
  private static final int SEQ_BITS = 2;
  private static final int DATASTREAM_BITS = 20;
  private static final int MILLIS_BITS = 41;

  /** Microseconds since 1970. */
  public long epochMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, phenomenonTime);
  }

  /** Reads the text form; empty if it is none, since then no Observation can have it. */
  public static Optional<ObservationId> parse(String text) {
    if (NUMBER.matcher(text).matches()) {
      return ofNumber(text);
    }
    var parts = PARTS.matcher(text);
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

  private static Optional<ObservationId> ofNumber(String text) {
    try {
      long number = Long.parseLong(text);
      return Optional.of(new ObservationId((int) (number >>> SEQ_BITS) & ((1 << DATASTREAM_BITS) - 1),
          Instant.ofEpochMilli(number >>> (SEQ_BITS + DATASTREAM_BITS)), (int) number & ((1 << SEQ_BITS) - 1)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    long micros = epochMicros();
    long millis = micros / 1_000;
    boolean fits = micros >= 0 && micros % 1_000 == 0 && millis < 1L << MILLIS_BITS
        && datastreamId < 1 << DATASTREAM_BITS && seq < 1 << SEQ_BITS;
    return fits
        ? Long.toString(
            millis << (SEQ_BITS + DATASTREAM_BITS) | (long) datastreamId << SEQ_BITS | seq)
        : datastreamId + "-" + micros + "-" + seq;
  }
}
