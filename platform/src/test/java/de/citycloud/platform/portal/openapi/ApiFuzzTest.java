package de.citycloud.platform.portal.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.identity.ApiKeys;
import de.citycloud.platform.identity.Scope;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * F7 and F12: every operation of the OpenAPI description with hostile values and wrong types, from a seed. Nothing may
 * answer 5xx or show a stack trace, and no text may reach the database as a statement.
 */
class ApiFuzzTest extends CityTest {
  private static final List<String> HOSTILE = List.of("", " ", "0", "-1", "1", "99999999999999999999", "1e309", "NaN",
      "null", "true", "[]", "{}", "'", "\"", "';drop table thing;--", "1' or '1'='1", "1) or (1=1", "x' or 'x'='x",
      "';select pg_sleep(9)--", "$$", "\\", "%", "%00", "\u0000", "\uD800", "😀", "../../etc/passwd",
      "..\\..\\windows\\win.ini", "<script>alert(1)</script>", "${7*7}", "#{7*7}", "{{7*7}}", "a".repeat(3_000),
      "(".repeat(500), "not ".repeat(400) + "true", "id eq 1 and ".repeat(200) + "id eq 1", "id eq '", "name eq 'a' or",
      "substringof('a',name", "geo.distance(location, geography'POINT(0)') lt 1", "result gt 'x'", "id desc,",
      "name asc, ; delete", "Observations($expand=Datastream($expand=Observations))", "id,,name",
      "2026-13-45T99:99:99Z",
      "2026-01-01T00:00:00Z/1999-01-01T00:00:00Z", "-9223372036854775809", "0x7f", "١٢", "=1+1", "@SUM(A1)", "\r\nX: y",
      "true and (select count(*) from account) gt 0", "phenomenonTime eq duration'P9999999999Y'", "1 div 0", "2 mod 0",
      "cast(1,'x')", "year(9) eq 1", "POINT(999 999)", "length(null) eq 1", "concat(name,name) eq result", "$it",
      "🏳️‍🌈");
  private static final List<String> OPTIONS = List.of("$filter", "$orderby", "$top", "$skip", "$select", "$expand",
      "$count", "$resultFormat", "$search", "q", "from", "to", "lang", "bbox", "kind", "limit", "place", "$format");
  private static final List<String> BODIES = List.of("", "{", "[]", "null", "\"x\"", "1", "{\"a\":".repeat(2_000),
      "[".repeat(5_000), "{\"name\":1}", "{\"name\":null,\"description\":[],\"properties\":3}",
      "{\"name\":\"x\",\"description\":\"\\u0000\"}", "{\"result\":NaN}",
      "{\"result\":1e400,\"Datastream\":{\"@iot.id\":\"x\"}}",
      "{\"phenomenonTime\":\"yesterday\",\"result\":{}}", "{\"location\":{\"type\":\"Point\",\"coordinates\":[1e999]}}",
      "{\"location\":{\"type\":\"Polygon\",\"coordinates\":[[]]},\"name\":\"x\",\"description\":\"x\",\"encodingType\":\"x\"}",
      "{\"requests\":[{\"id\":1,\"method\":\"DELETE\",\"url\":\"../../\"}]}", "{\"requests\":{}}", "\uFEFF{}",
      "{\"name\":\"\\uD800\"}",
      "[{\"op\":\"test\",\"path\":\"/a/b/c\"}]", "{\"Things\":[{\"Locations\":[{}]}]}",
      "[{\"Datastream\":{\"@iot.id\":9},\"components\":[\"x\"],\"dataArray@iot.count\":-1,\"dataArray\":[[]]}]",
      "{\"name\":\"" + "n".repeat(20_000) + "\"}", "{\"@iot.id\":\"';--\",\"name\":\"a\",\"name\":\"b\"}");

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private ApiKeys keys;
  @Autowired
  private JdbcClient jdbc;
  @Autowired
  private JsonMapper json;
  private Municipality town = new Municipality(0, "", "", 0, 0, false);
  private String key = "";

  @BeforeEach
  void aTownWithAThing() {
    town = municipalities.ensure("fuzz-town", "Rauschstadt", 9, 48, false);
    CurrentMunicipality.run(town, () -> {
      key = keys.create("fuzz", Scope.ADMIN, null);
      jdbc.sql("delete from thing").update();
      jdbc.sql("insert into thing (municipality_id, name, description) values (?, 'canary', 'x')").param(town.id())
          .update();
    });
  }

