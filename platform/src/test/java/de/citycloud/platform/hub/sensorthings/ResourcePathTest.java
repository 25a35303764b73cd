package de.citycloud.platform.hub.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.hub.sensorthings.ResourcePath.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourcePathTest {
  @Test
  void leadsThroughSetsAndLinksToAValue() {
    var path = ResourcePath.parse("/Things(1)/Datastreams(2)/Observations('2-17-0')/result/$value");
    assertThat(path.steps()).extracting(step -> step.type()).containsExactly(EntityType.THING, EntityType.DATASTREAM,
        EntityType.OBSERVATION);
    assertThat(path.last().id()).isEqualTo(new EntityId.Text("2-17-0"));
    assertThat(path.property()).containsExactly("result");
    assertThat(path.form()).isEqualTo(Form.VALUE);
    assertThat(path.isSet()).isFalse();
  }

  @Test
  void knowsSetsFromSingleEntities() {
    assertThat(ResourcePath.parse("").isRoot()).isTrue();
    assertThat(ResourcePath.parse("Things").isSet()).isTrue();
    assertThat(ResourcePath.parse("Things(1)/Locations").isSet()).isTrue();
    assertThat(ResourcePath.parse("Datastreams(1)/Thing").isSet()).isFalse();
    assertThat(ResourcePath.parse("Datastreams(1)/Observations/$ref").form()).isEqualTo(Form.REFERENCE);
    assertThat(ResourcePath.parse("Things(1)/properties/kind").property()).containsExactly("properties", "kind");
    assertThat(ResourcePath.parse("Observations('it''s / one')").last().id())
        .isEqualTo(new EntityId.Text("it's / one"));
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '"', value = {"Thingz,404", "Things/Datastreams,404", "Things(1)/colour,404",
      "Things(1),200", "Things(abc),400", "Things(1,400", "Datastreams(1)/Thing(1),400", "Things('a,400",
      "Things(1)/name/$value/x,400", "Things(1)/Datastreams(1)/Things,404", "$value,404", "Things(),400"})
  void saysWhatIsWrong(String path, int status) {
    if (status == 200) {
      assertThat(ResourcePath.parse(path).isSet()).isFalse();
      return;
    }
    assertThatThrownBy(() -> ResourcePath.parse(path)).isInstanceOfSatisfying(SensorThingsProblem.class,
        problem -> assertThat(problem.status().value()).isEqualTo(status));
  }

  @Test
  void endsSomewhere() {
    assertThatThrownBy(() -> ResourcePath.parse("Things(1)/Datastreams(1)/Thing/".repeat(10)))
        .hasMessageContaining("at most 20");
  }

  @Test
  void everyLinkHasAWayBack() {
    for (var type : EntityType.values()) {
      for (var link : type.links()) {
        assertThat(link.target().links()).as("%s/%s", type, link.name()).anyMatch(back -> back.target() == type);
      }
    }
  }
}
