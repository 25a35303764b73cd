package de.citycloud.platform.hub.page;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Observations;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestPropertySource(properties = {"city.live.clients=4", "city.live.heartbeat=200ms"})
class LiveStreamTest extends CityTest {
  @Autowired
  Municipalities municipalities;
  @Autowired
  Observations observations;
  @Autowired
  JdbcClient jdbc;
  @Autowired
  JsonMapper json;

  /** A listening client; reads lines until it finds what it waits for. */
  private final class Client implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final BufferedReader lines;

    Client(String path) throws IOException, InterruptedException {
      var answer = http.send(request(path), HttpResponse.BodyHandlers.ofInputStream());
      // Places of earlier tests' clients are free again once the next heartbeat finds them gone.
      for (int i = 0; i < 200 && answer.statusCode() == 503; i++) {
        TimeUnit.MILLISECONDS.sleep(100);
        answer = http.send(request(path), HttpResponse.BodyHandlers.ofInputStream());
      }
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
      lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
      assertThat(next(": connected")).isEqualTo(": connected");
    }

    String next(String start) throws IOException {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(start)) {
          return line;
        }
      }
      throw new AssertionError("The stream ended, expected a line that starts with \"" + start + "\".");
    }

    JsonNode nextEvent() throws IOException {
      return json.readTree(next("data: ").substring(6));
    }

    @Override
    public void close() {
      http.shutdownNow();
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(30))
        .build();
  }

  private Municipality town(String slug) {
    return municipalities.ensure(slug, "Ort", 9.19, 48.89, false);
  }

  private void record(Municipality town, int datastream, Instant time, double value) throws Exception {
    var stored = CurrentMunicipality.call(town, () -> observations.record(
        List.of(NewObservation.of(datastream, time, value)), Observations.Repeats.KEEP, null));
    stored.get(20, TimeUnit.SECONDS);
  }

  @Test
  void aValueArrivesOnceItIsCommittedAndOnlyWhereItIsWanted() throws Exception {
    var town = town("live-arrives");
    record Made(int thing, int free, int air) {}
    var made = CurrentMunicipality.call(town, () -> {
      var some = new SomePlaces(jdbc);
      int garage = some.thing("Garage", "{\"kind\": \"parking\", \"capacity\": 100}", 9.1, 48.8);
      int station = some.thing("Luft", "{\"kind\": \"air\"}", 9.1, 48.8);
      return new Made(garage, some.datastream(garage, "Frei", "1", "{\"role\": \"free\"}"),
          some.datastream(station, "NO2", "ug/m3", "{\"role\": \"no2\"}"));
    });
    var now = Instant.now();
    try (var all = new Client("/live-arrives/live"); var parking = new Client("/live-arrives/live?kind=parking")) {
      assertThat(parking.next(":")).as("a heartbeat in the silence").isEqualTo(":");
      record(town, made.air(), now, 58);
      record(town, made.free(), now, 7);
      assertThat(all.nextEvent().path("datastream").asInt()).isEqualTo(made.air());
      assertThat(all.nextEvent().path("datastream").asInt()).isEqualTo(made.free());
      var event = parking.nextEvent();
      assertThat(event.path("thing").asInt()).isEqualTo(made.thing());
      assertThat(event.path("kind").asString()).isEqualTo("parking");
      assertThat(event.path("state").asString()).isEqualTo("scarce");
      assertThat(event.path("free").asInt()).isEqualTo(7);
      assertThat(event.path("main").asBoolean()).isTrue();
    }
  }

  @Test
  void anotherMunicipalityHearsNothing() throws Exception {
    var mine = town("live-mine");
    var theirs = town("live-theirs");
    int my = datastream(mine);
    int their = datastream(theirs);
    try (var client = new Client("/live-mine/live")) {
      record(theirs, their, Instant.now(), 1);
      record(mine, my, Instant.now(), 2);
      assertThat(client.nextEvent().path("value").asInt()).isEqualTo(2);
    }
  }

  private int datastream(Municipality town) {
    return CurrentMunicipality.call(town, () -> {
      var some = new SomePlaces(jdbc);
      return some.datastream(some.thing("Ding", "{}", 9.1, 48.8), "Wert", "1", "{}");
    });
  }

  @Test
  void moreClientsThanAllowedAreAskedToComeBackLater() throws Exception {
    town("live-full");
    var clients = new ArrayList<HttpClient>();
    try {
      var statuses = new ArrayList<Integer>();
      for (int i = 0; i < 5; i++) {
        clients.add(HttpClient.newHttpClient());
        var answer = clients.getLast().send(request("/live-full/live"), HttpResponse.BodyHandlers.ofInputStream());
        statuses.add(answer.statusCode());
        if (answer.statusCode() == 503) {
          assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
      }
      assertThat(statuses).last().isEqualTo(503);
    } finally {
      clients.forEach(HttpClient::shutdownNow);
    }
  }
}
