package de.citycloud.signals.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.signals.control.Strategies;
import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.network.SumoNetReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A crossing with long ways on foot and a left turn that takes nearly all of its green: each change costs much. */
class FullCrossingTest {
  private static final int SEEDS = 2;

  @Test
  void whereTheCrossingIsNearlyFullQueuesThatAreLeftWeighMore() throws Exception {
    double ours = delay("adaptive");

    assertThat(ours).as("against the same without it").isLessThan(delay("predictive:mostQueueFactor=1"));
    assertThat(ours).as("against a plan of fixed order").isLessThan(delay("percycle"));
  }

  private static double delay(String name) throws Exception {
    var scenario = Scenario.read(Path.of("..", "benchmarks", "networks", "crossing1"));
    var network = SumoNetReader.read(scenario.net());
    var run = new SimulatedRun(scenario, network,
        IntersectionImporter.importAll(network, ImportSettings.of(3, 5), refused -> {}));
    double sum = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      sum += run.measure(name, new Strategies(scenario.beginSecond()).get(name), seed).delay();
    }
    return sum / SEEDS;
  }
}
