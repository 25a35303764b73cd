package de.citycloud.platform.hub.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import de.citycloud.platform.CityTest;
import de.citycloud.platform.hub.NewSource;
import de.citycloud.platform.hub.SourceStatus;
import de.citycloud.platform.hub.Sources;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The clock of the whole program fetches what is due, again and again, and leaves alone what is off. */
class SourceClockTest extends CityTest {
  private static final AtomicInteger CALLS = new AtomicInteger();
  private static final HttpServer SERVER = server();

  @Autowired
  private Sources sources;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private JdbcClient jdbc;

  @DynamicPropertySource
  static void quickClock(DynamicPropertyRegistry properties) {
    properties.add("city.outgoing.allow", () -> "127.0.0.1:" + SERVER.getAddress().getPort());
    properties.add("city.source-clock.start-ms", () -> 100);
    properties.add("city.source-clock.check-ms", () -> 100);
  }

  private static HttpServer server() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> {
        int call = CALLS.incrementAndGet();
        var body = "id,zeit,co2\nA,%s,%d\n".formatted(Instant.parse("2026-05-01T10:00:00Z").plusSeconds(call), call)
            .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/csv");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
      });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void stop() {
    SERVER.stop(0);
  }

  @Test
  void whatIsDueIsFetchedByItselfAgainAndAgainUntilItIsSwitchedOff() {
    var town = municipalities.ensure("clock-town", "Uhrstadt", 9.19, 48.9, false);
    CurrentMunicipality.run(town,
        () -> sources.register(new NewSource("regular", "csv", "Regelmäßig",
            List.of("http://127.0.0.1:" + SERVER.getAddress().getPort() + "/werte.csv"), Duration.ofSeconds(10), null,
            null, null)));
    await().atMost(Duration.ofSeconds(60))
        .until(() -> CurrentMunicipality.call(town, () -> sources.find("regular")).orElseThrow().observations() >= 1);
    var status = CurrentMunicipality.call(town, () -> sources.find("regular")).orElseThrow();
    assertThat(status.state()).isEqualTo(SourceStatus.State.OK);
    assertThat(status.nextRunAt()).as("it is due again later").isAfter(Objects.requireNonNull(status.lastRunAt()));
    // Time is made to pass: the next run is due now.
    CurrentMunicipality.run(town,
        () -> jdbc.sql("update source_state set next_run_at = now() - interval '1 second'").update());
    await().atMost(Duration.ofSeconds(60))
        .until(() -> CurrentMunicipality.call(town, () -> sources.find("regular")).orElseThrow().observations() >= 2);
    CurrentMunicipality.run(town, () -> sources.setEnabled("regular", false));
    await().atMost(Duration.ofSeconds(60)).until(() -> CurrentMunicipality.call(town,
        () -> jdbc.sql("select count(*) from source_state where claimed_until > now()").query(Integer.class)
            .single()) == 0);
    assertThat(CurrentMunicipality.call(town, () -> sources.find("regular")).orElseThrow().state())
        .isEqualTo(SourceStatus.State.OFF);
    int calls = CALLS.get();
    var anotherTown = municipalities.ensure("clock-town-2", "Zweite Uhr", 9.19, 48.9, false);
    CurrentMunicipality.run(anotherTown,
        () -> sources.register(new NewSource("later", "csv", "Später",
            List.of("http://127.0.0.1:" + SERVER.getAddress().getPort() + "/later.csv"), Duration.ofHours(1), null,
            null, null)));
    await().atMost(Duration.ofSeconds(60)).until(
        () -> CurrentMunicipality.call(anotherTown, () -> sources.find("later")).orElseThrow().observations() >= 1);
    assertThat(CALLS.get()).as("only the other source was asked meanwhile").isEqualTo(calls + 1);
  }
}
