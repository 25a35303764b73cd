package de.citycloud.platform.identity;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Paths to try for each live route: with ids of the other town, so that a hole in the wall shows. Whoever adds a route
 * with a new variable adds a value here.
 */
final class WallSamples {
  /** Side doors of SensorThings, through which one could reach around a corner. */
  private static final List<String> SENSOR_THINGS = List.of("/Things", "/Things?$count=true&$top=0",
      "/Things?$expand=Locations,Datastreams($expand=Observations,Sensor,ObservedProperty)",
      "/Datastreams?$expand=Thing($expand=Locations,HistoricalLocations)", "/Locations?$expand=Things",
      "/Observations?$filter=result gt 77000&$count=true", "/Observations?$expand=Datastream/Thing,FeatureOfInterest",
      "/Things?$filter=name eq 'Sternwarte-Drüben'&$count=true",
      "/Datastreams?$filter=Thing/name eq 'Sternwarte-Drüben' and Observations/result gt 1",
      "/Things?$orderby=Datastreams/name&$select=name", "/Things(%things%)", "/Things(%things%)/Datastreams",
      "/Things(%things%)/Locations/$ref", "/Datastreams(%datastreams%)", "/Datastreams(%datastreams%)/Observations",
      "/Datastreams(%datastreams%)/Observations?$resultFormat=dataArray",
      "/Datastreams(%datastreams%)/Thing/name/$value",
      "/Sensors?$expand=Datastreams", "/ObservedProperties?$expand=Datastreams", "/FeaturesOfInterest",
      "/HistoricalLocations?$expand=Thing");

  private final String slug;
  private final Map<String, Integer> ids;

  /** @param ids of the other town's objects, by the word in the path before them */
  WallSamples(String slug, Map<String, Integer> ids) {
    this.slug = slug;
    this.ids = ids;
  }

  int id(String kind) {
    var id = ids.get(kind);
    if (id == null) {
      throw new IllegalArgumentException("No sample of \"%s\" in %s.".formatted(kind, slug));
    }
    return id;
  }

  /** @throws IllegalArgumentException if a variable of the route has no value here */
  List<String> pathsOf(LiveRoute route, String municipality) {
    var path = route.pattern().replaceAll("\\{municipality(:[^}]*)?}", municipality);
    return Stream.of(path).flatMap(this::doors).flatMap(this::choices).map(this::withIds).map(WallSamples::encoded)
        .toList();
  }

  private Stream<String> doors(String path) {
    return path.endsWith("/sta/v1.1/**")
        ? SENSOR_THINGS.stream().map(rest -> path.replace("/**", rest))
        : Stream.of(path);
  }

  private Stream<String> choices(String path) {
    if (path.contains("{layer}")) {
      return Stream.of("parking", "sensors", "water", "air").map(layer -> path.replace("{layer}", layer));
    }
    var choice = java.util.regex.Pattern.compile("\\{page:([^}]*)}").matcher(path);
    return choice.find()
        ? Stream.of(choice.group(1).split("\\|")).map(page -> path.replace(choice.group(), page))
        : path.endsWith("/search") ? Stream.of(path, path + "?q=Sternwarte", path + "?q=geheim") : Stream.of(path);
  }

  private String withIds(String path) {
    var words = path.replace("%things%", "" + id("things")).replace("%datastreams%", "" + id("datastreams"))
        .replace("/{source}", "/their-source").replace("/sources/{key}", "/sources/their-source")
        .replace("/services/{key}", "/services/their-service")
        .replace("{draft}", "00000000-0000-4000-8000-000000000000")
        .replace("{step}", "start").replace("{secret}", "secret").replace("/cases/{reference}", "/cases/2026-7K3F-9QXD")
        .replace("/documents/{id}", "/documents/1").replace("/test-payment/{id}", "/test-payment/" + "0".repeat(32))
        .replace("/payments/{provider}", "/payments/test")
        .replaceFirst("/(releases|statistics)/\\{key}", "/$1/privacy-requests").split("/");
    for (int i = 1; i < words.length; i++) {
      if (words[i].contains("{")) {
        words[i] = words[i].replaceAll("\\{[^}]*}", value(words[i - 1], path));
      }
    }
    return String.join("/", words);
  }

  private String value(String before, String path) {
    var id = find(before);
    if (id == null) {
      throw new IllegalArgumentException(
          """
          No sample for the variable after "%s" in %s, expected one in WallSamples.
          Maybe add an object of the other town to WallTest, so that the wall is tried at the new route too.\
          """.formatted(before, path));
    }
    return id;
  }

  private @Nullable String find(String before) {
    return switch (before) {
      case "sessions", "passkeys", "activations", "tasks", "decisions", "documents", "archive" -> "1";
      case "payments" -> "00000000-0000-4000-8000-000000000000";
      case "desk" -> "2026-7K3F-9QXD";
      case "new" -> "bewohnerparkausweis";
      case "packages", "catalogue", "publishing", "versions" -> "0".repeat(64);
      case "adopted" -> "their-procedure";
      case "parameters" -> "fee";
      case "texts" -> "section.what";
      default -> ids.containsKey(before) ? Integer.toString(id(before)) : null;
    };
  }

  private static String encoded(String path) {
    int query = path.indexOf('?');
    return query < 0
        ? path
        : path.substring(0, query + 1) + Stream.of(path.substring(query + 1).split("&"))
            .map(part -> part.substring(0, part.indexOf('=') + 1)
                + URLEncoder.encode(part.substring(part.indexOf('=') + 1), StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(java.util.stream.Collectors.joining("&"));
  }
}
