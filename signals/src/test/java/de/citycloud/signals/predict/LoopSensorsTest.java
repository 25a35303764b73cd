package de.citycloud.signals.predict;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.junction.TestNetworks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoopSensorsTest {
  private final LoopSensors loops = new LoopSensors(
      IntersectionImporter.importAll(TestNetworks.crossing(), ImportSettings.of(3, 5), refused -> {}));

  @Test
  void reckonsAQueueBetweenTheLoopsWithoutNamesOrOtherLanes() {
    assertThat(see(0, vehicle("a", 150)).on("east_0")).as("before the upstream loop").isEmpty();
    see(1, vehicle("a", 205));
    see(2, vehicle("a", 210), vehicle("b", 201));
    var reckoned = see(20, vehicle("a", 299), vehicle("b", 291)).on("east_0");

    assertThat(reckoned).extracting(Sighting::positionMetres).containsExactly(299.0, 291.5);
    assertThat(reckoned).extracting(Sighting::speedMetresPerSecond).containsOnly(0.0);
    assertThat(reckoned).extracting(Sighting::id).doesNotContain("a", "b");
  }

  @Test
  void whoeverPassesTheStopLineLeavesTheQueue() {
    see(1, vehicle("a", 205));
    see(2, vehicle("a", 210), vehicle("b", 201));

    assertThat(see(3, vehicle("b", 215)).on("east_0")).hasSize(1);
    assertThat(see(4).on("east_0")).isEmpty();
  }

  @Test
  void aVehicleThatNoLoopSawLeavingIsForgottenInTheEnd() {
    see(1, vehicle("a", 205));

    assertThat(see(100, vehicle("a", 205)).on("east_0")).hasSize(1);
    assertThat(see(200, vehicle("a", 205)).on("east_0")).isEmpty();
  }

  private Snapshot see(int second, Sighting... vehicles) {
    return loops.reduce(new Snapshot(second, Map.of("east_0", List.of(vehicles), "far_0", List.of(vehicle("x", 10)))));
  }

  private static Sighting vehicle(String id, double position) {
    return new Sighting(id, position, 5, 5, 1);
  }
}
