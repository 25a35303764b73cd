package de.citycloud.signals.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import de.citycloud.signals.event.EventDemand.Slice;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {
  private static final Set<String> EDGES = Set.of("north", "south", "yard", "ramp");
  private static final String COMING = """
                                       {"name": "Match", "mode": "arrive", "venueEdges": ["yard", "ramp"],
                                        "eventStart": 7200, "eventEnd": null, "expectedCars": 600,
                                        "gateShare": {"north": 0.7, "south": 0.3}}
                                       """;

  @Test
  void visitorsComeThroughTheGatesBeforeTheStart() {
    var demand = read(COMING);

    assertThat(demand.slices()).extracting(Slice::edgeId).containsOnly("north", "south");
    assertThat(sum(demand)).as("all vehicles").isCloseTo(600, within(0.1));
    assertThat(demand.slices().stream().filter(s -> s.edgeId().equals("north")).mapToDouble(Slice::vehicles).sum())
        .isCloseTo(420, within(0.1));
    assertThat(demand.vehiclesAt(7200 - 1800)).isGreaterThan(demand.vehiclesAt(7200 - 3600));
    assertThat(demand.vehiclesAt(7200 - 3601)).isZero();
    assertThat(demand.slices()).allSatisfy(s -> assertThat(s.deviation()).isGreaterThan(s.vehicles() * 0.25));
  }

  @Test
  void visitorsGoFromTheVenueAfterTheEnd() {
    var demand = read(COMING.replace("arrive", "depart").replace("\"eventEnd\": null", "\"eventEnd\": 9000"));

    assertThat(demand.slices()).extracting(Slice::edgeId).containsOnly("yard", "ramp");
    assertThat(demand.vehiclesAt(8999)).isZero();
    assertThat(demand.vehiclesAt(9300)).isGreaterThan(demand.vehiclesAt(11_000));
    assertThat(sum(demand)).isCloseTo(600, within(0.1));
  }

  @Test
  void withoutANumberOfCarsTheVisitorsCountWithMoreDoubt() {
    var demand = read(COMING.replace("\"expectedCars\": 600",
        "\"expectedVisitors\": 1000, \"carShare\": 0.5, \"personsPerCar\": 2"));

    assertThat(demand.vehicles()).isEqualTo(250);
    assertThat(demand.deviationShare()).isGreaterThan(read(COMING).deviationShare());
  }

  @Test
  void anEntryWithNothingButNameAndModeIsAnEventOfUnknownSize() {
    var demand = read("{\"name\": \"Fair\", \"mode\": \"depart\"}");

    assertThat(demand.vehicles()).isZero();
    assertThat(demand.slices()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                                                                "expectedCars": 600      | "expectedCars": -5         | expectedCars is -5.0, expected a number from 0 to 100000
                                                                "expectedCars": 600      | "expectedCars": 1e9        | expectedCars is 1.0E9, expected
                                                                "expectedCars": 600      | "expectedCars": 1e999      | expectedCars is Infinity, expected
                                                                "expectedCars": 600      | "expectedCars": "many"     | expectedCars is many, expected a number
                                                                "expectedCars": 600      | "expectedVisitors": 9e6    | expectedVisitors is 9000000.0, expected
                                                                "expectedCars": 600      | "carShare": 1.5            | carShare is 1.5, expected a number from 0 to 1
                                                                "expectedCars": 600      | "personsPerCar": 0         | personsPerCar is 0.0, expected a number from 1 to 60
                                                                "eventStart": 7200       | "eventStart": -1           | eventStart is -1.0, expected
                                                                "north": 0.7             | "north": -0.7              | gateShare of north is -0.7, expected a number from 0 to 1
                                                                "north": 0.7             | "north": 0.9               | shares that sum up to 1.2, expected at most 1
                                                                "north": 0.7             | "nowhere": 0.7             | gateShare is the road section nowhere, expected one of the 4
                                                                ["yard", "ramp"]         | ["yard", "nowhere"]        | venueEdges is the road section nowhere
                                                                ["yard", "ramp"]         | "yard"                     | venueEdges is yard, expected a list
                                                                "arrive"                 | "both"                     | mode is both, expected arrive or depart
                                                                "Match"                  | ""                         | name is , expected a text
                                                                "Match",                 | "Match"                    | at character 18, expected
                                                                """)
  void whatCannotBeMeantIsRefusedWithFieldValueAndExpectation(String good, String bad, String reason) {
    assertThat(COMING).contains(good);
    assertThatThrownBy(() -> read(COMING.replace(good, bad))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The event match.json").hasMessageContaining(reason);
  }

  private static EventDemand read(String json) {
    return EventReader.read(json, "match.json", EDGES);
  }

  private static double sum(EventDemand demand) {
    return demand.slices().stream().mapToDouble(Slice::vehicles).sum();
  }
}
