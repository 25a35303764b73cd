package de.citycloud.signals.control;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.junction.TestNetworks;
import de.citycloud.signals.predict.Sighting;
import de.citycloud.signals.predict.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PerCycleTest {
  private static final Intersection CROSSING = IntersectionImporter
      .importOne(TestNetworks.crossing(), "J", ImportSettings.of(3, 5)).orElseThrow();

  @Test
  void stagesComeInTheProgramsOrderAndEachHasItsMinimum() {
    var shown = drive(Map.of(), 400);
    var stages = changes(shown);

    assertThat(stages.subList(1, 7)).containsExactly("GgGrr", "rrrGr", "rrrrG", "GgGrr", "rrrGr", "rrrrG");
    assertThat(stages).containsOnly("first", "GgGrr", "rrrGr", "rrrrG");
  }

  @Test
  void theStreetWithAQueueGetsTheLargerPartOfTheCycle() {
    var south = drive(Map.of("south_0", 12), 900);
    var east = drive(Map.of("east_0", 12), 900);

    assertThat(share(south, "rrrGr")).as("share of the street from the south").isGreaterThan(0.35);
    assertThat(share(east, "GgGrr")).as("share of the street from the east").isGreaterThan(0.35);
    assertThat(share(south, "rrrGr")).isGreaterThan(2 * share(east, "rrrGr"));
  }

  @Test
  void nobodyWaitsLongerThanACycle() {
    var shown = drive(Map.of("east_0", 30, "south_0", 1), 1_200);
    int red = 0;
    int longest = 0;
    for (var letters : shown) {
      red = letters.charAt(4) == 'G' ? 0 : red + 1;
      longest = Math.max(longest, red);
    }
    assertThat(longest).as("people on foot, s").isLessThanOrEqualTo(110);
  }

  /** Standing queues that never shrink, and what is shown for them. */
  private static List<String> drive(Map<String, Integer> queues, int seconds) {
    var controller = new JunctionController(CROSSING, new Strategies(0).get("percycle"));
    var byLane = new HashMap<String, List<Sighting>>();
    queues.forEach((lane, vehicles) -> {
      var queue = new ArrayList<Sighting>();
      for (int i = 0; i < vehicles; i++) {
        queue.add(new Sighting(lane + i, 299 - 7.5 * i, 0, 5, 1));
      }
      byLane.put(lane, queue);
    });
    var shown = new ArrayList<String>();
    for (int second = 0; second < seconds; second++) {
      shown.add(controller.step(new Snapshot(second, byLane)));
    }
    assertThat(controller.failures()).as(controller.reason()).isZero();
    return shown;
  }

  private static List<String> changes(List<String> shown) {
    var changes = new ArrayList<>(List.of("first"));
    for (var letters : shown) {
      if (letters.contains("G") && !letters.contains("y") && !changes.getLast().equals(letters)) {
        changes.add(letters);
      }
    }
    return changes;
  }

  private static double share(List<String> shown, String letters) {
    return shown.stream().filter(letters::equals).count() / (double) shown.size();
  }
}
