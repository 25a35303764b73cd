package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.cityevents.CityEvent;
import de.citycloud.platform.cityevents.CityEvents;
import de.citycloud.platform.problem.CityProblem;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Publishes what was approved to happen in the city; only the fields that the package names, none of them about a person. */
@Component
class CaseEvents {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  private final CityEvents events;

  CaseEvents(CityEvents events) {
    this.events = events;
  }

  /**
   * @param with names of the fields {@code name}, {@code place}, {@code from}, {@code until}, {@code visitors}; days are
   *     whole days unless {@code fromTime} and {@code untilTime} name fields with a time like 18:30
   * @throws CityProblem {@code case-event} (422) if the answers make no event
   */
  void publish(CaseFile file, Map<String, Object> answers, Map<String, String> with) {
    var name = text(answers, with, "name", 200);
    var place = text(answers, with, "place", 300);
    if (name.isEmpty() || place.isEmpty()
        || !(answers.get(with.getOrDefault("from", "from")) instanceof LocalDate first)) {
      throw refused("The event has no name, place or day", "all three");
    }
    var last = answers.get(with.getOrDefault("until", "until")) instanceof LocalDate day ? day : first;
    var from = first.atTime(time(answers, with, "fromTime", LocalTime.MIN)).atZone(ZONE).toInstant();
    var closing = time(answers, with, "untilTime", LocalTime.MIN);
    // Without a time it is the end of the day; a time before the beginning is after midnight.
    var until = last.atTime(closing).atZone(ZONE).toInstant();
    if (closing.equals(LocalTime.MIN) || !until.isAfter(from)) {
      until = last.plusDays(1).atTime(closing).atZone(ZONE).toInstant();
    }
    if (!until.isAfter(from)) {
      throw refused("The event ends on %s".formatted(last), "a day not before " + first);
    }
    int visitors = answers.get(with.getOrDefault("visitors", "visitors")) instanceof BigDecimal number
        ? Math.clamp(number.longValue(), 0, 1_000_000)
        : 0;
    events.publish(new CityEvent(source(file), name, place, null, null, from, until, visitors));
  }

  /** The approval was taken back. */
  void cancel(CaseFile file) {
    events.cancel(source(file));
  }

  private static String source(CaseFile file) {
    return "procedure " + file.reference();
  }

  private static String text(Map<String, Object> answers, Map<String, String> with, String key, int most) {
    var value = answers.get(with.getOrDefault(key, key));
    var text = value == null ? "" : value.toString().replaceAll("[\\p{Cntrl}]+", " ").strip();
    return text.substring(0, Math.min(most, text.length()));
  }

  private static LocalTime time(Map<String, Object> answers, Map<String, String> with, String key, LocalTime standard) {
    var value = answers.get(with.getOrDefault(key, key));
    try {
      return value == null ? standard : LocalTime.parse(value.toString().strip());
    } catch (DateTimeParseException e) {
      return standard;
    }
  }

  private static CityProblem refused(String value, String expected) {
    return new CityProblem("case-event", HttpStatus.UNPROCESSABLE_CONTENT,
        """
        %s, expected %s. Nothing was decided.
        Maybe ask the applicant first.""".formatted(value, expected));
  }
}
