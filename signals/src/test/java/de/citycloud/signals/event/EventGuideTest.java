package de.citycloud.signals.event;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.signals.control.Guidance;
import de.citycloud.signals.control.JunctionView;
import de.citycloud.signals.event.EventDemand.Direction;
import de.citycloud.signals.event.EventDemand.Slice;
import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.junction.TestNetworks;
import de.citycloud.signals.predict.ApproachEstimator;
import de.citycloud.signals.predict.Snapshot;
import de.citycloud.signals.safety.Lamp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An event whose vehicles come from the south of the crossing; nobody else is on the road. */
class EventGuideTest {
  private static final long BEGIN = 10_000;

  private final Intersection crossing = IntersectionImporter.importOne(TestNetworks.crossing(), "J",
      ImportSettings.of(3, 5)).orElseThrow();
  private final EventDemand demand = new EventDemand("Match", Direction.ARRIVE, 400, 0.25, List.of("toNorth"),
      Map.of("south", 1.0), List.of(new Slice("south", BEGIN, 200, 20), new Slice("south", BEGIN + 300, 200, 20)));
  private final EventGuide guide = new EventGuide(demand, TestNetworks.crossing(), List.of(crossing), 0);

  @Test
  void longBeforeTheEventItAsksNothing() {
    assertThat(guide.of(view(BEGIN - 2000))).isEqualTo(Guidance.NEUTRAL);
  }

  @Test
  void whenTheWaveComesItsMovementCountsMore() {
    var guidance = guide.of(view(BEGIN + 30));

    assertThat(guidance.weights()).hasSize(crossing.movements().size());
    assertThat(weight(guidance, "south")).isGreaterThan(1.2).isLessThanOrEqualTo(2);
    assertThat(weight(guidance, "east")).isBetween(0.5, 1.0);
    assertThat(guidance.reason()).startsWith("event: 100 %");
    assertThat(guidance.held().isEmpty()).as("nothing is full").isTrue();
  }

  @Test
  void longAfterTheEventItAsksNothing() {
    guide.of(view(BEGIN));

    assertThat(guide.of(view(BEGIN + 600 + 901))).isEqualTo(Guidance.NEUTRAL);
  }

  private double weight(Guidance guidance, String edge) {
    for (int m = 0; m < crossing.movements().size(); m++) {
      if (crossing.movements().get(m).link().from().edgeId().equals(edge)) {
        return guidance.weights()[m];
      }
    }
    throw new AssertionError("There is no movement from " + edge);
  }

  private JunctionView view(long second) {
    var lamps = new Lamp[crossing.groups()];
    Arrays.fill(lamps, Lamp.RED);
    var zeros = new int[lamps.length];
    return new JunctionView(crossing, second, lamps, zeros, zeros, zeros, 0, 0,
        new ApproachEstimator(crossing, 90).forecast(new Snapshot(second, Map.of())));
  }
}
