package de.citycloud.platform.hub.page;

import de.citycloud.platform.hub.SourceReport;
import de.citycloud.platform.hub.SourceStatus;
import de.citycloud.platform.hub.Sources;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.ui.Navigation;
import de.citycloud.platform.ui.NavigationItem;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** For staff: how the data sources are doing, what could not be used and why; fetch now, read again. */
@Controller
@RequestMapping("/{municipality}/sources")
class SourcePages {
  private static final int ROWS = 50;
  private final Municipalities municipalities;
  private final Sources sources;

  SourcePages(Municipalities municipalities, Sources sources) {
    this.municipalities = municipalities;
    this.sources = sources;
  }

  /** A source and how its state is drawn. */
  record Row(SourceStatus source) {
    /** Shape beside the word. */
    public String look() {
      return switch (source.state()) {
        case OK -> "free";
        case LATE -> "scarce";
        case FAILED -> "full";
        case WAITING, OFF -> "no-data";
      };
    }

    /** Message key of the word. */
    public String word() {
      return "source.state." + source.state().name().toLowerCase(Locale.ROOT);
    }

    /** Age of the newest value in whole minutes, −1 if there is none. */
    public long lagMinutes() {
      var lag = source.lag();
      return lag == null ? -1 : Math.max(0, lag.plus(Duration.ofSeconds(30)).toMinutes());
    }
  }

  @GetMapping
  String list(@PathVariable("municipality") String slug, Model model) {
    model.addAttribute("town", municipalities.getBySlug(slug));
    model.addAttribute("rows", sources.listAll().stream().map(Row::new)
        .sorted(Comparator.comparingInt(row -> urgency(row.source().state()))).toList());
    return "hub/sources";
  }

  /** What needs somebody comes first. */
  private static int urgency(SourceStatus.State state) {
    return switch (state) {
      case FAILED -> 0;
      case LATE -> 1;
      case WAITING -> 2;
      case OK -> 3;
      case OFF -> 4;
    };
  }

  @GetMapping("/{key}")
  String source(@PathVariable("municipality") String slug, @PathVariable("key") String key, Model model) {
    model.addAttribute("town", municipalities.getBySlug(slug));
    model.addAttribute("row", sources.find(key).map(Row::new).orElseThrow(() -> new CityProblem("source-not-found",
        HttpStatus.NOT_FOUND, """
                              Source "%s" is not here, expected the key of a source of this municipality.
                              Maybe it was renamed; the list of sources shows all.\
                              """.formatted(key.length() > 60 ? key.substring(0, 60) + "…" : key))));
    model.addAttribute("quarantine", sources.listQuarantine(key, ROWS));
    model.addAttribute("section", "source.title");
    return "hub/source";
  }

  @PostMapping("/{key}/run")
  String run(@PathVariable("municipality") String slug, @PathVariable("key") String key, RedirectAttributes said) {
    return report(slug, key, () -> sources.runNow(key), said);
  }

  @PostMapping("/{key}/replay")
  String replay(@PathVariable("municipality") String slug, @PathVariable("key") String key, RedirectAttributes said) {
    return report(slug, key, () -> sources.replay(key), said);
  }

  private String report(String slug, String key, Supplier<SourceReport> work, RedirectAttributes said) {
    municipalities.getBySlug(slug);
    try {
      said.addFlashAttribute("report", work.get());
    } catch (CityProblem problem) {
      if (problem.status() == HttpStatus.NOT_FOUND) {
        throw problem;
      }
      said.addFlashAttribute("failure", String.valueOf(problem.getMessage()));
    }
    return "redirect:/" + slug + "/sources/" + key;
  }

  /** The link in the frame of staff pages, which only staff sees. */
  @Component
  static class SourceNavigation implements Navigation {
    @Override
    public List<NavigationItem> itemsFor(Municipality municipality) {
      return List.of(new NavigationItem(NavigationItem.Place.STAFF, 10, "source.title",
          "/" + municipality.slug() + "/sources"));
    }
  }
}
