package de.citycloud.platform.cityevents;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Events as iCalendar (RFC 5545): times in UTC, lines of at most 75 octets, ended by CR LF. */
final class EventCalendar {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
      .withZone(ZoneOffset.UTC);
  private static final int MOST_OCTETS = 75;

  private final StringBuilder text = new StringBuilder();

  private EventCalendar() {}

  /**
   * The calendar.
   *
   * @param name as calendars show it
   * @param slug of the municipality: part of the id of each event
   */
  static String write(String name, String slug, List<StoredCityEvents.Listed> events) {
    var calendar = new EventCalendar();
    calendar.line("BEGIN:VCALENDAR");
    calendar.line("VERSION:2.0");
    calendar.line("PRODID:-//Smart City Cloud//City events//DE");
    calendar.line("CALSCALE:GREGORIAN");
    calendar.line("METHOD:PUBLISH");
    calendar.line("X-WR-CALNAME:" + escaped(name));
    events.forEach(listed -> calendar.event(listed, slug));
    calendar.line("END:VCALENDAR");
    return calendar.text.toString();
  }

  private void event(StoredCityEvents.Listed listed, String slug) {
    var event = listed.event();
    line("BEGIN:VEVENT");
    line("UID:event-%d@%s.citycloud".formatted(listed.id(), slug));
    line("DTSTAMP:" + time(listed.changedAt()));
    line("DTSTART:" + time(event.from()));
    line("DTEND:" + time(event.until()));
    line("SUMMARY:" + escaped(event.name()));
    line("LOCATION:" + escaped(event.place()));
    if (event.longitude() != null && event.latitude() != null) {
      line(String.format(Locale.ROOT, "GEO:%.6f;%.6f", event.latitude(), event.longitude()));
    }
    line("END:VEVENT");
  }

  private static String time(Instant time) {
    return TIME.format(time);
  }

  /** Text as a value: no line can end early, and no property begin in it. */
  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\\n")
        .replace("\n", "\\n").replaceAll("\\p{Cntrl}", " ");
  }

  /** Folds between characters, never within one. */
  private void line(String content) {
    int octets = 0;
    for (int at = 0; at < content.length();) {
      int character = content.codePointAt(at);
      var one = Character.toString(character);
      int size = one.getBytes(StandardCharsets.UTF_8).length;
      if (octets + size > MOST_OCTETS) {
        text.append("\r\n ");
        octets = 1;
      }
      text.append(one);
      octets += size;
      at += Character.charCount(character);
    }
    text.append("\r\n");
  }
}
