package de.citycloud.signals.evaluate;

import de.citycloud.signals.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A scenario folder: network, demand, period.
 *
 * @param name for tables
 * @param net network file, plain or gzip
 * @param routes demand file, plain or gzip; read by SUMO and by the measurement, never by a controller
 * @param beginSecond first second
 * @param endSecond second after the last
 * @param teleportSeconds wait after which SUMO moves a stuck vehicle on; −1 for never
 * @param event calendar entry that a controller may know
 */
record Scenario(String name, Path net, Path routes, long beginSecond, long endSecond, int teleportSeconds,
    Optional<Path> event) {
  /** @throws IllegalArgumentException if the folder is no scenario; names what is missing */
  static Scenario read(Path folder) throws IOException {
    var file = folder.resolve("scenario.json");
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          """
          The folder %s has no scenario.json, expected one with name, net, routes, begin, end.
          Maybe name the folder of one scenario.""".formatted(folder));
    }
    var json = Json.object(Files.readString(file));
    var net = file(folder, json, "net");
    var routes = file(folder, json, "routes");
    long begin = (long) number(json, "begin", file);
    long end = (long) number(json, "end", file);
    if (end <= begin) {
      throw new IllegalArgumentException(
          "%s ends at %d s, expected after its begin, %d s.".formatted(file, end, begin));
    }
    var event = folder.resolve("event.json");
    return new Scenario(String.valueOf(json.getOrDefault("name", String.valueOf(folder.getFileName()))), net, routes,
        begin, end, json.get("teleport") instanceof Double seconds ? seconds.intValue() : -1,
        Files.isRegularFile(event) ? Optional.of(event) : Optional.empty());
  }

  private static Path file(Path folder, Map<String, Object> json, String key) {
    if (!(json.get(key) instanceof String name) || !Files.isRegularFile(folder.resolve(name))) {
      throw new IllegalArgumentException("%s says %s=%s, expected the name of a file that is there."
          .formatted(folder.resolve("scenario.json"), key, json.get(key)));
    }
    return folder.resolve(name).normalize();
  }

  private static double number(Map<String, Object> json, String key, Path file) {
    if (json.get(key) instanceof Double number) {
      return number;
    }
    throw new IllegalArgumentException("%s says %s=%s, expected a number.".formatted(file, key, json.get(key)));
  }
}
