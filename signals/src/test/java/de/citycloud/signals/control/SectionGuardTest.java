package de.citycloud.signals.control;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.junction.TestNetworks;
import de.citycloud.signals.predict.Sighting;
import de.citycloud.signals.predict.Snapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Groups 0 and 1 lead into the section pq, 20 m, whose vehicles may turn round into qp; group 2 does not. */
class SectionGuardTest {
  private static final Intersection JUNCTION = IntersectionImporter
      .importOne(TestNetworks.turningBehind(), "J", ImportSettings.of(3, 5)).orElseThrow();

  private final SectionGuard guard = new SectionGuard(JUNCTION);
  private int second;

  @Test
  void aSectionThatStaysFullClosesItsStreamsUntilItIsFreeAgain() {
    assertThat(closed("pq_0", 10, 0)).as("one second may be chance").isEmpty();
    assertThat(closed("pq_0", 10, 0)).containsExactly(0, 1);
    assertThat(closed("pq_0", 19, 0)).as("room for one more").isEmpty();
  }

  @Test
  void theLaneBackCountsToo() {
    closed("qp_0", 10, 0);
    closed("qp_0", 10, 0);
    assertThat(closed("qp_0", 10, 0)).as("whoever turns round there needs room here").containsExactly(0, 1);
  }

  @Test
  void movingVehiclesCloseNothingAndNobodyIsKeptWaitingForEver() {
    closed("pq_0", 10, 8);
    assertThat(closed("pq_0", 10, 8)).isEmpty();

    closed("pq_0", 10, 0);
    assertThat(guard.closed(snapshot("pq_0", 10, 0), new int[]{20, 95, 0}).stream().toArray())
        .as("group 1 has waited too long").containsExactly(0);
  }

  private int[] closed(String lane, double position, double speed) {
    return guard.closed(snapshot(lane, position, speed), new int[3]).stream().toArray();
  }

  private Snapshot snapshot(String lane, double position, double speed) {
    return new Snapshot(second++, Map.of(lane, List.of(new Sighting("a", position, speed, 5, 1))));
  }
}
