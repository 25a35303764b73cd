package de.citycloud.platform.portal;

import de.citycloud.platform.cityevents.CityEvent;
import de.citycloud.platform.cityevents.CityEvents;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.ui.PageFormats;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The start page of a municipality; the root leads to the default one. */
@Controller
class StartPage {
  private static final int SERVICES = 6;
  private static final int MOST_EVENTS = 3;

  private final Municipalities municipalities;
  private final CityNowReader reader;
  private final Procedures procedures;
  private final CityEvents events;
  private final String home;

  StartPage(Municipalities municipalities, CityNowReader reader, Procedures procedures, CityEvents events,
      @Value("${city.sensorthings.default-municipality:ludwigsburg}") String home) {
    this.municipalities = municipalities;
    this.reader = reader;
    this.procedures = procedures;
    this.events = events;
    this.home = home;
  }

  /** The default municipality, else the first one; where there is none yet, a page that says so. */
  @GetMapping("/")
  String root() {
    return municipalities.findBySlug(home).or(() -> municipalities.listAll().stream().findFirst())
        .map(municipality -> "redirect:/" + municipality.slug()).orElse("portal/empty");
  }

  /** A service as the start page names it. @param action with a verb */
  record Task(String key, String action, String summary) {}

  @GetMapping("/{municipality:[a-z0-9-]+}")
  String start(@PathVariable String municipality, Locale language, Model model) {
    var here = municipalities.getBySlug(municipality);
    model.addAttribute("town", here);
    model.addAttribute("now", reader.read(here));
    model.addAttribute("tonight", tonight());
    model.addAttribute("drawing", drawingOf(here.slug()));
    model.addAttribute("services", procedures.listOffered(Instant.now()).stream().limit(SERVICES)
        .map(procedure -> procedure.pack().manifest()).map(manifest -> new Task(manifest.key(),
            manifest.action().in(language), manifest.summary().in(language)))
        .toList());
    return "portal/start";
  }

  /** What is still on today, the first three. */
  private List<CityEvent> tonight() {
    var tomorrow = LocalDate.now(PageFormats.ZONE).plusDays(1).atStartOfDay(PageFormats.ZONE).toInstant();
    return events.listBetween(Instant.now(), tomorrow).stream().limit(MOST_EVENTS).toList();
  }

  /** Some towns have a drawing of their own; the others share one. */
  private static String drawingOf(String slug) {
    return StartPage.class.getResource("/static/ui/drawings/" + slug + ".svg") == null ? "town" : slug;
  }
}
