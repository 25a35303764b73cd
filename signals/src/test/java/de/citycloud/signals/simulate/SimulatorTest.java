package de.citycloud.signals.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.citycloud.signals.junction.TestNetworks;
import de.citycloud.signals.network.RoadNetwork;
import de.citycloud.signals.predict.Sighting;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From one car on an empty street to queues that spill back. Letters of the crossing are those of TestNetworks. */
class SimulatorTest {
  private final Simulator crossing = new Simulator(TestNetworks.crossing(), 0, 1, -1);

  @Test
  void aCarThatNobodyHindersLosesLittleMoreThanItsStart() {
    crossing.add(Trip.ofCar("a", 0, List.of("east", "toWest")));

    drive(crossing, "GgGrr", 70);

    var outcome = crossing.outcome();
    assertThat(outcome.arrived()).isEqualTo(1);
    assertThat(outcome.meanDelay()).as("600 m at 50 km/h, from standing").isBetween(2.0, 8.0);
  }

  @Test
  void redHoldsAQueueAndGreenLetsACarPassEveryTwoSeconds() {
    for (int i = 0; i < 20; i++) {
      crossing.add(Trip.ofCar("a" + i, i * 2, List.of("east", "toWest")));
    }
    drive(crossing, "rrrGr", 90);
    assertThat(seen(crossing).getOrDefault("east_0", List.of())).hasSize(20)
        .filteredOn(car -> car.speedMetresPerSecond() < 0.5)
        .hasSizeGreaterThan(15);

    drive(crossing, "GgGrr", 20);

    assertThat(20 - seen(crossing).getOrDefault("east_0", List.of()).size()).as("left in 20 s of green").isBetween(8,
        12);
  }

  @Test
  void aPermissiveLeftWaitsForWhoComesAgainstIt() {
    for (int i = 0; i < 30; i++) {
      crossing.add(new Trip("oncoming" + i, i * 2, List.of("east", "toWest"), false, true, 12, Trip.Kind.CAR));
    }
    crossing.add(Trip.ofCar("left", 15, List.of("far", "west", "toNorth")));
    var alone = new Simulator(TestNetworks.crossing(), 0, 1, -1);
    alone.add(Trip.ofCar("left", 0, List.of("far", "west", "toNorth")));

    drive(crossing, "GgGrr", 150);
    drive(alone, "GgGrr", 150);

    double freely = alone.outcome().delays().getOrDefault("left", -1.0);
    assertThat(freely).isBetween(0.0, 12.0);
    assertThat(crossing.outcome().delays().getOrDefault("left", -1.0)).isGreaterThan(freely + 15);
    assertThat(crossing.outcome().delays().getOrDefault("oncoming9", -1.0)).as("has priority").isLessThan(12);
  }

  @Test
  void aFullRoadSectionHoldsCarsBackBeforeTheJunctionUpstream() {
    var corridor = new Simulator(corridor(), 0, 1, -1);
    corridor.show("A", "Gr");
    corridor.show("B", "r");
    for (int i = 0; i < 12; i++) {
      corridor.add(Trip.ofCar("a" + i, i * 2, List.of("in", "mid", "out")));
    }
    corridor.add(Trip.ofCar("cross", 90, List.of("side", "away")));

    for (int t = 0; t < 90; t++) {
      corridor.step();
    }
    assertThat(seen(corridor).getOrDefault("mid_0", List.of())).as("30 m hold four cars").hasSize(4);
    assertThat(seen(corridor).getOrDefault("in_0", List.of()))
        .as("the others wait upstream, but for one that could not know")
        .hasSizeBetween(7, 8);

    corridor.show("A", "rG");
    for (int t = 0; t < 40; t++) {
      corridor.step();
    }
    assertThat(corridor.outcome().arrived()).as("cross traffic still gets through").isEqualTo(1);
  }

