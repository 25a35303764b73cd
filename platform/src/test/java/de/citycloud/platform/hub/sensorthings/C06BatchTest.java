package de.citycloud.platform.hub.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Many requests in one: $batch as JSON; {@link C06MultipartBatchTest} sends them the other way. */
class C06BatchTest extends SensorThingsWriting {
  @Override
  String slug() {
    return "c06-batch";
  }

  @Test
  void aRequestBuildsOnWhatOneBeforeItCreated() {
    var answers = batch(request("thing", "post", "Things", THING),
        request("place", "post", "$thing/Locations", LOCATION),
        request("stream", "post", "Datastreams",
            datastream("\"Thing\": {\"@iot.id\": \"$thing\"}, \"Sensor\": " + SENSOR + ", \"ObservedProperty\": "
                + OBSERVED_PROPERTY)),
        request("value", "post", "$stream/Observations", observation("2026-06-01T00:00:00Z", "5")),
        request("read", "get", "$thing?$expand=Datastreams($select=name)&$select=name", ""),
        request("name", "get", "$thing/name/$value", ""), request("change", "patch", "$thing", "{\"name\": \"Neu\"}"),
        request("filter", "get", "Things?$filter=name eq 'Neu'&$count=true", ""),
        request("gone", "delete", "$thing", ""));
    for (var i = 0; i < 4; i++) {
      assertThat(answers.get(i).path("status").asInt()).as(answers.toString()).isEqualTo(201);
      assertThat(answers.get(i).path("location").asString()).startsWith(base());
    }
    assertThat(answers.get(2).path("body").path("name").asString()).isEqualTo("frei");
    assertThat(answers.get(4).path("body").path("Datastreams").get(0).path("name").asString()).isEqualTo("frei");
    assertThat(answers.get(5).path("body").asString()).isEqualTo("Parkhaus Rathaus");
    assertThat(answers.get(6).path("body").path("name").asString()).isEqualTo("Neu");
    assertThat(answers.get(7).path("body").path("@iot.count").asInt()).isEqualTo(1);
    assertThat(answers.get(8).path("status").asInt()).isEqualTo(200);
  }

  @Test
  void aGroupIsDoneAsAWhole() {
    var answers = batch(grouped("a", "post", "Things", THING),
        grouped("b", "patch", "$a", "{\"name\": \"Gruppe gut\"}"));
    assertThat(answers.get(0).path("status").asInt()).as(answers.toString()).isEqualTo(201);
    assertThat(answers.get(1).path("body").path("name").asString()).isEqualTo("Gruppe gut");
  }

  @Test
  void aGroupWithAMistakeLeavesNothing() {
    int before = count("thing");
    var answers = batch(grouped("a", "post", "Things", THING), grouped("b", "post", "Things", "{}"),
        request("c", "get", "$a", ""),
        "{\"id\": \"d\", \"method\": \"get\", \"url\": \"Things\", \"dependsOn\": [\"g\"]}",
        request("e", "get", "Things?$top=0", ""));
    assertThat(statuses(answers)).as(answers.toString()).isEqualTo("400 400 424 424 200");
    assertThat(message(answers.get(0))).contains("\"b\"").contains("nothing of the group");
    assertThat(count("thing")).isEqualTo(before);
  }

