package de.citycloud.platform.cityevents;

import de.citycloud.platform.database.Job;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.ui.PageFormats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Invented events for demo towns, from {@code demo/events.json}; they move on to the coming days. */
@Component
class DemoEvents {
  private final Municipalities municipalities;
  private final CityEvents events;
  private final boolean demo;

  DemoEvents(Municipalities municipalities, CityEvents events, @Value("${city.demo.enabled:false}") boolean demo) {
    this.municipalities = municipalities;
    this.events = events;
    this.demo = demo;
  }

  @Bean
  Job demoEventsMoveOn() {
    return new Job("demo-events", Duration.ofHours(6), this::publish);
  }

  @EventListener(ApplicationReadyEvent.class)
  void publish() {
    if (demo) {
      try (var file = new ClassPathResource("demo/events.json").getInputStream()) {
        var all = JsonMapper.shared().readTree(file);
        municipalities.listAll().stream().filter(Municipality::demo)
            .forEach(town -> publish(town, all.path(town.slug())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void publish(Municipality town, JsonNode list) {
    CurrentMunicipality.run(town, () -> {
      int number = 0;
      for (var json : list) {
        events.publish(read("demo " + ++number, json));
      }
    });
  }

  private static CityEvent read(String source, JsonNode json) {
    var day = LocalDate.now(PageFormats.ZONE).plusDays(json.path("daysAhead").asInt(0));
    return new CityEvent(source, json.path("name").asString(""), json.path("place").asString(""),
        degrees(json.get("longitude")), degrees(json.get("latitude")), at(day, json.path("from").asString("")),
        at(day, json.path("until").asString("")), json.path("visitors").asInt(0));
  }

  private static @Nullable Double degrees(@Nullable JsonNode json) {
    return json == null || json.isNull() ? null : json.doubleValue();
  }

  private static Instant at(LocalDate day, String time) {
    return day.atTime(LocalTime.parse(time)).atZone(PageFormats.ZONE).toInstant();
  }
}
