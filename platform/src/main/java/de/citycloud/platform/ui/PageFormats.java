package de.citycloud.platform.ui;

import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Numbers and times as people of the city write them, in the language of the page. In templates {@code @formats}. */
@Component("formats")
public class PageFormats {
  /** The clock on the town hall. */
  public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  private final MessageSource messages;
  private final Clock clock;

  PageFormats(MessageSource messages) {
    this.messages = messages;
    this.clock = Clock.systemUTC();
  }

  /** A number with the language's separators and at most {@code digits} digits after the point. */
  public String number(double value, int digits) {
    var format = NumberFormat.getInstance(LocaleContextHolder.getLocale());
    format.setMaximumFractionDigits(digits);
    // -0 is nobody's measurement.
    return format.format(Math.abs(value) < 0.5 * Math.pow(10, -digits) ? 0 : value);
  }

  /** A whole number with the language's separators. */
  public String number(long value) {
    return NumberFormat.getIntegerInstance(LocaleContextHolder.getLocale()).format(value);
  }

  /** {@code Fr., 27. Nov. 2026, 17:42 Uhr}. */
  public String dateTime(Instant time) {
    return format(time, "ui.time.full");
  }

  /** {@code 27. Nov. 2026}. */
  public String date(Instant time) {
    return format(time, "ui.time.date");
  }

  /** {@code 17:42 Uhr}. */
  public String clock(Instant time) {
    return format(time, "ui.time.clock");
  }

  /** {@code 17:42 Uhr} if that was today, else {@code 26. Nov., 17:42 Uhr}. */
  public String moment(Instant time) {
    boolean today = time.atZone(ZONE).toLocalDate().equals(clock.instant().atZone(ZONE).toLocalDate());
    return format(time, today ? "ui.time.clock" : "ui.time.day");
  }

  /** How long ago: {@code gerade eben}, {@code vor 3 Min.}, {@code vor 2 Std.}, {@code vor 4 Tagen}. */
  public String age(Instant time) {
    var age = Duration.between(time, clock.instant());
    if (age.toSeconds() < 45) {
      return text("ui.age.now");
    }
    if (age.toMinutes() < 90) {
      return text("ui.age.minutes", Math.max(1, age.plusSeconds(30).toMinutes()));
    }
    return age.toHours() < 36
        ? text("ui.age.hours", age.plusMinutes(30).toHours())
        : text("ui.age.days", age.plusHours(12).toDays());
  }

  /** Machine form for {@code <time datetime>}. */
  public String machine(Instant time) {
    return time.toString();
  }

  /** The present moment. */
  public Instant now() {
    return clock.instant();
  }

  private String format(Instant time, String pattern) {
    Locale locale = LocaleContextHolder.getLocale();
    return DateTimeFormatter.ofPattern(messages.getMessage(pattern, null, locale), locale).withZone(ZONE)
        .format(time);
  }

  private String text(String key, Object... parts) {
    return messages.getMessage(key, parts, LocaleContextHolder.getLocale());
  }
}
