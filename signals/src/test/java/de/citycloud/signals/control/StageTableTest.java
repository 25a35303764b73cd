package de.citycloud.signals.control;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.signals.junction.ImportSettings;
import de.citycloud.signals.junction.Intersection;
import de.citycloud.signals.junction.IntersectionImporter;
import de.citycloud.signals.junction.TestNetworks;
import de.citycloud.signals.safety.Lamp;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Stage 0: main road and people on foot over the southern arm, 1: the main road alone, 2: the side road from the south.
 * People need 8 s, vehicles 3 s.
 */
class StageTableTest {
  private static final Intersection CROSSING = IntersectionImporter
      .importOne(TestNetworks.parse(TestNetworks.CROSSING
          .replace("state=\"GgGrr\"/>", "state=\"GgGrG\"/><phase duration=\"5\" state=\"GgGrr\"/>")
          .replace("<phase duration=\"10\" state=\"rrrrG\"/>", "")), "J", ImportSettings.of(3, 5))
      .orElseThrow();

  private final StageTable table = new StageTable(CROSSING);

  @Test
  void aStageLaterOnWaitsForPeopleWhoseGreenEndedBeforeTheStageInBetween() {
    assertThat(table.transition[0][2]).as("with people on foot").isEqualTo(8);
    assertThat(table.transition[1][2]).as("vehicles alone").isEqualTo(3);
    assertThat(table.clearing[0][1][2]).as("from the end of stage 0 to the side road, over stage 1").isEqualTo(8);
    assertThat(table.tail[0][2]).as("vehicles of stage 0 may go on until then").isEqualTo(3);
  }

  @Test
  void whatHasEndedAlreadyIsReckonedFromItsEnd() {
    var lamps = new Lamp[]{Lamp.GREEN, Lamp.GREEN, Lamp.GREEN, Lamp.RED, Lamp.RED};
    assertThat(table.readySeconds(CROSSING, lamps, new int[]{0, 0, 0, 60, 2})[2]).isEqualTo(6);
    Arrays.fill(lamps, Lamp.RED);
    assertThat(table.readySeconds(CROSSING, lamps, new int[]{1, 1, 1, 60, 60})[2]).isEqualTo(2);
    assertThat(table.readySeconds(CROSSING, lamps, new int[]{60, 60, 60, 60, 60})).containsOnly(0);
  }
}
