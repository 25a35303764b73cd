package de.citycloud.benchmarks.signals;

import de.citycloud.signals.network.SumoNetReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the scenarios of {@code benchmarks/networks}, each a folder that {@code ./city signals evaluate} takes. Needs
 * SUMO's {@code netgenerate}; the results are kept in the repository, so that every machine drives on the same streets.
 */
public final class PublicNetworks {
  private static final long SEED = 20_261_123;
  private static final List<String> ALWAYS = List.of("--tls.default-type", "static", "--tls.cycle.time", "90",
      "--no-turnarounds", "true", "--default.speed", "13.9", "--seed", "7");

  private PublicNetworks() {}

  /**
   * Writes all of them, or demand for a network that exists.
   *
   * @param arguments {@code FOLDER}, or {@code FOLDER NAME NET VEH_PER_HOUR}
   */
  public static void main(String[] arguments) throws Exception {
    var folder = Path.of(arguments[0]);
    if (arguments.length == 4) {
      var town = new Town(arguments[1], List.of(), Integer.parseInt(arguments[3]), 0, Town.EventTraffic.NONE);
      var scenario = Files.createDirectories(folder.resolve(town.name()));
      write(scenario, town, Path.of(arguments[2]).toAbsolutePath());
      return;
    }
    for (var town : Town.all()) {
      var scenario = Files.createDirectories(folder.resolve(town.name()));
      var plain = scenario.resolve("plain.net.xml");
      generate(town, plain);
      var net = scenario.resolve(town.name() + ".net.xml.gz");
      // The generator's comment names the day and the folder: without it the same streets are the same bytes.
      zip(Files.readString(plain).replaceFirst("(?s)<!-- generated on.*?-->\\s*", ""), net);
      Files.delete(plain);
      write(scenario, town, net.getFileName());
    }
  }

  private static void generate(Town town, Path file) throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of("netgenerate"));
    command.addAll(town.generator());
    command.addAll(ALWAYS);
    command.addAll(List.of("-o", file.toString()));
    var log = file.resolveSibling("netgenerate.log");
    int status = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    if (status != 0) {
      throw new IllegalStateException("netgenerate ended with %d for %s: %s".formatted(status, town.name(),
          Files.readString(log)));
    }
    Files.delete(log);
  }

  private static void write(Path scenario, Town town, Path net) throws Exception {
    var network = SumoNetReader.read(scenario.resolve(net));
    var demand = new Demand(town, network, SEED);
    var routes = town.name() + ".rou.xml.gz";
    zip(demand.routes(), scenario.resolve(routes));
    Files.writeString(scenario.resolve("scenario.json"),
        """
        {"name": "%s", "net": "%s", "routes": "%s", "begin": 0, "end": %d, "teleport": %d}
        """.formatted(town.name(), net, routes, town.seconds(), town.event().cars() == 0 ? -1 : 300));
    if (town.event().cars() > 0) {
      Files.writeString(scenario.resolve("event.json"), demand.calendarEntry());
    }
    System.out.printf("%s: %d lights%n", town.name(), network.lights().size());
  }

  private static void zip(String text, Path file) throws IOException {
    try (var out = new GZIPOutputStream(Files.newOutputStream(file)) {
      {
        def.setLevel(Deflater.BEST_COMPRESSION);
      }
    }) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