  @Test
  void theSameSeedBringsTheSameAndCarsNeverOverlap() {
    var delays = new HashMap<Long, Double>();
    for (long seed : new long[]{7, 7, 8}) {
      var simulator = new Simulator(TestNetworks.crossing(), 0, seed, -1);
      for (int i = 0; i < 120; i++) {
        simulator.add(Trip.ofCar("w" + i, i * 3, List.of("far", "west", i % 3 == 0 ? "toNorth" : "toEast")));
        simulator.add(Trip.ofCar("s" + i, i * 4, List.of("south", "toNorth")));
        simulator.add(Trip.ofCar("e" + i, i * 5, List.of("east", "toWest")));
      }
      for (int t = 0; t < 600; t++) {
        simulator.step();
        seen(simulator).forEach(SimulatorTest::assertApart);
      }
      double delay = simulator.outcome().meanDelay();
      assertThat(delays.getOrDefault(seed, delay)).as("seed %d", seed).isCloseTo(delay, within(0.0));
      delays.put(seed, delay);
    }
    assertThat(delays.get(7L)).as("another seed, other drivers").isNotEqualTo(delays.get(8L));
  }

  @Test
  void aTripWithoutAWayIsRefused() {
    assertThat(crossing.add(Trip.ofCar("a", 0, List.of("toEast", "south")))).isFalse();
    assertThat(crossing.add(Trip.ofCar("a", 0, List.of("nowhere")))).isFalse();
  }

  private static void assertApart(String lane, List<Sighting> cars) {
    var sorted = cars.stream().sorted(Comparator.comparingDouble(Sighting::positionMetres)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      assertThat(sorted.get(i).positionMetres() - sorted.get(i - 1).positionMetres())
          .as("%s behind %s on %s", sorted.get(i - 1).id(), sorted.get(i).id(), lane).isGreaterThan(5);
    }
  }

  private static void drive(Simulator simulator, String letters, int seconds) {
    simulator.show("J", letters);
    for (int t = 0; t < seconds; t++) {
      simulator.step();
    }
  }

  private static Map<String, List<Sighting>> seen(Simulator simulator) {
    var sight = new HashMap<String, Double>();
    simulator.laneIds().forEach(lane -> sight.put(lane, 0.0));
    return simulator.snapshot(sight).byLane();
  }

  /** in → A → mid (30 m) → B → out; at A a side street crosses. */
  private static RoadNetwork corridor() {
    var net = """
              <net version="1.15">
                <edge id=":A_0" function="internal"><lane id=":A_0_0" index="0" speed="13.9" length="15"/></edge>
                <edge id=":A_1" function="internal"><lane id=":A_1_0" index="0" speed="13.9" length="15"/></edge>
                <edge id=":B_0" function="internal"><lane id=":B_0_0" index="0" speed="13.9" length="10"/></edge>
                <edge id="in" from="X" to="A"><lane id="in_0" index="0" speed="13.9" length="200"/></edge>
                <edge id="side" from="Y" to="A"><lane id="side_0" index="0" speed="13.9" length="100"/></edge>
                <edge id="away" from="A" to="Z"><lane id="away_0" index="0" speed="13.9" length="100"/></edge>
                <edge id="mid" from="A" to="B"><lane id="mid_0" index="0" speed="13.9" length="30"/></edge>
                <edge id="out" from="B" to="W"><lane id="out_0" index="0" speed="13.9" length="200"/></edge>
                <tlLogic id="A" type="static" programID="0" offset="0">
                  <phase duration="30" state="Gr"/><phase duration="3" state="yr"/>
                  <phase duration="30" state="rG"/><phase duration="3" state="ry"/>
                </tlLogic>
                <tlLogic id="B" type="static" programID="0" offset="0"><phase duration="30" state="G"/></tlLogic>
                <junction id="A" type="traffic_light" incLanes="in_0 side_0" intLanes=":A_0_0 :A_1_0">
                  <request index="0" response="00" foes="10" cont="0"/>
                  <request index="1" response="01" foes="01" cont="0"/>
                </junction>
                <connection from="in" to="mid" fromLane="0" toLane="0" via=":A_0_0" tl="A" linkIndex="0" dir="s" state="o"/>
                <connection from="side" to="away" fromLane="0" toLane="0" via=":A_1_0" tl="A" linkIndex="1" dir="s" state="o"/>
                <connection from="mid" to="out" fromLane="0" toLane="0" via=":B_0_0" tl="B" linkIndex="0" dir="s" state="o"/>
              </net>
              """;
    return TestNetworks.parse(net);
  }
}
