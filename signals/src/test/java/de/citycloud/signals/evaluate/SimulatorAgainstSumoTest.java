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
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in simulator beside SUMO, on networks of our own and, where they are there, on the shared ones. */
class SimulatorAgainstSumoTest {
  /** What the figures of {@code benchmarks/results} say, with some room. */
  private static final double MOST_DIFFERENCE = 0.35;

  @TempDir
  private Path work;

  static Stream<Path> scenarios() {
    var own = Path.of("..", "benchmarks", "networks");
    var shared = Path.of(System.getProperty("citycloud.shared", "absent"), "traffic");
    return Stream.concat(Stream.of("crossing1", "ring12").map(own::resolve),
        Stream.of("cologne1", "ingolstadt7").map(shared::resolve));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void delaysUnderTheNetworksProgramAndUnderOursAreAlike(Path folder) throws Exception {
    assumeSumo();
    Assumptions.assumeTrue(Files.isDirectory(folder),
        "The scenario " + folder + " is not there; -Dcitycloud.shared names the folder of the shared ones.");
    var scenario = Scenario.read(folder);
    var settings = ImportSettings.of(3, 5);
    var network = SumoNetReader.read(scenario.net());
    var intersections = IntersectionImporter.importAll(network, settings, refused -> {});
    var sumo = new SumoRun(scenario, network, intersections, settings, false, work);
    var own = new SimulatedRun(scenario, network, intersections);
    var predictive = new Strategies(scenario.beginSecond()).get("predictive");

    var program = sumo.measure("network", null, 1);
    var simulated = own.measure("network", null, 1);
    var ours = own.measure("predictive", predictive, 1);

    assertThat(simulated.trips()).as("trips that are due, without those of buses on lanes for buses alone")
        .isBetween((int) (0.99 * program.trips()), program.trips());
    assertThat(simulated.delay() / program.delay()).as("delay, simulator by SUMO")
        .isBetween(1 - MOST_DIFFERENCE, 1 + MOST_DIFFERENCE);
    assertThat(ours.delay()).as("the simulator ranks as SUMO does").isLessThan(simulated.delay());
  }

  private static void assumeSumo() throws InterruptedException {
    int code;
    try {
      var process = new ProcessBuilder(List.of("sumo", "--version")).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      code = process.waitFor(1, TimeUnit.MINUTES) ? process.exitValue() : -1;
    } catch (IOException e) {
      code = -1;
    }
    Assumptions.assumeTrue(code == 0, "SUMO is not installed: sumo did not run.");
  }
}
