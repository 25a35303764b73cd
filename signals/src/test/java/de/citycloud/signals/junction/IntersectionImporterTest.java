package de.citycloud.signals.junction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.signals.safety.Lamp;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IntersectionImporterTest {
  private static final Intersection CROSSING = crossing(ImportSettings.of(3, 5));

  @Test
  void streamsThatMeetConflictUnlessTheProgramLetsOneOfThemYield() {
    assertThat(CROSSING.conflict(0, 3)).as("west to east, and south to north").isTrue();
    assertThat(CROSSING.conflict(0, 2)).as("opposite directions do not meet").isFalse();
    assertThat(CROSSING.conflict(1, 2)).as("the program has the left turn beside the oncoming stream").isFalse();
    assertThat(CROSSING.gives().get(1).get(2)).as("so it yields").isTrue();
    assertThat(CROSSING.gives().get(2).get(1)).as("and the oncoming stream does not").isFalse();
  }

  @Test
  void peopleOnFootHaveAGroupWithTimeToClear() {
    assertThat(CROSSING.pedestrian().get(4)).isTrue();
    assertThat(CROSSING.conflict(3, 4)).isTrue();
    assertThat(CROSSING.rules().intergreenSeconds()[4][3]).as("9 m at 1.2 m/s, in whole seconds").isEqualTo(8);
    assertThat(CROSSING.rules().yellowSeconds()[4]).isZero();
  }

  @Test
  void theStagesAreThoseOfTheProgramAndOnRequestTheOtherLargestOnesWithoutConflict() {
    assertThat(names(CROSSING)).containsExactly("K0+K1+K2", "K3", "K4");
    assertThat(names(crossing(ImportSettings.of(3, 5).withDerivedStages(5)))).containsExactly("K0+K1+K2", "K3", "K4",
        "K0+K1+K2+K4");
    assertThat(CROSSING.programStages()).containsExactly(0, -1, 1, -1, 2, -1);
  }

  @Test
  void aYieldingGreenIsASmallLetterUntilTheOthersAreRed() {
    assertThat(CROSSING.letters(lamps("GGGRR"))).isEqualTo("GgGrr");
    assertThat(CROSSING.letters(lamps("GGYRR"))).isEqualTo("Ggyrr");
    assertThat(CROSSING.letters(lamps("GGRRR"))).isEqualTo("GGrrr");
  }

  @Test
  void theLookBackGoesOnBehindStubsAndNodesWithoutASignal() {
    var far = CROSSING.upstream().stream().filter(u -> u.lane().id().equals("far_0")).findFirst().orElseThrow();

    assertThat(far.metresToStopLine()).isEqualTo(6);
    assertThat(far.prior()).containsExactly(0.5, 0.5, 0, 0);
    assertThat(CROSSING.upstream().subList(0, 4)).extracting(UpstreamLane::stopLane).containsExactly(0, 1, 2, 3);
  }

  @Test
  void shortLanesWhereVehiclesTurnRoundAtBothEndsAreSections() {
    var intersection = IntersectionImporter.importOne(TestNetworks.turningBehind(), "J", ImportSettings.of(3, 5))
        .orElseThrow();

    assertThat(intersection.sections()).singleElement().satisfies(section -> {
      assertThat(section.lane().id()).isEqualTo("pq_0");
      assertThat(section.groups().stream().toArray()).as("both streams into the exit").containsExactly(0, 1);
      assertThat(section.back().id()).isEqualTo("qp_0");
    });
    assertThat(CROSSING.sections()).as("nobody turns round there").isEmpty();
  }

  @Test
  void anUnknownLightIsRefusedByName() {
    assertThatThrownBy(() -> IntersectionImporter.importOne(TestNetworks.crossing(), "X", ImportSettings.of(3, 5)))
        .hasMessageContaining("\"X\"").hasMessageContaining("[J]");
    assertThatThrownBy(() -> ImportSettings.of(0, 5)).hasMessage("The yellow is 0 s, expected 1 to 10 s.");
  }

  private static Intersection crossing(ImportSettings settings) {
    return IntersectionImporter.importOne(TestNetworks.crossing(), "J", settings).orElseThrow();
  }

  private static java.util.List<String> names(Intersection intersection) {
    return intersection.stages().stream().map(Stage::name).collect(Collectors.toList());
  }

  private static Lamp[] lamps(String letters) {
    return Arrays.stream(letters.split("")).map(l -> switch (l) {
      case "G" -> Lamp.GREEN;
      case "Y" -> Lamp.YELLOW;
      default -> Lamp.RED;
    }).toArray(Lamp[]::new);
  }
}
