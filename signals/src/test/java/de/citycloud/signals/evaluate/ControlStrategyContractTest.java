package de.citycloud.signals.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.signals.control.JunctionController;
import de.citycloud.signals.control.Strategies;
import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.junction.TestNetworks;
import de.citycloud.signals.predict.Sighting;
import de.citycloud.signals.predict.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every strategy has to keep, whatever the detectors say. */
class ControlStrategyContractTest {
  private static final int SEEDS = 20;
  private static final int SECONDS = 400;
  /** Maximum red of the kernel, and the others' turns until the own one. */
  private static final int LONGEST_RED_SECONDS = 150;

  static Stream<String> strategies() {
    return new Strategies(0).names().stream();
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void breaksNoRuleAndLetsNobodyStarveOnSeededTraffic(String name) {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      var controller = controller(name, new Strategies(0));
      var judge = new SignalJudge(TestNetworks.crossing(), 3, 5);
      for (int second = 0; second < SECONDS; second++) {
        judge.see("J", second, controller.step(snapshot(second, random)));
      }
      assertThat(judge.findings()).as("%s, seed %d", name, seed).isEmpty();
      assertThat(judge.longestRedSeconds()).as("%s, seed %d", name, seed).isBetween(1, LONGEST_RED_SECONDS);
      assertThat(controller.failures()).as("%s, seed %d: %s", name, seed, controller.reason()).isZero();
    }
  }

  @Test
  void aStrategyThatThrowsLeavesTheStreetToTheLocalProgram() {
    var intersection = IntersectionImporter.importOne(TestNetworks.crossing(), "J", ImportSettings.of(3, 5))
        .orElseThrow();
    var controller = new JunctionController(intersection, ignored -> view -> {
      throw new IllegalStateException("out of ideas");
    });
    var judge = new SignalJudge(TestNetworks.crossing(), 3, 5);
    var shown = new ArrayList<String>();
    for (int second = 0; second < SECONDS; second++) {
      shown.add(controller.step(new Snapshot(second, Map.of())));
      judge.see("J", second, shown.getLast());
    }
    assertThat(judge.findings()).isEmpty();
    assertThat(shown).contains("GgGrr", "rrrGr", "rrrrG");
    assertThat(controller.failures()).isEqualTo(SECONDS);
  }

  private static JunctionController controller(String name, Strategies strategies) {
    return new JunctionController(
        IntersectionImporter.importOne(TestNetworks.crossing(), "J", ImportSettings.of(3, 5)).orElseThrow(),
        strategies.get(name));
  }

  /** Vehicles that appear and vanish as they like. */
  private static Snapshot snapshot(int second, Random random) {
    Map<String, List<Sighting>> byLane = new HashMap<>();
    for (var lane : List.of("far_0", "west_0", "east_0", "south_0", ":J_1_0")) {
      var vehicles = new ArrayList<Sighting>();
      for (int i = random.nextInt(5); i > 0; i--) {
        vehicles.add(new Sighting("v" + random.nextInt(30), random.nextInt(200), random.nextInt(14), 5, 1));
      }
      byLane.put(lane, vehicles);
    }
    return new Snapshot(second, byLane);
  }
}
