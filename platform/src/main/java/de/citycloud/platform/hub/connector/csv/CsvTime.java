package de.citycloud.platform.hub.connector.csv;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads times as tables write them. Local times are those of a zone, by default Europe/Berlin:
 *
 * <ul>
 * <li>In the hour that does not exist when summer time begins, a time is rejected; {@code gap: shift} moves it an hour
 * on, as it is done where the clock of the source was late.
 * <li>In the hour that comes twice when summer time ends, the first time a Thing tells a local time it is summer time,
 * the second time it is winter time.
 * </ul>
 */
final class CsvTime {
  /** A time with its place on the day: a date alone stands for the whole day. */
  record Span(Instant start, @Nullable Instant end) {}

  /** A time that cannot be. */
  static final class NoSuchTime extends Exception {
    private static final long serialVersionUID = 1L;

    NoSuchTime(String message) {
      super(message);
    }
  }

  private static final Pattern DIGITS = Pattern.compile("-?\\d{1,15}");
  private static final int REMEMBERED = 200_000;
  private final String format;
  private final @Nullable DateTimeFormatter pattern;
  private final ZoneId zone;
  private final boolean shift;
  private final @Nullable Duration interval;
  private final Set<String> firstTimes = new HashSet<>();

  /**
   * @param format {@code iso}, {@code epoch-s}, {@code epoch-ms} or a pattern of {@link DateTimeFormatter}
   * @param zone of local times
   * @param shift true to move times that do not exist an hour on
   * @param interval length of the interval that begins at each time; null for instants, and for dates the day
   * @throws IllegalArgumentException if the pattern is none
   */
  CsvTime(String format, ZoneId zone, boolean shift, @Nullable Duration interval) {
    this.format = format;
    this.zone = zone;
    this.shift = shift;
    this.interval = interval;
    this.pattern = switch (format) {
      case "iso", "epoch-s", "epoch-ms" -> null;
      default -> new java.time.format.DateTimeFormatterBuilder().parseCaseInsensitive()
          .appendPattern(format.replace("yyyy", "uuuu")).toFormatter(Locale.GERMANY)
          .withResolverStyle(ResolverStyle.SMART);
    };
  }

  /** The format that all of {@code samples} have; empty if there is none. */
  static Optional<String> guess(Iterable<String> samples) {
    for (var format : new String[]{"epoch-ms", "epoch-s", "iso", "dd.MM.yyyy HH:mm:ss", "dd.MM.yyyy HH:mm",
        "dd.MM.yyyy"}) {
      var time = new CsvTime(format, ZoneId.of("Europe/Berlin"), true, null);
      int read = 0;
      boolean all = true;
      for (var sample : samples) {
        if (!sample.isBlank()) {
          read++;
          all &= time.fits(sample.strip());
        }
      }
      if (all && read > 0) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  private boolean fits(String text) {
    return switch (format) {
      case "epoch-ms" -> text.matches("1[0-9]{12}");
      case "epoch-s" -> text.matches("1[0-9]{9}");
      default -> {
        try {
          read(text, "");
          yield true;
        } catch (NoSuchTime e) {
          yield false;
        }
      }
    };
  }

  /**
   * Reads {@code text}.
   *
   * @param whose the Thing that tells it: tells the first from the second pass of the doubled hour
   */
  Span read(String text, String whose) throws NoSuchTime {
    if (format.startsWith("epoch")) {
      if (!DIGITS.matcher(text).matches()) {
        throw new NoSuchTime("is no number of seconds or milliseconds since 1970");
      }
      long number = Long.parseLong(text);
      return span(format.equals("epoch-s") ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number));
    }
    TemporalAccessor parsed;
    try {
      parsed = pattern == null ? iso(text) : pattern.parse(text);
    } catch (DateTimeException e) {
      throw new NoSuchTime("is no time, expected the format " + format);
    }
    if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
      return span(Instant.from(parsed));
    }
    var date = parsed.query(TemporalQueries.localDate());
    if (date == null) {
      throw new NoSuchTime("has no date, expected the format " + format);
    }
    var clock = parsed.query(TemporalQueries.localTime());
    if (clock == null && !parsed.isSupported(ChronoField.HOUR_OF_DAY)) {
      return day(date);
    }
    return span(local(clock == null ? date.atTime(parsed.get(ChronoField.HOUR_OF_DAY), 0) : date.atTime(clock), whose));
  }

  private Span day(LocalDate date) {
    return new Span(date.atStartOfDay(zone).toInstant(), date.plusDays(1).atStartOfDay(zone).toInstant());
  }

  /** The local date of an instant. */
  LocalDate dateOf(Instant time) {
    return time.atZone(zone).toLocalDate();
  }

  /** The instant of a local time. */
  Instant local(LocalDateTime time, String whose) throws NoSuchTime {
    var offsets = zone.getRules().getValidOffsets(time);
    if (offsets.size() == 1) {
      return time.toInstant(offsets.getFirst());
    }
    if (offsets.isEmpty()) {
      if (!shift) {
        throw new NoSuchTime("does not exist in %s, since summer time begins; say \"gap: shift\" to move it an hour on"
            .formatted(zone));
      }
      return time.toInstant(zone.getRules().getTransition(time).getOffsetBefore());
    }
    boolean first = firstTimes.size() >= REMEMBERED || firstTimes.add(whose + '\0' + time);
    return time.toInstant(first ? offsets.getFirst() : offsets.getLast());
  }

  Span span(Instant start) {
    return new Span(start, interval == null ? null : start.plus(interval));
  }

  private static TemporalAccessor iso(String text) {
    var joined = text.length() > 10 && text.charAt(10) == ' '
        ? text.substring(0, 10) + 'T' + text.substring(11).strip()
        : text;
    return joined.length() == 10
        ? DateTimeFormatter.ISO_LOCAL_DATE.parse(joined)
        : DateTimeFormatter.ISO_DATE_TIME.parse(joined);
  }
}
