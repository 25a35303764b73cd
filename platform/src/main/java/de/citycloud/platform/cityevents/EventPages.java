package de.citycloud.platform.cityevents;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.ui.PageFormats;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What is on in the city, by day. */
@Controller
class EventPages {
  private static final List<String> RANGES = List.of("all", "today", "tomorrow", "week");
  private static final int DAYS_AHEAD = 180;

  private final Municipalities municipalities;
  private final CityEvents events;

  EventPages(Municipalities municipalities, CityEvents events) {
    this.municipalities = municipalities;
    this.events = events;
  }

  @GetMapping("/{municipality}/events")
  ModelAndView list(@PathVariable("municipality") String slug,
      @RequestParam(name = "when", defaultValue = "all") String when) {
    if (!RANGES.contains(when)) {
      throw new CityProblem("event-range", HttpStatus.BAD_REQUEST,
          "\"when\" is \"%s\", expected one of %s.\nMaybe leave it away to see all.".formatted(
              when.length() > 40 ? when.substring(0, 40) + "…" : when, String.join(", ", RANGES)));
    }
    var town = municipalities.getBySlug(slug);
    var today = LocalDate.now(PageFormats.ZONE);
    var first = when.equals("tomorrow") ? today.plusDays(1) : today;
    var days = EventDays.of(events.listBetween(EventDays.startOf(first), EventDays.startOf(after(when, today))), first,
        today);
    return new ModelAndView("cityevents/list").addObject("town", town).addObject("days", days).addObject("when", when)
        .addObject("ranges", RANGES);
  }

  private static LocalDate after(String when, LocalDate today) {
    return switch (when) {
      case "today" -> today.plusDays(1);
      case "tomorrow" -> today.plusDays(2);
      case "week" -> today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
      default -> today.plusDays(DAYS_AHEAD);
    };
  }
}
