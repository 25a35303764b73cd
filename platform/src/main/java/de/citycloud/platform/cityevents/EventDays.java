package de.citycloud.platform.cityevents;

import de.citycloud.platform.ui.PageFormats;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Events by day, as a page lists them. One that lasts several days stands at its first day that is listed.
 *
 * @param day in Europe/Berlin
 * @param start begin of that day
 * @param when {@code today}, {@code tomorrow} or {@code later}
 */
record EventDays(LocalDate day, Instant start, String when, List<Entry> events) {
  /**
   * One event.
   *
   * @param time {@code day}: from a time to a time; {@code whole}: all day; {@code since}: began on an earlier day;
   *     {@code days}: until a later day
   * @param visitors {@code none}, {@code few}, {@code hundreds}, {@code thousands} or {@code crowd}
   */
  record Entry(CityEvent event, String time, String visitors) {}

  /** Events that are listed from {@code first} on. @param today in Europe/Berlin */
  static List<EventDays> of(List<CityEvent> events, LocalDate first, LocalDate today) {
    var days = new LinkedHashMap<LocalDate, List<Entry>>();
    for (var event : events) {
      var begin = event.from().atZone(PageFormats.ZONE).toLocalDate();
      days.computeIfAbsent(begin.isBefore(first) ? first : begin, day -> new ArrayList<>())
          .add(new Entry(event, timeOf(event, first), visitorsOf(event.expectedVisitors())));
    }
    return days.entrySet().stream().map(entry -> new EventDays(entry.getKey(), startOf(entry.getKey()),
        whenOf(entry.getKey(), today), List.copyOf(entry.getValue()))).toList();
  }

  /** Midnight at its begin. */
  static Instant startOf(LocalDate day) {
    return day.atStartOfDay(PageFormats.ZONE).toInstant();
  }

  private static String whenOf(LocalDate day, LocalDate today) {
    return day.equals(today) ? "today" : day.equals(today.plusDays(1)) ? "tomorrow" : "later";
  }

  private static String timeOf(CityEvent event, LocalDate first) {
    var begin = event.from().atZone(PageFormats.ZONE);
    var end = event.until().atZone(PageFormats.ZONE);
    // a night ends with the morning: it belongs to the day before
    boolean oneDay = end.minusHours(6).toLocalDate().compareTo(begin.toLocalDate()) <= 0;
    if (begin.toLocalDate().isBefore(first)) {
      return "since";
    }
    if (begin.toLocalTime().equals(LocalTime.MIN) && end.equals(begin.plusDays(1))) {
      return "whole";
    }
    return oneDay ? "day" : "days";
  }

  private static String visitorsOf(int expected) {
    return expected == 0
        ? "none"
        : expected < 100 ? "few" : expected < 1_000 ? "hundreds" : expected < 10_000 ? "thousands" : "crowd";
  }
}
