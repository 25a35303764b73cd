package de.citycloud.signals.control;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.junction.TestNetworks;
import de.citycloud.signals.predict.ApproachEstimator;
import de.citycloud.signals.predict.Snapshot;
import de.citycloud.signals.safety.Lamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuidanceTest {
  private final Intersection crossing = IntersectionImporter.importOne(TestNetworks.crossing(), "J",
      ImportSettings.of(3, 5)).orElseThrow();
  private final List<JunctionView> seen = new ArrayList<>();

  @Test
  void whoIsAskedNothingSeesTheViewAsItIs() {
    var view = view();

    var decision = guided(Guidance.NEUTRAL).decide(view);

    assertThat(seen).containsExactly(view);
    assertThat(decision.reason()).isEqualTo("own");
  }

  @Test
  void weightsAreMeansOfTheLaneAndHeldMovementsFindTheirExitFull() {
    var weights = new double[crossing.movements().size()];
    Arrays.fill(weights, 1);
    weights[0] = 2;
    var held = new BitSet();
    held.set(1);

    var decision = guided(new Guidance(weights, held, "event")).decide(view());

    var forecast = seen.getFirst().forecast();
    int favoured = crossing.movements().get(0).lane();
    for (int l = 0; l < forecast.weight().length; l++) {
      assertThat(forecast.weight()[l]).as("lane %d", l).isEqualTo(l == favoured ? 2.0 : 1.0);
    }
    assertThat(forecast.exitFull()[1]).isTrue();
    assertThat(forecast.exitFull()[0]).isFalse();
    assertThat(decision.reason()).isEqualTo("own; event");
  }

  @Test
  void whoKeepsSectionsFreeDoesSoUnderAGuideToo() {
    assertThat(guided(Guidance.NEUTRAL).keepsSectionsFree()).isFalse();
    assertThat(Guidance.guided(new ControlStrategy() {
      @Override
      public Decision decide(JunctionView view) {
        return new Decision(0, "own");
      }

      @Override
      public boolean keepsSectionsFree() {
        return true;
      }
    }, view -> Guidance.NEUTRAL).keepsSectionsFree()).isTrue();
  }

  private ControlStrategy guided(Guidance guidance) {
    return Guidance.guided(view -> {
      seen.add(view);
      return new Decision(0, "own");
    }, view -> guidance);
  }

  private JunctionView view() {
    var lamps = new Lamp[crossing.groups()];
    Arrays.fill(lamps, Lamp.RED);
    var zeros = new int[lamps.length];
    return new JunctionView(crossing, 0, lamps, zeros, zeros, zeros, 0, 0,
        new ApproachEstimator(crossing, 90).forecast(new Snapshot(0, Map.of())));
  }
}
