package de.citycloud.platform.hub.page;

import de.citycloud.platform.problem.CityProblem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A stretch of time somebody asks for.
 *
 * @param from first moment
 * @param to first moment after; later than from
 */
record Extract(Instant from, Instant to) {
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  Extract {
    if (!from.isBefore(to)) {
      throw new CityProblem("extract", HttpStatus.BAD_REQUEST,
          "from is %s, expected earlier than to, which is %s.\nMaybe exchange the two.".formatted(from, to));
    }
  }

  /** Reads both ends as ISO 8601; without an end it is now, without a start seven days before the end. */
  static Extract of(@Nullable String from, @Nullable String to, Instant now) {
    var end = to == null || to.isBlank() ? now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1) : time("to", to);
    return new Extract(from == null || from.isBlank() ? end.minus(7, ChronoUnit.DAYS) : time("from", from), end);
  }

  private static Instant time(String name, String text) {
    try {
      // A plus sign of an offset arrives as a space where the caller forgot to encode it.
      var plain = text.strip().replace(' ', '+');
      var time = plain.length() == 10
          ? LocalDate.parse(plain).atStartOfDay(JdbcHistories.ZONE).toInstant()
          : OffsetDateTime.parse(plain).toInstant();
      if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
        return time;
      }
    } catch (DateTimeException e) {
      // falls through to the one message for every malformed time
    }
    throw new CityProblem("extract", HttpStatus.BAD_REQUEST,
        """
        %s is "%s", expected a time between 1900 and 2200 as ISO 8601.
        Maybe try 2026-11-20T17:00:00Z or a day such as 2026-11-20.\
        """.formatted(name, text.length() > 40 ? text.substring(0, 40) + "…" : text));
  }
}
