package de.citycloud.platform.portal;

import de.citycloud.platform.municipality.Municipalities;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The start page of a municipality; the root leads to the default one. */
@Controller
class StartPage {
  private final Municipalities municipalities;
  private final String home;

  StartPage(Municipalities municipalities, @Value("${city.default-municipality:}") String home) {
    this.municipalities = municipalities;
    this.home = home;
  }

  /** The default municipality, else the first one; where there is none yet, a page that says so. */
  @GetMapping("/")
  String root() {
    return municipalities.findBySlug(home).or(() -> municipalities.listAll().stream().findFirst())
        .map(municipality -> "redirect:/" + municipality.slug()).orElse("portal/empty");
  }

  @GetMapping("/{municipality}")
  String start(@PathVariable String municipality) {
    municipalities.getBySlug(municipality);
    return "portal/start";
  }
}
