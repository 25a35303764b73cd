package de.citycloud.platform.portal;

import de.citycloud.platform.municipality.Municipalities;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The start page of a municipality; the root leads to the default one. */
@Controller
class StartPage {
  private final Municipalities municipalities;
  private final CityNowReader reader;
  private final String home;

  StartPage(Municipalities municipalities, CityNowReader reader,
      @Value("${city.sensorthings.default-municipality:ludwigsburg}") String home) {
    this.municipalities = municipalities;
    this.reader = reader;
    this.home = home;
  }

  /** The default municipality, else the first one; where there is none yet, a page that says so. */
  @GetMapping("/")
  String root() {
    return municipalities.findBySlug(home).or(() -> municipalities.listAll().stream().findFirst())
        .map(municipality -> "redirect:/" + municipality.slug()).orElse("portal/empty");
  }

  @GetMapping("/{municipality:[a-z0-9-]+}")
  String start(@PathVariable String municipality, Model model) {
    var here = municipalities.getBySlug(municipality);
    model.addAttribute("town", here);
    model.addAttribute("now", reader.read(here));
    model.addAttribute("drawing", drawingOf(here.slug()));
    return "portal/start";
  }

  /** Some towns have a drawing of their own; the others share one. */
  private static String drawingOf(String slug) {
    return StartPage.class.getResource("/static/ui/drawings/" + slug + ".svg") == null ? "town" : slug;
  }
}
