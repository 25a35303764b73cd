package de.citycloud.signals.event;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.signals.event.Prices.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two stores in a row, A → B → out, of 20 vehicles each; green lets 10 out of each in a minute. */
class PricesTest {
  private static final double[] STORAGE = {20, 20};
  private static final double[] CAPACITY = {10, 10};
  private static final List<Turn> ROW = List.of(new Turn(0, 1, 1), new Turn(1, -1, 1));

  @Test
  void aStoreThatFillsUpBecomesDear() {
    var full = Prices.of(new double[]{5, 19}, STORAGE, CAPACITY, ROW, noInflow());
    var free = Prices.of(new double[]{5, 5}, STORAGE, CAPACITY, ROW, noInflow());

    assertThat(full[1]).isGreaterThan(1.5 * free[1]);
  }

  @Test
  void whoseWayLeadsIntoAFullStoreEarnsLessThanWhoLeaves() {
    var full = Prices.of(new double[]{18, 18}, STORAGE, CAPACITY, ROW, noInflow());
    var free = Prices.of(new double[]{18, 0}, STORAGE, CAPACITY, ROW, noInflow());

    assertThat(full[0] - full[1]).as("from A into a full B").isLessThan(free[0] - free[1]);
  }

  @Test
  void aWaveRaisesThePriceOfAQueueThatItWillFindAndOfNoOther() {
    var wave = noInflow();
    for (int k = 3; k < Prices.STEPS; k++) {
      wave[k][0] = 25;
    }

    assertThat(priceOfA(45, wave)).as("45 vehicles are still there after 3 minutes")
        .isGreaterThan(1.2 * priceOfA(45, noInflow()));
    assertThat(priceOfA(12, wave)).as("12 are gone by then").isEqualTo(priceOfA(12, noInflow()));
  }

  private static double priceOfA(double vehicles, double[][] inflow) {
    return Prices.of(new double[]{vehicles, 0}, STORAGE, CAPACITY, ROW, inflow)[0];
  }

  private static double[][] noInflow() {
    return new double[Prices.STEPS][2];
  }
}