  @Test
  void anObservationDoesNotStandInAGroup() {
    int datastream = newDatastream();
    var body = observation("2026-06-01T00:00:00Z", "5");
    var answers = batch(grouped("a", "post", "Things", THING),
        grouped("b", "post", "Datastreams(" + datastream + ")/Observations", body),
        request("c", "post", "Datastreams(" + datastream + ")/Observations", body));
    assertThat(statuses(answers)).as(answers.toString()).isEqualTo("400 400 201");
    assertThat(message(answers.get(0))).contains("CreateObservations").contains("outside of the group");
    assertThat(count("observation where datastream_id = ?", datastream)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                {"id": "x", "method": "copy", "url": "Things"}                        | 400 | /requests/0/method is "copy"
                                                                {"id": "x", "url": "Things"}                                          | 400 | /requests/0/method is missing
                                                                {"id": "x", "method": "get"}                                          | 400 | /requests/0/url is missing
                                                                {"id": "x", "method": "get", "url": "https://example.org/Things"}     | 400 | /requests/0/url
                                                                {"id": "x", "method": "get", "url": "//example.org/Things"}           | 400 | /requests/0/url
                                                                {"id": "x", "method": "get", "url": "Things/%2e%2e/x"}                | 400 | /requests/0/url
                                                                {"id": "x", "method": "get", "url": "%zz"}                            | 400 | percent-encoding
                                                                {"id": "x", "method": "post", "url": "$batch", "body": {}}            | 400 | no batch within a batch
                                                                {"id": "x", "method": "get", "url": "$y"}                             | 400 | names "y"
                                                                {"id": "x", "method": "get", "url": "Things", "dependsOn": ["y"]}     | 400 | names "y"
                                                                {"id": "x", "method": "get", "url": "Things", "dependsOn": 5}         | 400 | /requests/0/dependsOn is 5
                                                                {"id": "x", "method": "get", "url": "Things", "atomicityGroup": "g"}  | 400 | within an atomicityGroup
                                                                {"id": "x", "method": "get", "url": "Things", "atomicityGroup": 5}    | 400 | /requests/0/atomicityGroup is 5
                                                                {"id": "x", "method": "post", "url": "Things"}                        | 400 | empty
                                                                {"id": "x", "method": "post", "url": "Things", "body": [5]}           | 400 | no JSON object
                                                                {"id": "x", "method": "post", "url": "", "body": {}}                  | 400 | /requests/0/url
                                                                {"id": "x", "method": "post", "url": "/", "body": {}}                 | 405 | root
                                                                {"id": "x", "method": "get", "url": "Thing(1)"}                       | 404 | Things
                                                                {"id": "x", "method": "get", "url": "Things(2000000000)"}             | 404 | 2000000000
                                                                {"id": "x", "method": "get", "url": "Things?$top=x"}                  | 400 | $top
                                                                """)
  void aWrongRequestIsRefusedAlone(String request, int status, String message) {
    var answers = batch(request, request("good", "get", "Things?$top=0", ""));
    assertThat(answers.get(0).path("status").asInt()).as(answers.toString()).isEqualTo(status);
    assertThat(message(answers.get(0))).contains(message);
    assertThat(answers.get(1).path("status").asInt()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                []                                                  | no JSON object
                                                                {}                                                  | /requests is missing
                                                                {"requests": 5}                                     | /requests is 5
                                                                {"requests": [5]}                                   | /requests/0 is 5
                                                                {"requests": [{"method": "get", "url": "Things"}]}  | /requests/0/id is missing
                                                                {"requests": [{"id": 5}]}                           | /requests/0/id is 5
                                                                {"requests": [{"id": "a"}, {"id": "a"}]}            | /requests/1/id is "a"
                                                                {"requests": [                                      | cannot be read
                                                                """)
  void aBatchWithoutFormIsRefused(String body, String message) {
    var answer = post("$batch", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.message()).contains(message);
  }

  @Test
  void aReferenceNamesTheKindThatIsWanted() {
    var answers = batch(request("t", "post", "Things", THING),
        request("d", "post", "$t/Datastreams", datastream("\"Sensor\": {\"@iot.id\": \"$t\"}")));
    assertThat(message(answers.get(1))).contains("/requests/1/body/Sensor/@iot.id is \"$t\", a Thing");
  }

  @Test
  void aBatchHasLimits() {
    var many = IntStream.rangeClosed(0, 1_000).mapToObj(i -> request("r" + i, "get", "Things", ""))
        .collect(Collectors.joining(","));
    assertThat(post("$batch", "{\"requests\": [" + many + "]}").message()).contains("at most 1000");
    assertThat(batch().size()).isZero();
  }

  private JsonNode batch(String... requests) {
    var answer = post("$batch", "{\"requests\": [" + String.join(",", requests) + "]}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    var responses = answer.json().path("responses");
    assertThat(responses.size()).isEqualTo(requests.length);
    return responses;
  }

  private static String request(String id, String method, String url, String body) {
    return "{\"id\": \"%s\", \"method\": \"%s\", \"url\": \"%s\"%s}".formatted(id, method, url,
        body.isEmpty() ? "" : ", \"body\": " + body);
  }

  private static String grouped(String id, String method, String url, String body) {
    return "{\"atomicityGroup\": \"g\", " + request(id, method, url, body).substring(1);
  }

  private static String statuses(JsonNode answers) {
    return answers.valueStream().map(answer -> Integer.toString(answer.path("status").asInt()))
        .collect(Collectors.joining(" "));
  }

  private static String message(JsonNode answer) {
    return answer.path("body").path("message").asString("");
  }
}