  @Test
  void aThousandHostileCallsBreakNothing() throws Exception {
    fuzz(20_261_123L, 1_000);
  }

  @Tag("long")
  @Timeout(1_500)
  @Test
  void twelveThousandHostileCallsBreakNothing() throws Exception {
    fuzz(System.currentTimeMillis(), 12_000);
  }

  private void fuzz(long seed, int calls) throws Exception {
    var random = new Random(seed);
    var broken = new ArrayList<String>();
    var answers = new TreeMap<Integer, Integer>();
    try (var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
      var operations = operations(http);
      assertThat(operations).hasSizeGreaterThan(15);
      for (int i = 0; i < calls; i++) {
        // every operation in turn, so that none is left out
        var request = request(operations.get(i % operations.size()), random);
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        answers.merge(answer.statusCode(), 1, Integer::sum);
        if (answer.statusCode() >= 500 || answer.body().contains("\tat ") || answer.body().contains("Exception")
            || answer.body().contains("PSQL")) {
          broken.add("%s %s → %d %s".formatted(request.method(), request.uri(), answer.statusCode(),
              answer.body().substring(0, Math.min(300, answer.body().length()))));
        }
      }
    }
    System.out.printf("F7: %d calls, answers %s, seed %d%n", calls, answers, seed);
    assertThat(broken.stream().distinct().limit(20)).as("%d of %d, seed %d", broken.size(), calls, seed).isEmpty();
    assertThat(answers).as("some calls are well-formed enough to reach the data").containsKey(200);
    assertThat(CurrentMunicipality.call(town,
        () -> jdbc.sql("select count(*) from information_schema.tables where table_name in ('thing', 'account')")
            .query(Integer.class).single()))
        .isEqualTo(2);
  }

  private record Operation(String method, String path) {}

  private List<Operation> operations(HttpClient http) throws Exception {
    var description = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v3/api-docs")).build(),
        HttpResponse.BodyHandlers.ofString());
    JsonNode paths = json.readTree(description.body()).path("paths");
    var all = new ArrayList<Operation>();
    paths.propertyStream().forEach(path -> path.getValue().propertyNames().stream()
        .filter(method -> List.of("get", "post", "put", "patch", "delete").contains(method))
        // a stream of events does not end
        .filter(method -> !path.getKey().endsWith("/live"))
        .forEach(method -> all.add(new Operation(method.toUpperCase(java.util.Locale.ROOT), path.getKey()))));
    return all;
  }

  private HttpRequest request(Operation operation, Random random) {
    var path = operation.path
        .replace("{municipality}", random.nextInt(20) == 0 ? encoded(any(HOSTILE, random)) : town.slug())
        .replace("{entitySet}",
            random.nextInt(8) == 0
                ? encoded(any(HOSTILE, random))
                : any(List.of("Things", "Locations",
                    "Datastreams", "Observations", "Sensors", "ObservedProperties", "FeaturesOfInterest",
                    "HistoricalLocations"), random));
    while (path.contains("{")) {
      path = path.replaceFirst("\\{[^}]*}",
          encoded(random.nextInt(3) == 0 ? "1" : any(HOSTILE, random)).replace("$", "\\$"));
    }
    var query = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      query.append(query.isEmpty() ? '?' : '&').append(encoded(any(OPTIONS, random))).append('=')
          .append(encoded(any(HOSTILE, random)));
    }
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path + query))
        .timeout(Duration.ofSeconds(60))
        .header("Accept", any(List.of("application/json", "text/html", "*/*", "x/y"), random));
    if (random.nextInt(4) > 0) {
      request.header("X-API-Key", key);
    }
    request.header("Content-Type", any(List.of("application/json", "application/json", "text/plain",
        "application/x-www-form-urlencoded", "multipart/form-data", "application/json-patch+json",
        "multipart/mixed;boundary=x"),
        random));
    var body = operation.method.equals("GET") || operation.method.equals("DELETE")
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(any(BODIES, random));
    return request.method(operation.method, body).build();
  }

  private static <T> T any(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
