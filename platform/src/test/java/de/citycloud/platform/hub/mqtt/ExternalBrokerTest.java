package de.citycloud.platform.hub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.hub.Result;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Another door plays the broker from which this one reads. */
class ExternalBrokerTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private static void publishThere(OpenDoor there, int datastream, double result) {
    CurrentMunicipality.call(OpenDoor.LUDWIGSBURG, () -> there.observations
        .record(List.of(NewObservation.of(datastream, NOON, result)), Repeats.KEEP, null)).join();
  }

  private static ExternalBroker reader(OpenDoor there, OpenDoor here) {
    var settings = OpenDoor.settings(20, Duration.ofSeconds(20));
    var broker = new MqttSettings.Broker("mqtt://127.0.0.1:" + there.port(), "key", OpenDoor.READ_KEY,
        List.of("ludwigsburg/v1.1/#"), null, "city-of-test");
    return new ExternalBroker(
        new MqttSettings(true, settings.address(), 0, settings.packet(), settings.connections(),
            settings.subscriptions(), settings.receiveMaximum(), settings.inFlight(), settings.outgoing(),
            settings.slow(), settings.connect(), settings.patience(), broker),
        here.callers(), here.intake());
  }

  @Test
  void whatTheBrokerSendsIsStoredAndTriedAgainWhileTheStoreIsBusy() {
    try (var there = OpenDoor.standard(); var here = OpenDoor.standard(); var broker = reader(there, here)) {
      var tries = new AtomicInteger();
      here.observations.before = some -> tries.incrementAndGet() < 3
          ? CompletableFuture.failedFuture(SomeObservations.busy())
          : CompletableFuture.completedFuture(null);
      broker.start();
      await().until(() -> there.subscriptions() == 1);
      publishThere(there, 7, 21.5);
      await().until(() -> here.observations.stored.size() == 1);
      assertThat(here.observations.stored.getFirst()).satisfies(stored -> {
        assertThat(stored.phenomenonTime()).isEqualTo(NOON);
        assertThat(stored.result()).isEqualTo(Result.of(21.5));
      });
      assertThat(tries).hasValue(3);
    }
  }

  @Test
  void whatCannotBeStoredGoesToQuarantineAndTheRestGoesOn() {
    try (var there = OpenDoor.standard(); var here = OpenDoor.standard(); var broker = reader(there, here)) {
      broker.start();
      await().until(() -> there.subscriptions() == 1);
      here.observations.missing = 8;
      publishThere(there, 8, 1);
      publishThere(there, 7, 2);
      await().until(() -> here.observations.stored.size() == 1 && here.quarantine.size() == 1);
      assertThat(here.quarantine)
          .containsExactly("ludwigsburg/v1.1/Datastreams(8)/Observations: datastream-not-found");
    }
  }

  @Test
  void whenTheBrokerComesBackReadingGoesOn() {
    try (var there = OpenDoor.standard(); var here = OpenDoor.standard(); var broker = reader(there, here)) {
      broker.start();
      await().until(() -> there.subscriptions() == 1);
      there.sessions.listOpen().forEach(connection -> connection.channel().close());
      await().until(() -> there.subscriptions() == 0);
      await().atMost(Duration.ofSeconds(30)).until(() -> there.subscriptions() == 1);
      publishThere(there, 7, 3);
      await().until(() -> here.observations.stored.size() == 1);
    }
  }

  @Test
  void anAddressThatIsNoneIsSaidAtTheStart() {
    try (var here = OpenDoor.standard()) {
      var settings = OpenDoor.settings(20, Duration.ofSeconds(20));
      var broker = new ExternalBroker(
          new MqttSettings(true, "127.0.0.1", 0, settings.packet(), 1, 1, 1, settings.inFlight(), settings.outgoing(),
              settings.slow(), settings.connect(), settings.patience(),
              new MqttSettings.Broker("http://somewhere", null, "", List.of("#"), null, "x")),
          here.callers(), here.intake());
      assertThatThrownBy(broker::start).hasMessageContaining("http://somewhere").hasMessageContaining("mqtt://");
    }
  }
}
