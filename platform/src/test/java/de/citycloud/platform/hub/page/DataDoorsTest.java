package de.citycloud.platform.hub.page;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Map layers and downloads. */
class DataDoorsTest extends CityTest {
  private final HttpClient http = HttpClient.newHttpClient();
  @Autowired
  Municipalities municipalities;
  @Autowired
  JdbcClient jdbc;
  @Autowired
  JsonMapper json;

  private Municipality town(String slug) {
    return municipalities.ensure(slug, "Ort", 9.19, 48.89, false);
  }

  private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aLayerIsGeoJsonWithTheNewestValues() throws Exception {
    var town = town("doors-layer");
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    CurrentMunicipality.run(town, () -> {
      var some = new SomePlaces(jdbc);
      int garage = some.thing("Garage", "{\"kind\": \"parking\", \"capacity\": 424}", 9.1839, 48.8926);
      some.value(some.datastream(garage, "Frei", "1", "{\"role\": \"free\"}"), now, 148);
      some.thing("Luft", "{\"kind\": \"air\"}", 9.3, 48.95);
    });
    var answer = get("/doors-layer/map/parking.geojson");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/geo+json");
    var features = json.readTree(answer.body()).path("features");
    assertThat(features).hasSize(1);
    var garage = features.get(0);
    assertThat(garage.at("/geometry/coordinates/0").asDouble()).isEqualTo(9.1839);
    var properties = garage.path("properties");
    assertThat(properties.path("name").asString()).isEqualTo("Garage");
    assertThat(properties.path("kind").asString()).isEqualTo("parking");
    assertThat(properties.path("state").asString()).isEqualTo("free");
    assertThat(properties.path("free").asInt()).isEqualTo(148);
    assertThat(properties.path("value").asInt()).isEqualTo(148);
    assertThat(properties.path("capacity").asInt()).isEqualTo(424);
    assertThat(Instant.parse(properties.path("time").asString())).isEqualTo(now);

    assertThat(names(get("/doors-layer/map/all.geojson"))).containsExactly("Garage", "Luft");
    assertThat(names(get("/doors-layer/map/all.geojson?bbox=9.2,48.9,9.4,49"))).containsExactly("Luft");

    var tag = answer.headers().firstValue("ETag").orElseThrow();
    assertThat(get("/doors-layer/map/parking.geojson", "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  private java.util.List<String> names(HttpResponse<String> layer) {
    return json.readTree(layer.body()).path("features").valueStream()
        .map(feature -> feature.path("properties").path("name").asString()).toList();
  }

  @Test
  void aBadQuestionIsAnsweredWithWhatIsExpected() throws Exception {
    town("doors-bad");
    for (var bad : new String[]{"/doors-bad/map/all.geojson?bbox=1,2,3", "/doors-bad/map/all.geojson?bbox=9,48,8,49",
        "/doors-bad/map/all.geojson?bbox=NaN,NaN,NaN,NaN", "/doors-bad/live?kind=nothing", "/doors-bad/live?thing=x"}) {
      var answer = get(bad);
      assertThat(answer.statusCode()).as(bad).isEqualTo(400);
      assertThat(answer.body()).as(bad).contains("expected");
    }
    for (var missing : new String[]{"/doors-bad/map/nowhere.geojson", "/no-such-town/map/all.geojson",
        "/doors-bad/datastreams/1.csv", "/doors-bad/datastreams/99999999999.json", "/no-such-town/live"}) {
      assertThat(get(missing).statusCode()).as(missing).isEqualTo(404);
    }
  }

  @Test
  void aDownloadHoldsEveryValueOnceAndNoFormula() throws Exception {
    var start = Instant.parse("2026-11-20T00:00:00Z");
    int datastream = CurrentMunicipality.call(town("doors-export"), () -> {
      var some = new SomePlaces(jdbc);
      int thing = some.thing("Messstelle", "{\"source\": \"LUBW\"}", 9.1, 48.8);
      int made = some.datastream(thing, "NO2", "=cmd()", "{}");
      some.value(made, start, -12.5);
      some.value(made, start.plusSeconds(60), null, "{\"result\": \"=1+1\", \"resultQuality\": \"@suspect\"}");
      jdbc.sql("""
               insert into observation (municipality_id, datastream_id, phenomenon_time, result)
               select ?, ?, ?::timestamptz + n * interval '1 s', n from generate_series(1, 12000) n
               """).param(CurrentMunicipality.get().id()).param(made).param("2026-11-20T01:00:00Z").update();
      return made;
    });
    var range = "?from=2026-11-20T00:00:00Z&to=" + URLEncoder.encode("2026-11-21T00:00:00+01:00",
        StandardCharsets.UTF_8);
    var csv = get("/doors-export/datastreams/" + datastream + ".csv" + range);
    assertThat(csv.statusCode()).isEqualTo(200);
    assertThat(csv.headers().firstValue("Content-Disposition")).hasValueSatisfying(
        value -> assertThat(value).contains("datastream-" + datastream + ".csv"));
    var lines = csv.body().lines().toList();
    assertThat(lines).hasSize(12_003).doesNotHaveDuplicates();
    assertThat(lines.get(0)).isEqualTo("phenomenonTime,phenomenonEnd,resultTime,result,unit,resultQuality");
    assertThat(lines.get(1)).isEqualTo("2026-11-20T00:00:00Z,,,-12.5,'=cmd(),");
    assertThat(lines.get(2)).isEqualTo("2026-11-20T00:01:00Z,,,'=1+1,'=cmd(),'@suspect");

    JsonNode document = json.readTree(get("/doors-export/datastreams/" + datastream + ".json" + range).body());
    assertThat(document.at("/datastream/name").asString()).isEqualTo("NO2");
    assertThat(document.path("source").asString()).isEqualTo("LUBW");
    assertThat(document.path("observations")).hasSize(12_002);
    assertThat(document.at("/observations/0/result").isNumber()).isTrue();
    assertThat(document.at("/observations/1/result").asString()).isEqualTo("=1+1");

    for (var bad : new String[]{"?from=gestern", "?from=2026-11-21&to=2026-11-20",
        "?to=%2B999999999-01-01T00:00:00Z"}) {
      assertThat(get("/doors-export/datastreams/" + datastream + ".csv" + bad).statusCode()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void numbersStayNumbersAndTextsLoseTheirTeeth() {
    assertThat(ExportDoor.number(12)).isEqualTo("12");
    assertThat(ExportDoor.number(0.1)).isEqualTo("0.1");
    assertThat(ExportDoor.number(-0.0)).isEqualTo("0");
    assertThat(ExportDoor.number(1e300)).isEqualTo("1.0E300");
    assertThat(de.citycloud.platform.guard.SpreadsheetCell.harmless("\t=x")).isEqualTo("'\t=x");
    assertThat(de.citycloud.platform.guard.SpreadsheetCell.harmless("plain")).isEqualTo("plain");
  }
}
