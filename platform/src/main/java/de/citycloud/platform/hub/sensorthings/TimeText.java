package de.citycloud.platform.hub.sensorthings;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A time as SensorThings writes it, ISO 8601 with offset: an instant, or an interval of two instants or of an instant
 * and a duration. Cut to microseconds.
 *
 * @param start the instant, or the start of the interval
 * @param end end of the interval; null for an instant
 */
record TimeText(Instant start, @Nullable Instant end) {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");
  private static final DateTimeFormatter ANY_OFFSET = new DateTimeFormatterBuilder().parseCaseInsensitive()
      .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME).appendPattern("[XXX][XX][X]").toFormatter();

  /** The instant, cut to milliseconds so that the id of an Observation stays a number. */
  static TimeText now() {
    return new TimeText(Instant.now().truncatedTo(ChronoUnit.MILLIS), null);
  }

  /** @throws IllegalArgumentException with value and expectation if {@code text} is no such time */
  static TimeText parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return new TimeText(parseInstant(text), null);
    }
    var start = parseInstant(text.substring(0, slash));
    var rest = text.substring(slash + 1);
    var end = rest.startsWith("P") ? cut(plus(start, rest), text) : parseInstant(rest);
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("is %s, expected an interval that ends after its start.".formatted(text));
    }
    return new TimeText(start, end);
  }

  /** @throws IllegalArgumentException with value and expectation if {@code text} is no instant */
  static Instant parseInstant(String text) {
    if (text.length() <= 40) {
      var known = parseUtcSeconds(text);
      if (known != null) {
        return known;
      }
      try {
        return cut(OffsetDateTime.parse(text, ANY_OFFSET).toInstant(), text);
      } catch (DateTimeException e) {
        // said below, in our words
      }
    }
    throw new IllegalArgumentException(
        """
        is "%s", expected a time such as 2026-06-01T12:00:00Z or 2026-06-01T14:00:00+02:00.
        Maybe the offset from UTC is missing.\
        """.formatted(text.length() > 60 ? text.substring(0, 60) + "…" : text));
  }

  /** The form nearly all clients send, {@code 2026-06-01T00:00:00[.fraction]Z}, without a formatter; null if another. */
  private static @Nullable Instant parseUtcSeconds(String text) {
    int length = text.length();
    if (length < 20 || length > 27 || text.charAt(length - 1) != 'Z' || text.charAt(10) != 'T') {
      return null;
    }
    try {
      return cut(Instant.parse(text), text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Instant plus(Instant start, String duration) {
    try {
      return start.plus(Duration.parse(duration));
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "ends with \"%s\", expected a duration such as PT5M.".formatted(shortened(duration)), e);
    }
  }

  private static Instant cut(Instant time, String text) {
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new IllegalArgumentException("is %s, expected a year from 1 to 9999.".formatted(shortened(text)));
    }
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  @Override
  public String toString() {
    return end == null ? start.toString() : start + "/" + end;
  }
}
