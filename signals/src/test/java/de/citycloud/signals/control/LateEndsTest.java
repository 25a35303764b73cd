package de.citycloud.signals.control;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.junction.TestNetworks;
import de.citycloud.signals.predict.Snapshot;
import de.citycloud.signals.safety.Lamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Group 3 conflicts with the vehicles of 0 to 2, 3 s after their green, and with people on foot, group 4, 8 s after
 * theirs.
 */
class LateEndsTest {
  private static final Intersection CROSSING = IntersectionImporter
      .importOne(TestNetworks.crossing(), "J", ImportSettings.of(3, 5)).orElseThrow();

  private final LateEnds lateEnds = new LateEnds(CROSSING);

  @Test
  void vehiclesGoOnWhilePeopleOnFootClearTheRoad() {
    assertThat(wish(lamps(0, 4), new int[5])).as("the people end now, they have the longest way").containsExactly(0);
    assertThat(wish(lamps(0), new int[]{0, 9, 9, 9, 4})).as("4 s left").containsExactly(0);
    assertThat(wish(lamps(0), new int[]{0, 9, 9, 9, 5})).as("3 s left: yellow now").containsExactly(3);
  }

  @Test
  void withoutThemAllEndAtOnce() {
    assertThat(wish(lamps(0, 2), new int[]{0, 9, 0, 9, 60})).containsExactly(3);
  }

  @Test
  void whoDelaysNobodyOrShouldNotGoOnEndsWithItsStage() {
    assertThat(lateEnds.wish(bits(0), lamps(0, 2), new int[5], new BitSet()).stream().toArray()).containsExactly(0);
    assertThat(lateEnds.wish(bits(3), lamps(0, 4), new int[5], bits(0)).stream().toArray()).containsExactly(3);
  }

  @Test
  void inTheStreetTheGreenOfVehiclesLastsAsLongAsTheClearingAllows() {
    // From people on foot beside the main road to the side road.
    var shown = new ArrayList<String>();
    var together = IntersectionImporter.importOne(TestNetworks.parse(TestNetworks.CROSSING
        .replace("state=\"GgGrr\"", "state=\"GgGrG\"")), "J", ImportSettings.of(3, 5)).orElseThrow();
    var controller = new JunctionController(together,
        ignored -> view -> new Decision(view.second() < 30 ? 0 : 1, "test"));
    for (int second = 0; second < 60; second++) {
      shown.add(controller.step(new Snapshot(second, Map.of())));
    }
    assertThat(shown.get(29)).isEqualTo("GgGrG");
    assertThat(shown.subList(30, 42)).as("people end, vehicles 5 s later, the side road begins after 8 s")
        .isEqualTo(List.of("GgGrr", "GgGrr", "GgGrr", "GgGrr", "GgGrr", "yyyrr", "yyyrr", "yyyrr", "rrrGr", "rrrGr",
            "rrrGr", "rrrGr"));
  }

  private int[] wish(Lamp[] lamps, int[] redSeconds) {
    return lateEnds.wish(bits(3), lamps, redSeconds, new BitSet()).stream().toArray();
  }

  private static BitSet bits(int... groups) {
    var bits = new BitSet();
    Arrays.stream(groups).forEach(bits::set);
    return bits;
  }

  private static Lamp[] lamps(int... green) {
    var lamps = new Lamp[5];
    Arrays.fill(lamps, Lamp.RED);
    Arrays.stream(green).forEach(g -> lamps[g] = Lamp.GREEN);
    return lamps;
  }
}
