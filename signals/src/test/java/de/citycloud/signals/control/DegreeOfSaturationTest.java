package de.citycloud.signals.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.junction.TestNetworks;
import de.citycloud.signals.predict.ApproachEstimator;
import de.citycloud.signals.predict.Forecast;
import de.citycloud.signals.predict.Snapshot;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Lanes 0 W→E, 1 W→N (yields to 2), 2 E→W share one stage, lane 3 S→N has another; 0.52 vehicles a second of green.
 */
class DegreeOfSaturationTest {
  private static final Intersection CROSSING = IntersectionImporter
      .importOne(TestNetworks.crossing(), "J", ImportSettings.of(3, 5)).orElseThrow();

  @Test
  void theFullestLanesOfTheStagesAddUp() {
    assertThat(degree(0.13, 0, 0, 0)).as("a quarter of the saturation flow").isCloseTo(0.25, within(0.02));
    assertThat(degree(0.13, 0, 0.05, 0.26)).as("a quarter and a half").isCloseTo(0.75, within(0.04));
    assertThat(degree(0.3, 0, 0, 0.3)).as("more than there is").isGreaterThan(1.1);
  }

  @Test
  void whoYieldsNeedsMoreGreenTheMoreComeAgainstHim() {
    double alone = degree(0, 0.13, 0, 0);
    assertThat(degree(0, 0.13, 0.1, 0)).as("0.1 vehicles a second against him leave half of the time")
        .isCloseTo(2 * alone, within(0.02));
  }

  private static double degree(double... flow) {
    int lanes = CROSSING.lanes().size();
    var forecast = new ApproachEstimator(CROSSING, 90).forecast(new Snapshot(0, Map.of()));
    var factors = new double[lanes];
    Arrays.fill(factors, 1);
    return new DegreeOfSaturation(new StageTable(CROSSING),
        new Forecast(forecast.arrivals(), forecast.moving(), forecast.standing(), forecast.approaching(),
            forecast.shares(), forecast.saturation(), forecast.weight(), forecast.headWaits(),
            forecast.secondsSinceCrossing(), forecast.exitFull(), forecast.insideLong(), flow),
        5, factors).value();
  }
}
