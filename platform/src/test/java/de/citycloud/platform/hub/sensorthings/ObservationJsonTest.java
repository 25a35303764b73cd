package de.citycloud.platform.hub.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Result;
import de.citycloud.platform.problem.CityProblem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationJsonTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @Test
  void aNumberAtATimeOfADatastream() {
    assertThat(read("""
                    {"phenomenonTime": "2026-06-01T12:00:00Z", "result": 21.5, "Datastream": {"@iot.id": 412}}
                    """)).isEqualTo(NewObservation.of(412, NOON, 21.5));
  }

  @Test
  void thePathMayNameTheDatastreamAndMustNotContradict() {
    assertThat(ObservationJson.parseComplete(utf8("{\"result\": 1}"), 7).datastreamId()).isEqualTo(7);
    assertThatThrownBy(
        () -> ObservationJson.parseComplete(utf8("{\"result\": 1, \"Datastream\": {\"@iot.id\": 8}}"), 7))
        .isInstanceOf(CityProblem.class).hasMessageContaining("/Datastream").hasMessageContaining("7");
  }

  @ParameterizedTest
  @CsvSource({"2026-06-01T12:00:00Z", "2026-06-01T14:00:00+02:00", "2026-06-01T14:00:00+0200",
      "2026-06-01T14:00:00+02", "2026-06-01T12:00:00.000000Z", "2026-06-01t12:00:00z", "2026-06-01T12:00Z"})
  void anyOffsetIsRead(String time) {
    assertThat(read("{\"phenomenonTime\": \"" + time + "\", \"result\": 1}", 1).phenomenonTime()).isEqualTo(NOON);
  }

  @Test
  void anIntervalHasAnEndOrADuration() {
    var end = NOON.plus(Duration.ofMinutes(5));
    for (var time : new String[]{"2026-06-01T12:00:00Z/2026-06-01T12:05:00Z", "2026-06-01T12:00:00Z/PT5M"}) {
      var read = read("{\"phenomenonTime\": \"" + time + "\", \"result\": 1}", 1);
      assertThat(read.phenomenonTime()).isEqualTo(NOON);
      assertThat(read.phenomenonEnd()).isEqualTo(end);
    }
  }

  @Test
  void withoutPhenomenonTimeItIsNow() {
    assertThat(read("{\"result\": 1}", 1).phenomenonTime()).isBetween(Instant.now().minusSeconds(60),
        Instant.now().plusSeconds(1));
  }

  @Test
  void resultTimeIsWhatTheClientSaidAndNothingElse() {
    assertThat(read("""
                    {"phenomenonTime": "2026-06-01T12:00:00Z", "resultTime": "2026-06-01T12:00:00Z", "result": 1}
                    """, 1).resultTime()).isEqualTo(NOON);
    assertThat(read("{\"phenomenonTime\": \"2026-06-01T12:00:00Z\", \"resultTime\": null, \"result\": 1}", 1)
        .resultTime()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "21.5", "0.1", "1e3", "9007199254740992", "123456789012.345", "1e-300",
      "100000000000000000000", "4.35", "1.7976931348623157e308"})
  void aNumberThatADoubleHoldsIsNumeric(String number) {
    assertThat(result(number)).isEqualTo(Result.of(Double.parseDouble(number)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9007199254740993", "123456789012345678901234567890", "0.12345678901234567890123", "1e309"})
  void aNumberThatADoubleCannotHoldStaysTheJsonItWas(String number) {
    assertThat(result(number)).isInstanceOfSatisfying(Result.Json.class,
        json -> assertThat(json.value().decimalValue()).isEqualByComparingTo(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"offen\"", "true", "null", "{\"a\":[1,2.5]}", "[1,\"b\"]", "\"NaN\""})
  void everythingElseStaysTheJsonItWas(String result) {
    assertThat(result(result)).isInstanceOfSatisfying(Result.Json.class,
        json -> assertThat(json.value().toString()).isEqualTo(result));
  }

  @Test
  void extrasAreKept() {
    var read = read("""
                    {"result": 1, "validTime": "2026-06-01T14:00:00+02:00/2026-06-01T15:00:00+02:00",
                     "resultQuality": "checked", "parameters": {"height": 2.5}, "FeatureOfInterest": {"@iot.id": 9},
                     "@iot.selfLink": "http://elsewhere", "Datastream@iot.navigationLink": "x"}
                    """, 1);
    assertThat(read.featureId()).isEqualTo(9);
    assertThat(read.extras()).hasToString(
        "{\"validTime\":\"2026-06-01T12:00:00Z/2026-06-01T13:00:00Z\",\"resultQuality\":\"checked\",\"parameters\":{\"height\":2.5}}");
  }

  @Test
  void aDatastreamOrFeatureBroughtAlongWaits() {
    var received = ObservationJson.parse(utf8("{\"result\": 1, \"Datastream\": {\"name\": \"a\"}, "
        + "\"FeatureOfInterest\": {\"name\": \"b\"}}"), null);
    assertThat(received.isComplete()).isFalse();
    assertThat(received.datastream()).hasToString("{\"name\":\"a\"}");
    assertThat(received.feature()).hasToString("{\"name\":\"b\"}");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                {}                                                  | /result is missing
                                                                []                                                  | no JSON object
                                                                {"result":                                          | cannot be read
                                                                {"result": NaN}                                     | cannot be read
                                                                {"result": Infinity}                                | cannot be read
                                                                {"result": 1} x                                     | cannot be read
                                                                {"result": 1} {}                                    | follows the end
                                                                {"result": 1, "phenomenonTime": "yesterday"}        | /phenomenonTime is "yesterday", expected a time
                                                                {"result": 1, "phenomenonTime": "2026-06-01T12:00"} | offset from UTC
                                                                {"result": 1, "phenomenonTime": 5}                  | /phenomenonTime is 5, expected a time
                                                                {"result": 1, "phenomenonTime": "2026-06-01T12:00:00Z/2026-06-01T11:00:00Z"} | ends after its start
                                                                {"result": 1, "phenomenonTime": "2026-06-01T12:00:00Z/P"} | expected a duration
                                                                {"result": 1, "phenomenonTime": "+19999-06-01T12:00:00Z"} | expected a
                                                                {"result": 1, "Datastream": 5}                      | /Datastream is 5
                                                                {"result": 1, "Datastream": {"@iot.id": -5}}        | /Datastream/@iot.id is -5, expected a whole number
                                                                {"result": 1, "Datastream": {"@iot.id": "a"}}       | /Datastream/@iot.id is "a"
                                                                {"result": 1, "parameters": [1]}                    | /parameters is
                                                                {"result": 1, "reslut": 2}                          | /reslut is no property of an Observation
                                                                {"result": 1e99999}                                 | /result has the exponent 100000
                                                                {"result": {"a": [1, 1e99999]}}                     | /result/a/1 has the exponent
                                                                {"result": "a\\u0000b"}                             | /result holds the character U+0000
                                                                {"result": {"x": "\\ud800"}}                        | /result/x holds half a character
                                                                """)
  void wrongInputIsNamedWithItsPlace(String json, String message) {
    assertThatThrownBy(() -> ObservationJson.parse(utf8(json), 1)).isInstanceOfSatisfying(CityProblem.class,
        problem -> assertThat(problem.status().value()).isEqualTo(400)).hasMessageContaining(message);
  }

  @Test
  void hostileSizesAreRefused() {
    refused("{\"result\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}");
    refused("{\"result\": \"" + "x".repeat(1_100_000) + "\"}");
    refused("{\"result\": " + "9".repeat(10_000) + "}");
    refused("{\"" + "n".repeat(10_000) + "\": 1}");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    assertThatThrownBy(
        () -> ObservationJson.parse("{\"result\": \"K\u00f6ln\"}".getBytes(StandardCharsets.ISO_8859_1), 1))
        .isInstanceOf(CityProblem.class);
  }

  @Test
  void mutilatedInputIsEitherReadOrRefusedButNeverFails() {
    var good = utf8("""
                    {"phenomenonTime": "2026-06-01T12:00:00Z/PT5M", "result": [1.5e3, {"a": "\\u00e4\\ud83d\\ude00"}],
                     "validTime": "2026-06-01T12:00:00Z", "parameters": {"a": null}, "Datastream": {"@iot.id": 412}}
                    """);
    for (long seed = 0; seed < 20_000; seed++) {
      var random = new Random(seed);
      var bytes = good.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        ObservationJson.parse(bytes, null);
      } catch (CityProblem expected) {
        assertThat(expected.status().value()).isEqualTo(400);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + new String(bytes, StandardCharsets.ISO_8859_1), e);
      }
    }
  }

  private static void refused(String json) {
    assertThatThrownBy(() -> ObservationJson.parse(utf8(json), 1)).isInstanceOf(CityProblem.class)
        .hasMessageContaining("too large");
  }

  private static Result result(String json) {
    return read("{\"result\": " + json + "}", 1).result();
  }

  private static NewObservation read(String json) {
    return read(json, null);
  }

  private static NewObservation read(String json, @Nullable Integer datastreamId) {
    return ObservationJson.parseComplete(utf8(json), datastreamId);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
