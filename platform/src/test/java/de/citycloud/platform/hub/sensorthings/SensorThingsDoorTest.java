package de.citycloud.platform.hub.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.citycloud.platform.identity.Scope;
import de.citycloud.platform.municipality.CurrentMunicipality;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What Spring MVC and Spring Security did at this door before it went without them. */
class SensorThingsDoorTest extends SensorThingsWriting {
  @Autowired
  private MeterRegistry meters;
  private final HttpClient client = HttpClient.newHttpClient();

  @Override
  String slug() {
    return "sta-door";
  }

  @Test
  void nothingIsWrittenWithoutAKeyThatMay() throws Exception {
    var other = municipalities.ensure("sta-door-other", "Andere", 9.2, 48.9, false);
    var foreign = CurrentMunicipality.call(other, () -> keys.create("foreign", Scope.ADMIN, null));
    var reading = CurrentMunicipality.call(municipality, () -> keys.create("reading", Scope.READ, null));
    for (var method : List.of("POST", "PUT", "PATCH", "DELETE", "PROPFIND")) {
      for (var path : List.of("/Things", "/Things(1)", "/$batch", "/CreateObservations", "")) {
        var what = method + " " + path;
        assertThat(call(method, path, "").statusCode()).as(what).isIn(400, 401);
        assertThat(call(method, path, "scc_1_" + "a".repeat(32)).statusCode()).as(what).isIn(400, 401);
        assertThat(call(method, path, foreign).statusCode()).as(what).isIn(400, 403);
        assertThat(call(method, path, reading).statusCode()).as(what).isIn(400, 403);
      }
    }
    assertThat(call("GET", "/Things", "").body()).doesNotContain("Rathaus");
  }

  @Test
  void aRevokedKeyIsRefusedAtOnceAlsoWhereNoneIsNeeded() throws Exception {
    var revoked = CurrentMunicipality.call(municipality, () -> keys.create("short", Scope.WRITE, null));
    assertThat(call("GET", "/Things", revoked).statusCode()).isEqualTo(200);
    var id = CurrentMunicipality.call(municipality,
        () -> keys.listAll().stream().filter(it -> it.label().equals("short")).findFirst().orElseThrow().id());
    CurrentMunicipality.call(municipality, () -> keys.revoke(id));
    var refused = call("GET", "/Things", revoked);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(refused.body()).contains("\"code\":401");
  }

  @Test
  void addressesThatOnlyLookLikeTheDoorDoNotOpenIt() throws Exception {
    for (var path : List.of("/sta-door/sta/v1.1x", "/sta-door/sta/v1.10/Things", "/sta-door/x/sta/v1.1/Things",
        "/sta-door/sta/v1", "/v1.12", "/sta-door/sta")) {
      assertThat(send("POST", path, key).statusCode()).as("POST " + path).isIn(401, 403, 404, 405);
      assertThat(send("GET", path, key).body()).as("GET " + path).doesNotContain("serverSettings")
          .doesNotContain("\"value\"");
    }
    for (var path : List.of("//sta-door/sta/v1.1/Things", "/sta-door/sta;a=b/v1.1/Things",
        "/sta-door/x/../sta/v1.1/Things", "/sta-door/sta/v1.1/%2e%2e/Things")) {
      assertThat(send("POST", path, "").statusCode()).as(path).isIn(400, 401);
    }
    assertThat(send("GET", "/no-such-town/sta/v1.1/Things", "").statusCode()).isEqualTo(404);
  }

  @Test
  void headOptionsAndOtherMethodsAreAnsweredAsHttpWants() throws Exception {
    var whole = call("GET", "/Things", "");
    var head = call("HEAD", "/Things", "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length")).isEqualTo(whole.headers().firstValue("Content-Length"));
    var options = call("OPTIONS", "/Things", "");
    assertThat(options.statusCode()).isEqualTo(200);
    assertThat(options.headers().firstValue("Allow").orElse("")).contains("GET").contains("POST").contains("PATCH");
  }

  @Test
  void answersAreNotKeptByCachesAndStandInNoFrame() throws Exception {
    for (var path : List.of("/Things", "/Things(999)", "")) {
      var headers = call("GET", path, "").headers();
      assertThat(headers.firstValue("Cache-Control").orElse("")).as(path).contains("no-store");
      assertThat(headers.allValues("X-Content-Type-Options")).as(path).containsExactly("nosniff");
      assertThat(headers.firstValue("X-Frame-Options")).as(path).contains("DENY");
      assertThat(headers.firstValue("Content-Type").orElse("")).as(path).startsWith("application/json");
    }
  }

  @Test
  void callsAreCountedUnderTheNameOfAllOthers() throws Exception {
    long before = counted("404");
    call("GET", "/Things(12345678)", "");
    // The answer may be here before the call has ended there.
    await().atMost(Duration.ofSeconds(10)).until(() -> counted("404") == before + 1);
  }

  private long counted(String status) {
    return meters.find("http.server.requests").tag("uri", "/{municipality}/sta/v1.1/**").tag("status", status).timers()
        .stream().mapToLong(timer -> timer.count()).sum();
  }

  private HttpResponse<String> call(String method, String path, String with) throws IOException, InterruptedException {
    return send(method, "/sta-door/sta/v1.1" + path, with);
  }

  private HttpResponse<String> send(String method, String path, String with)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .method(method, method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS")
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(THING))
        .header("Content-Type", "application/json");
    return client.send((with.isEmpty() ? request : request.header("X-API-Key", with)).build(), BodyHandlers.ofString());
  }
}
