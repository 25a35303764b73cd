package de.citycloud.platform.hub.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many requests in one: $batch as multipart/mixed, the standard's own form. */
class C06MultipartBatchTest extends SensorThingsWriting {
  private static final Pattern STATUS = Pattern.compile("(?m)^HTTP/1.1 (\\d{3})");

  @Override
  String slug() {
    return "c06-multipart";
  }

  private static String part(String id, String request) {
    return "--outer\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"
        + (id.isEmpty() ? "" : "Content-ID: " + id + "\r\n") + "\r\n" + request + "\r\n";
  }

  private static String request(String line, String body) {
    return line + " HTTP/1.1\r\nHost: example\r\n"
        + (body.isEmpty() ? "\r\n" : "Content-Type: application/json\r\n\r\n" + body);
  }

  private static String changeSet(String... parts) {
    return "--outer\r\nContent-Type: multipart/mixed; boundary=\"in ner\"\r\n\r\n"
        + String.join("", parts).replace("--outer", "--in ner") + "--in ner--\r\n";
  }

  private Answer batch(String... parts) {
    return post("$batch", "A preamble that nobody reads\r\n" + String.join("", parts) + "--outer--\r\n",
        "Content-Type", "multipart/mixed;boundary=outer");
  }

  private static List<String> statuses(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return STATUS.matcher(answer.body()).results().map((MatchResult found) -> found.group(1)).toList();
  }

  @Test
  void aChangeSetIsDoneAsAWholeAndLaterPartsBuildOnIt() {
    var answer = batch(
        changeSet(part("1", request("POST Things", THING)), part("2", request("POST $1/Locations", LOCATION)),
            part("3", request("PATCH $1", "{\"name\": \"Änderung ß\"}"))),
        part("", request("GET $1?$select=name", "")),
        part("", request("GET /%s/sta/v1.1/Things?$top=0".formatted(slug()), "")),
        part("", request("GET " + base() + "Things(2000000000)", "")));
    assertThat(statuses(answer)).as(answer.body()).containsExactly("201", "201", "200", "200", "200", "404");
    assertThat(answer.body())
        .contains("Content-ID: 1\r\n", "\"name\":\"Änderung ß\"", "Location: " + base() + "Things(")
        .containsPattern("(?s)--changeset_[-0-9a-f]+--.*--batch_[-0-9a-f]+--\r\n$");
  }

  @Test
  void aChangeSetWithAMistakeIsAnsweredOnceAndLeavesNothing() {
    int before = count("thing");
    var answer = batch(
        changeSet(part("1", request("POST Things", THING)), part("2", request("POST Things", "{broken"))),
        part("", request("GET Things?$top=0", "")));
    assertThat(statuses(answer)).as(answer.body()).containsExactly("400", "200");
    assertThat(answer.body()).contains("nothing of the group").doesNotContain("changeset_");
    assertThat(count("thing")).isEqualTo(before);
  }

  @Test
  void anObservationStandsOutsideOfChangeSets() {
    int datastream = newDatastream();
    var value = request("POST Datastreams(%d)/Observations".formatted(datastream),
        observation("2026-06-01T00:00:00Z", "5"));
    assertThat(statuses(batch(changeSet(part("1", value)), part("", value)))).containsExactly("400", "201");
    assertThat(count("observation where datastream_id = ?", datastream)).isOne();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                multipart/mixed            | --x--                                             | boundary
                                                                multipart/mixed;boundary=x | nothing at all                                    | no end
                                                                multipart/mixed;boundary=x | --x~~~a: b~~~~~~                                  | no end
                                                                multipart/mixed;boundary=x | --x~~~Content-Type: text/plain~~~~~~hi~~~--x--    | application/http
                                                                multipart/mixed;boundary=x | --x~~~no header~~~~~~hi~~~--x--                   | name: value
                                                                multipart/mixed;boundary=x | --x~~~Content-Type: multipart/mixed~~~~~~~~~--x-- | boundary
                                                                multipart/mixed;boundary=x | --x~~~Content-Type: application/http~~~Content-ID: a/b~~~~~~GET Things HTTP/1.1~~~~~~--x-- | Content-ID
                                                                """)
  void aBatchWithoutFormIsRefused(String type, String body, String message) {
    var answer = post("$batch", body.replace("~~~", "\r\n"), "Content-Type", type);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.message()).contains(message);
  }

  @Test
  void aChangeSetWithinAChangeSetIsRefused() {
    var inner = "--in ner\r\nContent-Type: multipart/mixed;boundary=deep\r\n\r\n--deep--\r\n";
    var answer = batch(
        "--outer\r\nContent-Type: multipart/mixed;boundary=\"in ner\"\r\n\r\n" + inner + "--in ner--\r\n");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).contains("within a change set");
  }

  @Test
  void oneWrongRequestDoesNotKeepTheOthersOut() {
    var answer = batch(part("", "nonsense"), part("", request("COPY Things", "")), part("", request("GET ../x", "")),
        part("", request("POST $batch", "{}")), part("", request("GET Things?$top=0", "")));
    assertThat(statuses(answer)).as(answer.body()).containsExactly("400", "400", "400", "400", "200");
  }

  @Test
  void aBatchHasLimitsAndNeedsAKey() throws Exception {
    var answer = batch(part("", request("GET Things?$top=0", "")).repeat(1_001));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.message()).contains("1000");
    try (var http = HttpClient.newHttpClient()) {
      var anonymous = http.send(HttpRequest.newBuilder(URI.create(base() + "$batch"))
          .header("Content-Type", "multipart/mixed;boundary=outer")
          .POST(HttpRequest.BodyPublishers.ofString("--outer--"))
          .build(), HttpResponse.BodyHandlers.ofString());
      assertThat(anonymous.statusCode()).isEqualTo(401);
    }
  }

  @Test
  void whateverIsBrokenIsNeverOurMistake() {
    long seed = 20_261_123;
    var random = new Random(seed);
    var good = changeSet(part("1", request("POST Things", THING))) + part("", request("GET Things?$top=1", ""))
        + "--outer--\r\n";
    for (int i = 0; i < 300; i++) {
      var text = new StringBuilder(good);
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, (char) random.nextInt(256));
          case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
          default -> text.insert(at, text.substring(at / 2, at));
        }
      }
      var answer = post("$batch", text.toString(), "Content-Type", "multipart/mixed;boundary=outer");
      assertThat(answer.status()).as("seed %d, case %d: %s", seed, i, text).isLessThan(500);
      assertThat(STATUS.matcher(answer.body()).results().map(found -> found.group(1))).as("seed %d, case %d: %s", seed,
          i, text).noneMatch(status -> status.startsWith("5"));
    }
  }
}
