package de.citycloud.signals.evaluate;

import de.citycloud.signals.control.ControlStrategy;
import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.network.RoadNetwork;
import de.citycloud.signals.sumo.SumoSession;
import de.citycloud.signals.sumo.TraciFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs one scenario with one strategy and one seed in SUMO, in a working folder. */
final class SumoRun {
  private static final long MOST_MINUTES = 60;

  private final Scenario scenario;
  private final RoadNetwork network;
  private final List<Intersection> intersections;
  private final ImportSettings settings;
  private final Path folder;
  private final boolean loopsOnly;
  private final Path net;
  private final Path routes;

  SumoRun(Scenario scenario, RoadNetwork network, List<Intersection> intersections, ImportSettings settings,
      boolean loopsOnly, Path folder) throws IOException {
    this.scenario = scenario;
    this.settings = settings;
    this.folder = folder;
    this.loopsOnly = loopsOnly;
    this.network = network;
    this.intersections = intersections;
    net = unpacked(scenario.net(), "net.xml");
    routes = unpacked(scenario.routes(), "rou.xml");
  }

  private Path unpacked(Path file, String name) throws IOException {
    var target = folder.resolve(name);
    try (var in = Xml.open(file)) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return target;
  }

  /**
   * Runs it.
   *
   * @param name of the strategy, for the record; {@code sumo-actuated} loads SUMO's actuated programs
   * @param strategies makes the strategy of each intersection; null to leave the lights to SUMO
   */
  Measurement measure(String name, @Nullable Function<Intersection, ControlStrategy> strategies, int seed)
      throws IOException, TraciFailure, InterruptedException {
    var tripinfo = folder.resolve("tripinfo.xml");
    var states = folder.resolve("states.xml");
    var statistics = folder.resolve("statistics.xml");
    writeAdditional(states, name);
    var command = new ArrayList<>(List.of("sumo", "-n", net.toString(), "-r", routes.toString(), "-a",
        folder.resolve("states.add.xml").toString(), "--begin", "" + scenario.beginSecond(), "--end",
        "" + scenario.endSecond(), "--time-to-teleport", "" + scenario.teleportSeconds(), "--seed", "" + seed,
        "--tripinfo-output", tripinfo.toString(), "--tripinfo-output.write-unfinished", "--statistic-output",
        statistics.toString(), "--no-step-log", "--no-warnings", "--duration-log.disable", "--xml-validation",
        "never"));
    int port = freePort();
    if (strategies != null) {
      command.addAll(List.of("--remote-port", "" + port));
    }
    long start = System.nanoTime();
    var sumo = new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(folder.resolve("sumo.log").toFile()).start();
    var summary = new SumoSession.Summary(0, 0, 0, 0);
    try {
      if (strategies != null) {
        summary = new SumoSession(intersections, strategies, loopsOnly).run(port, scenario.endSecond(),
            (time, shown) -> {});
      }
      if (!sumo.waitFor(MOST_MINUTES, TimeUnit.MINUTES) || sumo.exitValue() != 0) {
        throw new IOException("SUMO ended with %s:\n%s".formatted(sumo.isAlive() ? "nothing" : "" + sumo.exitValue(),
            Files.readString(folder.resolve("sumo.log"))));
      }
    } finally {
      sumo.destroyForcibly();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    var trips = TripRecords.read(tripinfo, routes, scenario.beginSecond(), scenario.endSecond());
    var judge = new SignalJudge(network, settings.yellowSeconds(), settings.minGreenSeconds());
    if (!intersections.isEmpty()) { // else SUMO writes no states
      Xml.each(states, xml -> {
        if (xml.getLocalName().equals("tlsState")) {
          judge.see(xml.getAttributeValue(null, "id"), Double.parseDouble(xml.getAttributeValue(null, "time")),
              xml.getAttributeValue(null, "state"));
        }
      });
    }
    var teleports = new int[1];
    Xml.each(statistics, xml -> {
      if (xml.getLocalName().equals("teleports")) {
        teleports[0] = Integer.parseInt(xml.getAttributeValue(null, "total"));
      }
    });
    return new Measurement(scenario.name(), name, seed, trips.mean(), trips.base(), trips.event(),
        trips.percentile95(), trips.delays().size(), teleports[0], judge.findings(), judge.longestRedSeconds(),
        summary.failures(), summary.slowestMillis(),
        summary.steps() == 0 || intersections.isEmpty()
            ? 0
            : summary.decisionSeconds() * 1e3 / summary.steps() / intersections.size(),
        seconds);
  }

  private void writeAdditional(Path states, String name) throws IOException {
    var xml = new StringBuilder("<additional>\n");
    if (name.startsWith(SumoPrograms.ACTUATED)) {
      xml.append(SumoPrograms.actuated(network, SumoPrograms.maxGreenSeconds(name)));
    }
    for (var intersection : intersections) {
      xml.append("  <timedEvent type=\"SaveTLSStates\" source=\"").append(intersection.id()).append("\" dest=\"")
          .append(states).append("\"/>\n");
    }
    Files.writeString(folder.resolve("states.add.xml"), xml.append("</additional>\n"));
    Files.deleteIfExists(states);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
