package de.citycloud.platform.portal;

import de.citycloud.platform.municipality.Municipalities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Pages that explain: data and interfaces, contact, imprint, privacy, accessibility, licences. */
@Controller
class InfoPages {
  /**
   * A part of others that this program is made of.
   *
   * @param licence SPDX expression
   */
  record Part(String name, String use, String licence, String address) {}

  private final Municipalities municipalities;
  private final Profiles profiles;
  private final int mqttPort;
  private final List<Part> parts = readParts();

  InfoPages(Municipalities municipalities, Profiles profiles, @Value("${city.mqtt.port:1883}") int mqttPort) {
    this.municipalities = municipalities;
    this.profiles = profiles;
    this.mqttPort = mqttPort;
  }

  @GetMapping("/{municipality:[a-z0-9-]+}/data")
  String data(@PathVariable String municipality, Model model) {
    var address = ServletUriComponentsBuilder.fromCurrentContextPath().build();
    model.addAttribute("root", address.toUriString());
    model.addAttribute("host", address.getHost());
    model.addAttribute("mqttPort", mqttPort == 0 ? 1883 : mqttPort);
    return page(municipality, "data", model);
  }

  @GetMapping("/{municipality:[a-z0-9-]+}/{page:contact|imprint|privacy|accessibility|plain}")
  String text(@PathVariable String municipality, @PathVariable String page, Model model) {
    return page(municipality, page, model);
  }

  @GetMapping("/{municipality:[a-z0-9-]+}/licences")
  String licences(@PathVariable String municipality, Model model) {
    model.addAttribute("parts", parts);
    return page(municipality, "licences", model);
  }

  private String page(String municipality, String page, Model model) {
    var town = municipalities.getBySlug(municipality);
    model.addAttribute("town", town);
    model.addAttribute("profile", profiles.find().orElse(null));
    return "portal/" + page;
  }

  private static List<Part> readParts() {
    try {
      var lines = new ClassPathResource("parts.csv").getContentAsString(StandardCharsets.UTF_8).lines();
      return lines.skip(1).map(line -> line.split(";", -1))
          .map(cells -> new Part(cells[0], cells[1], cells[2], cells[3])).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
