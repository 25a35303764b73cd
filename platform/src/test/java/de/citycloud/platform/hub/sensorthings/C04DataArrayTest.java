package de.citycloud.platform.hub.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Conformance class "SensorThings API Data Array Extension" (OGC 18-088, section 12): reading. */
class C04DataArrayTest extends SensorThingsReading {
  @Test
  void observationsComeAsRowsOneBlockForEachDatastream() {
    var value = ask("/Observations?$resultFormat=dataArray&$count=true&$filter=result gt 0 and result lt 100").json();
    assertThat(value.path("@iot.count").asInt()).isEqualTo(5);
    var block = value.path("value").get(0);
    assertThat(block.path("Datastream@iot.navigationLink").asString()).endsWith("/Datastreams(11)");
    assertThat(block.path("components").toString()).startsWith("[\"id\",\"phenomenonTime\",\"result\",\"resultTime\"");
    assertThat(block.path("dataArray@iot.count").asInt()).isEqualTo(3);
    assertThat(block.path("dataArray").get(0).toString())
        .startsWith("[\"7467152965632000044\",\"2026-06-01T10:00:00Z\",10,null");
    assertThat(value.path("value").size()).isEqualTo(2);
  }

  @Test
  void onlyTheNamedComponentsComeInTheNamedOrder() {
    var block = ask("/Datastreams(11)/Observations?resultFormat=dataArray&$select=result,phenomenonTime&$top=2").json();
    assertThat(block.path("value").get(0).path("dataArray").toString())
        .isEqualTo("[[10,\"2026-06-01T10:00:00Z\"],[21.5,\"2026-06-01T10:05:00Z\"]]");
    assertThat(block.path("@iot.nextLink").asString()).contains("resultFormat=dataArray").contains("$skip=2");
  }
}
