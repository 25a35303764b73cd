package de.citycloud.platform.hub.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conformance class data-array: CreateObservations. */
class C05CreateObservationsTest extends SensorThingsWriting {
  @Override
  String slug() {
    return "c05-create";
  }

  @Test
  void manyRowsOfManyDatastreamsAreRecordedInOrder() {
    int a = newDatastream();
    int b = newDatastream();
    var rows = IntStream.range(0, 500).mapToObj("[\"2026-06-01T00:00:00.%1$03dZ\", %1$d]"::formatted)
        .collect(Collectors.joining(","));
    var answer = post("CreateObservations", "[%s, %s]".formatted(part(a, rows), part(b, rows)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.json().size()).isEqualTo(1_000);
    assertThat(answer.json().get(0).asString()).startsWith(base() + "Observations(");
    assertThat(count("observation where datastream_id in (?, ?)", a, b)).isEqualTo(1_000);
    var last = answer.json().get(999).asString();
    assertThat(get(last.substring(base().length())).json().path("result").asInt()).isEqualTo(499);
  }

  @Test
  void aRowWithAMistakeDoesNotKeepTheOthersOut() {
    int datastream = newDatastream();
    var answer = post("CreateObservations",
        "[%s, %s]".formatted(
            part(datastream,
                """
                ["2026-06-01T00:00:00Z", 1], ["gestern", 2], ["2026-06-01T00:02:00Z"], ["2026-06-01T00:03:00Z", 4, 5, [6]], 7,
                ["2026-06-01T00:05:00Z", {"a": [1]}]
                """),
            part(999_999, "[\"2026-06-01T00:00:00Z\", 1]")))
        .json();
    assertThat(answer.get(0).asString()).startsWith("http");
    assertThat(answer.get(1).asString()).startsWith("error: ").contains("\"gestern\"");
    assertThat(answer.get(2).asString()).startsWith("error: ").contains("too short");
    assertThat(answer.get(3).asString()).startsWith("error: ").contains("too long");
    assertThat(answer.get(4).asString()).startsWith("error: ");
    assertThat(answer.get(5).asString()).startsWith("http");
    assertThat(answer.get(6).asString()).startsWith("error: ").contains("999999");
    assertThat(count("observation where datastream_id = ?", datastream)).isEqualTo(2);
  }

  @Test
  void theArrayMayComeBeforeItsColumns() {
    int datastream = newDatastream();
    var answer = post("CreateObservations",
        """
        [{"dataArray@iot.count": 1, "dataArray": [[5]], "components": ["result"], "Datastream": {"@iot.id": %d}}]
        """.formatted(datastream));
    assertThat(answer.json().get(0).asString()).startsWith("http");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                {}                                                    | 400 | no list
                                                                [5]                                                   | 400 | expected an object
                                                                [{}]                                                  | 400 | lacks Datastream
                                                                [{"Datastream": {"@iot.id": 1}, "dataArray": []}]     | 400 | lacks components
                                                                [{"Datastream": {"@iot.id": 1}, "components": ["result", "x"], "dataArray": []}] | 400 | /0/components holds "x"
                                                                [{"Datastream": {"@iot.id": 1}, "components": ["phenomenonTime"], "dataArray": []}] | 400 | lacks result
                                                                [{"Datastream": {"@iot.id": 1}, "components": ["result"], "dataArray": 5}] | 400 | /0/dataArray is 5
                                                                [{"Datastream": {"@iot.id": 1}, "components": ["result"], "dataArray": [[1], | 400 | cannot be read
                                                                """)
  void wrongInputIsNamedWithItsPlace(String body, int status, String message) {
    var answer = post("CreateObservations", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.message()).contains(message);
  }

  @Test
  void anOldIdKeepsLeadingToAnObservationThatMoved() {
    int datastream = newDatastream();
    var id = post("Datastreams(" + datastream + ")/Observations", observation("2026-06-01T00:00:00Z", "1")).id();
    patch("Observations(" + id + ")", "{\"phenomenonTime\": \"2026-06-01T02:00:00Z\"}");
    assertThat(get("Observations(" + id + ")").json().path("phenomenonTime").asString())
        .isEqualTo("2026-06-01T02:00:00Z");
    assertThat(get("Observations(" + id + ")/Datastream").json().path("@iot.id").asInt()).isEqualTo(datastream);
  }

  private static String part(int datastream, String rows) {
    return """
           {"Datastream": {"@iot.id": %d}, "components": ["phenomenonTime", "result"], "dataArray": [%s]}
           """.formatted(datastream, rows);
  }
}
