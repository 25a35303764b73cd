package de.citycloud.platform.hub.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.DatabaseProperties;
import de.citycloud.platform.hub.NewSource;
import de.citycloud.platform.hub.SourceStatus;
import de.citycloud.platform.hub.Sources;
import de.citycloud.platform.identity.ApiKeys;
import de.citycloud.platform.identity.Scope;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class SourcesTest extends CityTest {
  private static final Instant NOW = Instant.now();
  private static final String PARKING = """
                                        {"7":{"objekt":{"name":"Parkhaus Akademiehof"},"dynamisch":{"kurzparker_frei":%s,
                                        "kurzparker_verfuegbar":200},"position":{"longitude":9.19,"latitude":48.895},
                                        "stellplaetze":{"gesamt":250}}}
                                        """;

  @Autowired
  private Sources sources;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private JdbcClient jdbc;
  @Autowired
  private ApiKeys keys;
  @Autowired
  private DatabaseProperties database;
  private Municipality town;

  @BeforeEach
  void ownTown() {
    town = municipalities.ensure("sources-town", "Quellenstadt", 9.19, 48.9, false);
  }

  @Test
  void whatASourceDescribesBecomesThingsDatastreamsAndObservations() {
    connect("plain", "parking-pbw", null);

    var report = receive("plain", PARKING.formatted("66"));

    assertThat(report.things()).isOne();
    assertThat(report.observations()).isOne();
    assertThat(CurrentMunicipality.call(town,
        () -> jdbc
            .sql("""
                 select t.name || ' ' || (t.properties ->> 'capacity') || ' ' ||
                   l.result || ' ' || f.position::text
                 from source_thing s
                 join thing t on t.municipality_id = s.municipality_id and t.id = s.thing_id
                 join datastream d on d.municipality_id = t.municipality_id and d.thing_id = t.id
                 join datastream_latest l on l.municipality_id = d.municipality_id and l.datastream_id = d.id
                 join feature_of_interest f on f.municipality_id = d.municipality_id and f.id = d.default_feature_id
                 join source o on o.municipality_id = s.municipality_id and o.id = s.source_id
                 where o.key = 'plain'
                 """).query(String.class).list()))
        .containsExactly("Parkhaus Akademiehof 250 66 (9.19,48.895)");
    assertThat(status("plain").state()).isEqualTo(SourceStatus.State.OK);
  }

  @Test
  void aRepeatedInputChangesNothingAndAnEditByHandStays() {
    connect("again", "tts", null);
    receive("again", uplink(5, "2026-05-01T08:00:00Z", 21.5));
    var before = rows("again");
    CurrentMunicipality.call(town, () -> jdbc.sql(
        "update thing set name = 'Umbenannt' where id in (select thing_id from source_thing s join source o on o.id = s.source_id where o.key = 'again')")
        .update());

    receive("again", uplink(5, "2026-05-01T08:00:00Z", 21.5));

    assertThat(rows("again")).isEqualTo(before);
    assertThat(CurrentMunicipality.call(town, () -> jdbc.sql("select count(*) from thing where name = 'Umbenannt'")
        .query(Integer.class).single())).isOne();
  }

  @Test
  void liveValuesThatCannotBeAreKeptAndFlagged() {
    connect("odd", "parking-pbw", null);
    receive("odd", PARKING.formatted("-3"));

    assertThat(CurrentMunicipality.call(town,
        () -> jdbc.sql("""
                       select l.result || ' ' || (l.details -> 'resultQuality' ->> 'reasons')
                       from datastream_latest l where l.result = -3
                       """).query(String.class).list()))
        .containsExactly("-3 [\"negative\"]");
  }

  /** F5. */
  @Test
  void messagesThreeTimesShuffledAndWithWrongClocksAreStoredOnceAndMarked() {
    connect("faulty-clocks", "tts", null);
    long seed = 20_260_501;
    var messages = new ArrayList<String>();
    for (int i = 0; i < 60; i++) {
      var time = NOW.minusSeconds(600 - i * 10L);
      var skewed = switch (i % 20) {
        case 7 -> time.plus(Duration.ofHours(1));
        case 13 -> time.minus(Duration.ofHours(1));
        case 19 -> time.plus(Duration.ofDays(2));
        default -> time;
      };
      for (int copy = 0; copy < 3; copy++) {
        messages.add(uplink(i, skewed.toString(), 20 + i / 10.0));
      }
    }
    Collections.shuffle(messages, new Random(seed));

    messages.forEach(message -> receive("faulty-clocks", message));

    var values = CurrentMunicipality.call(town,
        () -> jdbc.sql("""
                       select b.result from observation b
                       join source_datastream d on d.municipality_id = b.municipality_id
                         and d.datastream_id = b.datastream_id
                       join source o on o.municipality_id = d.municipality_id and o.id = d.source_id
                       where o.key = 'faulty-clocks' and d.key = 'temperature'
                       """).query(Double.class).list());
    assertThat(values).as("seed %d", seed).hasSize(60).doesNotHaveDuplicates();
    assertThat(count(
        """
        select count(*) from observation b
        join source_datastream d on d.municipality_id = b.municipality_id and d.datastream_id = b.datastream_id
        join source o on o.municipality_id = d.municipality_id and o.id = d.source_id
        where o.key = 'faulty-clocks' and d.key = 'temperature' and b.details -> 'resultQuality' ->> 'status' = 'suspect'
        """))
        .as("seed %d", seed).isEqualTo(9);
  }

  /** F6. */
  @Test
  void onePoisonedMessageInAHundredHarmsNoOtherAndIsKeptWithItsReason() {
    connect("poisoned", "tts", null);
    var poison = List.of(
        "{\"end_device_ids\":{\"dev_eui\":\"A\"},\"uplink_message\":{\"received_at\":\"2026-05-01T08:00:00Z\",\"decoded_payload\":{\"t\":NaN}}}",
        "{\"end_device_ids\":", "{\"x\":\"" + "y".repeat(1 << 20) + "\"}", "[".repeat(10_000) + "]".repeat(10_000),
        "{\"end_device_ids\":{\"dev_eui\":\"\u0000\\u00\"}}");
    var lines = new ArrayList<byte[]>();
    int bad = 0;
    for (int i = 0; i < 1_000; i++) {
      if (i % 100 == 50) {
        lines.add(poison.get(bad++ % poison.size()).getBytes(StandardCharsets.UTF_8));
      } else if (i == 951) {
        bad++;
        lines.add("{\"end_device_ids\":{\"dev_eui\":\"\u00fc\"}}".getBytes(StandardCharsets.ISO_8859_1));
      } else {
        lines.add(uplink(i, NOW.minusSeconds(2_000 - i).toString(), i).strip().replace("\n", "")
            .getBytes(StandardCharsets.UTF_8));
      }
    }
    var body = new java.io.ByteArrayOutputStream();
    lines.forEach(line -> {
      body.writeBytes(line);
      body.write('\n');
    });

    var report = CurrentMunicipality.call(town, () -> sources.receive("poisoned", "lines.ndjson",
        new ByteArrayInputStream(body.toByteArray()), NOW));

    assertThat(report.rejectedCount()).isEqualTo(bad);
    assertThat(report.observations()).isEqualTo((1_000L - bad) * 2);
    var kept = CurrentMunicipality.call(town, () -> sources.listQuarantine("poisoned", 100));
    assertThat(kept.stream().mapToInt(row -> row.timesSeen()).sum()).isEqualTo(bad);
    assertThat(kept).allSatisfy(row -> {
      assertThat(row.reason()).isNotBlank();
      assertThat(row.place()).startsWith("line ");
      assertThat(row.excerpt().length()).isLessThanOrEqualTo(4_096);
    });
  }

  @Test
  void aMendedMappingReadsTheQuarantineAgain() {
    connect("mended", "csv",
        "decimal: \".\"\nthing: {id: ort}\ntime: {columns: zeit}\nvalues: [{column: wert, role: temperature}]");
    var table = "ort;zeit;wert\nSee;2026-05-01T10:00;21,5\nSee;2026-05-01T11:00;22,5\n";
    assertThat(receive("mended", table).rejectedCount()).isEqualTo(2);

    connect("mended", "csv",
        "decimal: \",\"\nthing: {id: ort}\ntime: {columns: zeit}\nvalues: [{column: wert, role: temperature}]");
    var report = CurrentMunicipality.call(town, () -> sources.replay("mended"));

    assertThat(report.observations()).isEqualTo(2);
    assertThat(report.rejectedCount()).isZero();
    assertThat(CurrentMunicipality.call(town, () -> sources.listQuarantine("mended", 10))).isEmpty();
  }

  @Test
  void aRefusedInputIsNotedAtTheSource() {
    connect("refused", "datex2", null);
    assertThatThrownBy(() -> receive("refused", "<html><body>Wartung</body></html>")).isInstanceOf(CityProblem.class)
        .hasMessageContaining("<html>");
    assertThat(status("refused").state()).isEqualTo(SourceStatus.State.FAILED);
    assertThat(status("refused").quarantined()).isOne();
  }

  @Test
  void theWebhookAnswersOnceEverythingIsDurableAndNamesWhatItRejected() throws Exception {
    connect("hook", "sensor-community", null);
    var key = CurrentMunicipality.call(town, () -> keys.create("hook", Scope.WRITE, null));
    var body = """
               [{"timestamp":"2026-05-01 08:00:00","location":{"id":9,"latitude":"48.9","longitude":"9.2"},
                 "sensor":{"id":4,"sensor_type":{"name":"SDS011"}},
                 "sensordatavalues":[{"value":"12.5","value_type":"P1"},{"value":"nan","value_type":"P2"}]}]
               """;

    assertThat(post("hook", body, null).statusCode()).isIn(401, 403);
    var answer = post("hook", body, key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"observations\":1").contains("element 1 (line 1), value 2");
    assertThat(rows("hook")).isOne();

    var refused = post("hook", "no JSON", key);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
    assertThat(post("nowhere", body, key).statusCode()).isEqualTo(404);
    assertThat(post("hook", "x".repeat(17 << 20), key).statusCode()).isEqualTo(413);
  }

  @Test
  void aFileThatLiesInTheFolderIsTakenAndMoved() throws Exception {
    connect("drop", "csv", null);
    var folder = Files.createDirectories(database.data().resolve("in").resolve(town.slug()).resolve("drop"));
    Files.writeString(folder.resolve("werte.csv"),
        "id,zeit,co2\nA,2026-05-01T10:00:00Z,512\nA,2026-05-01T10:10:00Z,530\n");
    Files.writeString(folder.resolve("kaputt.csv"), "");
    Files.writeString(folder.resolve("halb.csv.part"), "id,zeit");

    await(() -> filesIn(folder.resolve("done")) == 1 && filesIn(folder.resolve("failed")) == 2);
    assertThat(rows("drop")).isEqualTo(2);

    try (var done = Files.list(folder.resolve("done")); var failed = Files.list(folder.resolve("failed"))) {
      assertThat(done.map(file -> file.getFileName().toString())).singleElement().asString().endsWith("-werte.csv");
      assertThat(failed.map(file -> file.getFileName().toString())).hasSize(2)
          .anyMatch(name -> name.endsWith("-kaputt.csv.reason.txt"));
    }
    assertThat(folder.resolve("halb.csv.part")).exists();
  }

  @Test
  void anAddressInTheOwnNetworkIsRefusedWhenItIsConnected() {
    assertThatThrownBy(() -> CurrentMunicipality.call(town,
        () -> sources.register(new NewSource("inside", "csv", "Innen",
            List.of("http://127.0.0.1:5432/"), Duration.ofMinutes(1), null, null, null))))
        .isInstanceOf(CityProblem.class)
        .hasMessageContaining("city.outgoing.allow");
  }

  private void connect(String key, String kind, @Nullable String mapping) {
    CurrentMunicipality.call(town, () -> sources.register(
        new NewSource(key, kind, "Quelle " + key, List.of(), Duration.ofMinutes(5), mapping, "DL-DE/Zero-2.0", null)));
  }

  private de.citycloud.platform.hub.SourceReport receive(String key, String text) {
    return CurrentMunicipality.call(town, () -> sources.receive(key, "test",
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), NOW));
  }

  private SourceStatus status(String key) {
    return CurrentMunicipality.call(town, () -> sources.find(key)).orElseThrow();
  }

  private int rows(String key) {
    return count("""
                 select count(*) from observation b
                 join source_datastream d on d.municipality_id = b.municipality_id and d.datastream_id = b.datastream_id
                 join source o on o.municipality_id = d.municipality_id and o.id = d.source_id where o.key = '%s'
                 """.formatted(key));
  }

  private int count(String sql) {
    return CurrentMunicipality.call(town, () -> jdbc.sql(sql).query(Integer.class).single());
  }

  private static String uplink(int frame, String time, double temperature) {
    return """
           {"end_device_ids":{"device_id":"t1","dev_eui":"70B3D57ED0000001","application_ids":{"application_id":"luft"}},
           "uplink_message":{"f_port":2,"f_cnt":%d,"frm_payload":"AQI=","decoded_payload":{"temperature":%s},
           "received_at":"%s"}}
           """
        .formatted(frame, temperature, time);
  }

  private HttpResponse<String> post(String source, String body, @Nullable String key) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + town.slug() + "/in/" + source))
        .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
    if (key != null) {
      request.header("X-API-Key", key);
    }
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static int filesIn(java.nio.file.Path folder) {
    var files = folder.toFile().list();
    return files == null ? 0 : files.length;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited 60 s").isLessThan(end);
      Thread.sleep(50);
    }
  }
}
