package de.citycloud.signals.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.signals.control.Strategies;
import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.network.SumoNetReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SumoRunTest {
  @TempDir
  private Path folder;

  @Test
  void oursDelaysLessThanTheNetworksProgramAndBreaksNoRule() throws Exception {
    var scenario = grid("traffic_light");
    var settings = ImportSettings.of(3, 5);
    var network = SumoNetReader.read(scenario.net());
    var run = new SumoRun(scenario, network, IntersectionImporter.importAll(network, settings, refused -> {}), settings,
        false, Files.createDirectory(folder.resolve("work")));

    var program = run.measure("network", null, 1);
    var ours = run.measure("predictive", new Strategies(0).get("predictive"), 1);

    assertThat(ours.trips()).isEqualTo(program.trips()).isEqualTo(200);
    assertThat(ours.delay()).as("mean delay, s").isPositive().isLessThan(program.delay());
    assertThat(ours.violations()).isEmpty();
    assertThat(ours.failures()).isZero();
    assertThat(run.measure("predictive", new Strategies(0).get("predictive"), 1).delay())
        .as("the same seed brings the same").isEqualTo(ours.delay());
  }

  @Test
  void aNetworkWithoutSignalsIsMeasuredToo() throws Exception {
    var scenario = grid("priority");
    var settings = ImportSettings.of(3, 5);
    var network = SumoNetReader.read(scenario.net());
    var run = new SumoRun(scenario, network, IntersectionImporter.importAll(network, settings, refused -> {}), settings,
        false, Files.createDirectory(folder.resolve("work")));

    for (var measured : List.of(run.measure("network", null, 1),
        run.measure("predictive", new Strategies(0).get("predictive"), 1))) {
      assertThat(measured.trips()).isEqualTo(200);
      assertThat(measured.delay()).isFinite();
      assertThat(measured.violations()).isEmpty();
    }
  }

  /** Two intersections in a row, with crossings for people on foot. */
  private Scenario grid(String type) throws IOException, InterruptedException {
    var net = folder.resolve("grid.net.xml");
    int code;
    try {
      var process = new ProcessBuilder("netgenerate", "--grid", "--grid.x-number", "2", "--grid.y-number", "1",
          "--grid.length", "150", "--grid.attach-length", "150", "--default-junction-type", type,
          "--sidewalks.guess", "--crossings.guess", "-o", net.toString()).redirectErrorStream(true)
          .redirectOutput(folder.resolve("log").toFile()).start();
      code = process.waitFor(1, TimeUnit.MINUTES) ? process.exitValue() : -1;
    } catch (IOException e) {
      code = -1;
    }
    Assumptions.assumeTrue(code == 0, "SUMO is not installed: netgenerate did not run.");
    var trips = new StringBuilder("<routes>\n");
    for (int i = 0; i < 200; i++) {
      var way = i % 3 == 0 ? "from=\"bottom0A0\" to=\"A0top0\"" : "from=\"left0A0\" to=\"B0right0\"";
      trips.append("  <trip id=\"t%d\" depart=\"%d\" %s/>\n".formatted(i, 2 * i, way));
    }
    Files.writeString(folder.resolve("trips.rou.xml"), trips.append("</routes>\n"));
    Files.writeString(folder.resolve("scenario.json"),
        """
        {"name": "grid", "net": "grid.net.xml", "routes": "trips.rou.xml", "begin": 0, "end": 600, "teleport": -1}
        """);
    return Scenario.read(folder);
  }
}
