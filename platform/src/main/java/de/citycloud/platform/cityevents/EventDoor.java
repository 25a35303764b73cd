package de.citycloud.platform.cityevents;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.ui.PageFormats;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Events for calendars and programs. */
@RestController
@Tag(name = "Events")
class EventDoor {
  private static final int MOST_DAYS = 400;

  private final Municipalities municipalities;
  private final StoredCityEvents events;

  EventDoor(Municipalities municipalities, StoredCityEvents events) {
    this.municipalities = municipalities;
    this.events = events;
  }

  /** An event. @param expectedVisitors at the same time; 0 if nobody estimated @param from ISO 8601, UTC */
  record EventJson(long id, String name, String place, @Nullable Double longitude, @Nullable Double latitude,
      Instant from, Instant until, int expectedVisitors) {}

  /** Events by their begin, at most 500. */
  record EventsJson(List<EventJson> events) {}

  @Operation(summary = "Events of the town between two days", description = """
                                                                            Days in Europe/Berlin; `from` is today and `until` a year later unless given; at most 400 days, 500 events.""")
  @GetMapping("/{municipality}/events.json")
  ResponseEntity<EventsJson> json(@PathVariable("municipality") String municipality,
      @RequestParam(name = "from", defaultValue = "") String from,
      @RequestParam(name = "until", defaultValue = "") String until) {
    municipalities.getBySlug(municipality);
    var all = list(from, until).stream().map(listed -> {
      var event = listed.event();
      return new EventJson(listed.id(), event.name(), event.place(), event.longitude(), event.latitude(), event.from(),
          event.until(), event.expectedVisitors());
    }).toList();
    // whatever the browser prefers: who asks for .json gets it
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(new EventsJson(all));
  }

  @Operation(summary = "Events of the town as a calendar to subscribe to (iCalendar)")
  @GetMapping("/{municipality}/events.ics")
  ResponseEntity<byte[]> calendar(@PathVariable("municipality") String municipality) {
    var town = municipalities.getBySlug(municipality);
    return ResponseEntity.ok().header("Content-Type", "text/calendar;charset=UTF-8")
        .header("Content-Disposition", "inline; filename=\"%s.ics\"".formatted(town.slug()))
        .body(EventCalendar.write(town.name(), town.slug(), list("", "")).getBytes(StandardCharsets.UTF_8));
  }

  private List<StoredCityEvents.Listed> list(String from, String until) {
    var first = from.isBlank() ? LocalDate.now(PageFormats.ZONE) : day("from", from);
    var last = until.isBlank() ? first.plusDays(365) : day("until", until);
    if (last.isBefore(first) || last.isAfter(first.plusDays(MOST_DAYS))) {
      throw new CityProblem("event-range", HttpStatus.BAD_REQUEST,
          "The days go from %s to %s, expected the first before the last, at most %d days.\nMaybe ask in parts."
              .formatted(first, last, MOST_DAYS));
    }
    return events.listed(EventDays.startOf(first), EventDays.startOf(last.plusDays(1)));
  }

  private static LocalDate day(String name, String text) {
    try {
      var day = LocalDate.parse(text.strip());
      if (day.getYear() >= 1900 && day.getYear() <= 2200) {
        return day;
      }
    } catch (DateTimeException e) {
      // told below
    }
    throw new CityProblem("event-range", HttpStatus.BAD_REQUEST,
        "\"%s\" is \"%s\", expected a day from 1900 to 2200, for example 2026-12-24.\nMaybe leave it away.".formatted(
            name, text.length() > 40 ? text.substring(0, 40) + "…" : text));
  }
}
