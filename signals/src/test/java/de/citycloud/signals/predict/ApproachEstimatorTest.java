package de.citycloud.signals.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.junction.TestNetworks;
import de.citycloud.signals.safety.Lamp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lanes of the crossing: 0 west straight, 1 west left (both behind a stub), 2 east, 3 south. */
class ApproachEstimatorTest {
  private static final Intersection CROSSING = IntersectionImporter
      .importOne(TestNetworks.crossing(), "J", ImportSettings.of(3, 5)).orElseThrow();
  private static final int EAST = 2;

  private final ApproachEstimator estimator = new ApproachEstimator(CROSSING, 60);
  private int second;

  @Test
  void aMovingVehicleArrivesWhenItsSpeedSaysAndAStandingOneHasStopped() {
    var forecast = see(Map.of("east_0", List.of(vehicle("a", 300 - 139, 13.9), vehicle("b", 299, 0))));

    assertThat(forecast.moving()[EAST][10]).as("139 m at 13.9 m/s").isCloseTo(1, within(0.15));
    assertThat(forecast.standing()[EAST]).isCloseTo(1, within(0.01));
    assertThat(forecast.moving()[EAST][0]).as("who stands has stopped already").isZero();
  }

  @Test
  void vehiclesBehindTheStubAreSharedAmongItsLanesAsTheyTurnedBefore() {
    var first = see(Map.of("far_0", List.of(vehicle("a", 100, 13.9))));
    assertThat(first.approaching()[0]).isCloseTo(first.approaching()[1], within(1e-9));

    for (int i = 0; i < 20; i++) {
      see(Map.of("far_0", List.of(vehicle("v" + i, 198, 13.9))));
      see(Map.of(":J_1_0", List.of(vehicle("v" + i, 9, 8))));
    }
    var later = see(Map.of("far_0", List.of(vehicle("z", 100, 13.9))));
    assertThat(later.approaching()[1]).as("all of them turned left").isGreaterThan(0.8);
    assertThat(later.flow()[1]).isGreaterThan(later.flow()[0]);
  }

  @Test
  void headwaysOfAQueueTellTheSaturationFlow() {
    double before = see(Map.of()).saturation()[EAST];
    for (int i = 0; i < 60; i++) {
      see(Map.of("east_0", List.of(vehicle("a" + i, 299, 0))));
      see(Map.of("east_0", List.of(vehicle("a" + i, 299, 2))));
      see(Map.of());
    }
    assertThat(see(Map.of()).saturation()[EAST]).as("one vehicle in 3 s").isLessThan(before).isCloseTo(0.36,
        within(0.05));
  }

  @Test
  void aFullExitAndSlowVehiclesInsideAreReported() {
    assertThat(see(Map.of("toWest_0", List.of(vehicle("a", 9, 0)))).exitFull()).containsExactly(false, false, true,
        false);
    assertThat(see(Map.of(":J_3_0", List.of(vehicle("b", 2, 1)))).insideLong()).containsExactly(false, false, false,
        true, false);
    assertThat(see(Map.of(":J_3_0", List.of(vehicle("c", 2, 13)))).insideLong()[3]).as("a fast one is soon out")
        .isFalse();
  }

  private Forecast see(Map<String, List<Sighting>> byLane) {
    var lamps = new Lamp[CROSSING.groups()];
    Arrays.fill(lamps, Lamp.GREEN);
    var snapshot = new Snapshot(second++, byLane);
    estimator.see(snapshot, lamps);
    return estimator.forecast(snapshot);
  }

  private static Sighting vehicle(String id, double position, double speed) {
    return new Sighting(id, position, speed, 5, 1);
  }
}
