package de.citycloud.platform.hub.page;

import de.citycloud.platform.hub.PlaceKind;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.problem.CityProblem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The live stream: values as they are committed, as server-sent events. Each event is named {@code observation}; its
 * data is one JSON object with {@code id, thing, datastream, kind, role, main, time, value} or {@code text, unit, state}
 * and, for car parks, {@code free, capacity}.
 */
@Controller
class LiveDoor {
  private static final int FILTER_LIMIT = 200;
  private final Municipalities municipalities;
  private final LiveStreams streams;

  LiveDoor(Municipalities municipalities, LiveStreams streams) {
    this.municipalities = municipalities;
    this.streams = streams;
  }

  @GetMapping(path = "/{municipality}/live", produces = "text/event-stream")
  void live(@PathVariable("municipality") String municipality,
      @RequestParam(name = "datastream", defaultValue = "") List<String> datastreams,
      @RequestParam(name = "thing", defaultValue = "") List<String> things,
      @RequestParam(name = "kind", defaultValue = "") List<String> kinds, HttpServletResponse response)
      throws IOException {
    municipalities.getBySlug(municipality);
    var filter = new LiveFilter(set("datastream", datastreams, LiveDoor::id), set("thing", things, LiveDoor::id),
        set("kind", kinds, LiveDoor::kind));
    streams.serve(filter, () -> {
      response.setContentType("text/event-stream;charset=UTF-8");
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Accel-Buffering", "no");
      return response.getOutputStream();
    });
  }

  private static <T> Set<T> set(String name, List<String> values, Function<String, T> read) {
    var all = new HashSet<T>();
    for (var value : values) {
      if (!value.isBlank()) {
        all.add(read.apply(value.strip()));
      }
    }
    if (all.size() > FILTER_LIMIT) {
      throw new CityProblem("live-filter", HttpStatus.BAD_REQUEST,
          "%s names %d values, expected at most %d.\nMaybe leave the filter away and choose on your side."
              .formatted(name, all.size(), FILTER_LIMIT));
    }
    return all;
  }

  private static Integer id(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new CityProblem("live-filter", HttpStatus.BAD_REQUEST,
          "The filter asks for \"%s\", expected the number of a Thing or Datastream.\nMaybe take it from @iot.id."
              .formatted(text.length() > 40 ? text.substring(0, 40) + "…" : text));
    }
  }

  private static PlaceKind kind(String text) {
    return PlaceKind.find(text).orElseThrow(() -> new CityProblem("live-filter", HttpStatus.BAD_REQUEST,
        "The filter asks for kind \"%s\", expected one of %s.\nMaybe try kind=parking."
            .formatted(text.length() > 40 ? text.substring(0, 40) + "…" : text,
                java.util.Arrays.stream(PlaceKind.values()).map(PlaceKind::key).toList())));
  }
}
