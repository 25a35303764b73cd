package de.citycloud.signals.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ArrivalScaleTest {
  private static final double EVERYDAY = 0.2;
  private static final double EXPECTED = 0.1;

  @Test
  void beforeAnythingComesTheCalendarIsBelieved() {
    assertThat(new ArrivalScale(0.25).mean()).isCloseTo(1, within(1e-9));
  }

  @Test
  void twiceAsManyVehiclesMoveItTowardsTwoAndADoubtfulCalendarGivesWaySooner() {
    var doubtful = scaleAfter(0.4, 5);
    var sure = scaleAfter(0.1, 5);

    assertThat(doubtful).isBetween(1.6, 2.0);
    assertThat(sure).isBetween(1.1, 1.5);
    assertThat(scaleAfter(0.4, 60)).isCloseTo(2, within(0.05));
  }

  @Test
  void withoutAQuietTimeNothingCanBeCompared() {
    var scale = new ArrivalScale(0.4);
    scale.see(EXPECTED, EVERYDAY + 5 * EXPECTED, 60, false);

    assertThat(scale.mean()).isCloseTo(1, within(1e-9));
  }

  /** After some quiet minutes and {@code minutes} with twice the expected flow. */
  private static double scaleAfter(double deviation, int minutes) {
    var scale = new ArrivalScale(deviation);
    for (int i = 0; i < 5; i++) {
      scale.see(0, EVERYDAY, 60, true);
    }
    for (int i = 0; i < minutes; i++) {
      scale.see(EXPECTED, EVERYDAY + 2 * EXPECTED, 60, false);
    }
    return scale.mean();
  }
}
