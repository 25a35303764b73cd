package de.citycloud.platform.hub.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conformance class "SensorThings API Sensing Core" (OGC 18-088, sections 8 and 9.2). */
class C01SensingCoreTest extends SensorThingsReading {
  @Test
  void theRootNamesAllSetsAndWhatItConformsTo() {
    var root = ask("").json();
    assertThat(root.path("value").size()).isEqualTo(8);
    assertThat(root.path("value").get(0).path("url").asString()).endsWith("/sta-read/sta/v1.1/Things");
    assertThat(root.path("serverSettings").path("conformance").toString()).contains("req/data-array/data-array");
  }

  @Test
  void anEntityHasItsPropertiesItsAddressAndItsLinks() {
    var thing = ask("/Things(1)").json();
    assertThat(thing.path("@iot.id").asInt()).isOne();
    assertThat(thing.path("@iot.selfLink").asString()).isEqualTo("http://localhost:%d/sta-read/sta/v1.1/Things(1)"
        .formatted(port));
    assertThat(thing.path("Datastreams@iot.navigationLink").asString()).endsWith("/Things(1)/Datastreams");
    assertThat(thing.path("properties").path("capacity").asInt()).isEqualTo(120);
    assertThat(ask("/Things(3)").json().has("properties")).as("absent is left out").isFalse();
  }

  @Test
  void everySetAnswersAndEveryLinkLeadsSomewhere() {
    for (var type : EntityType.values()) {
      var set = ask("/" + type.plural());
      assertThat(set.status()).as(type.plural()).isEqualTo(200);
      var first = set.json().path("value").get(0);
      var self = askUrl(first.path("@iot.selfLink").asString());
      assertThat(self.json()).as(type.plural()).isEqualTo(first);
      for (var link : type.links()) {
        assertThat(askUrl(first.path(link.name() + "@iot.navigationLink").asString()).status())
            .as(type.plural() + "/" + link.name()).isEqualTo(200);
        assertThat(ask("/" + type.plural() + "?$expand=" + link.name()).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void observationsSayTimesAndResultsAsTheyAre() {
    var values = ask("/Datastreams(12)/Observations").json().path("value");
    assertThat(values.get(0).path("phenomenonTime").asString()).isEqualTo("2026-06-01T10:00:00Z");
    assertThat(values.get(0).path("result").asString()).isEqualTo("open");
    assertThat(values.get(1).path("phenomenonTime").asString())
        .isEqualTo("2026-06-01T11:00:00Z/2026-06-01T12:00:00Z");
    assertThat(values.get(1).path("validTime").asString()).endsWith("13:00:00Z");
    assertThat(ask("/Observations('11-1780308000000000-0')").json().path("result").toString()).isEqualTo("10");
  }

  @Test
  void aDatastreamKnowsTheSpanOfItsObservations() {
    assertThat(ask("/Datastreams(11)").json().path("phenomenonTime").asString())
        .isEqualTo("2026-06-01T10:00:00Z/2026-06-01T10:15:00Z");
    assertThat(ask("/Datastreams(31)").json().has("phenomenonTime")).isFalse();
  }

  @Test
  void propertiesValuesAndReferencesHaveAddressesOfTheirOwn() {
    assertThat(ask("/Things(1)/name").text()).isEqualTo("{\"name\":\"Rathaushof\"}");
    assertThat(ask("/Things(1)/name/$value").text()).isEqualTo("Rathaushof");
    assertThat(ask("/Things(1)/properties/kind").text()).isEqualTo("{\"kind\":\"parking\"}");
    assertThat(ask("/Things(2)/properties/tags/1/$value").text()).isEqualTo("b");
    assertThat(ask("/Things(1)/properties/$value").text()).startsWith("{");
    assertThat(ask("/Things(3)/properties").status()).isEqualTo(204);
    assertThat(ask("/Datastreams(11)/Observations/$ref").json().path("value").get(0).toString())
        .contains("Observations(7467152965632000044)").doesNotContain("result");
    assertThat(ask("/Observations(7467152965632000044)/result").text()).isEqualTo("{\"result\":10}");
    assertThat(ask("/Datastreams(11)/Thing/Locations/$ref").json().path("value").size()).isOne();
  }

  @Test
  void theFeatureOfAnObservationIsItsOwnOrThatOfItsDatastream() {
    assertThat(
        names("/Datastreams(11)/Observations?$expand=FeatureOfInterest&$filter=FeatureOfInterest/name eq 'Ecke'"))
        .containsExactly("33");
    assertThat(ask("/Observations('11-1780308000000000-0')/FeatureOfInterest").json().path("name").asString())
        .isEqualTo("Hof");
    assertThat(names("/FeaturesOfInterest(2)/Observations")).containsExactly("33");
    assertThat(names("/FeaturesOfInterest(1)/Observations")).hasSize(5);
    assertThat(ask("/FeaturesOfInterest?$expand=Observations").json().path("value").get(0).path("Observations").size())
        .isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"/Things(99),404", "/Things('1'),404", "/Thingz,404", "/Things(99)/Datastreams,404",
      "/Things(2)/Datastreams(11),404", "/Things(1)/Datastreams(11)/Observations,200",
      "/Datastreams(21)/Thing/Datastreams,200",
      "/Observations(5),404", "/Observations('x'),404", "/Observations('1-999999999999999999-0'),404",
      "/Things(99999999999999999999),400", "/Datastreams(21)/FeatureOfInterest,404", "/Things(1)/Locations(2),404"})
  void aPathThatLeadsNowhereSaysSo(String path, int status) {
    var answer = ask(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    if (status >= 400) {
      assertThat(answer.json().path("code").asInt()).isEqualTo(status);
      assertThat(answer.json().path("type").asString()).isEqualTo("error");
    }
  }

  @Test
  void anUnknownMunicipalityIsNotFound() {
    assertThat(askEncoded("/nowhere/sta/v1.1/Things").status()).isEqualTo(404);
  }
}
