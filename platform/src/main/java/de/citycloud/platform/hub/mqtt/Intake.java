package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.hub.Observations;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.hub.mqtt.PublishRoutes.Route;
import de.citycloud.platform.hub.sensorthings.ObservationJson;
import de.citycloud.platform.hub.sensorthings.ReceivedObservation;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Takes single messages from elsewhere: stored, or in quarantine; while the store is busy they wait. */
record Intake(Observations observations, ObservationCreator creator, PublishRoutes routes, Rejections rejections,
    DoorMeters meters,
    Executor blocking) {
  private static final long RETRY_MILLIS = 250;
  private static final long RETRY_AT_MOST_MILLIS = 10_000;

  /** True if the store alone can take it: nearly always. */
  static boolean isSimple(ReceivedObservation received) {
    return received.isComplete() && received.observation().featureId() == null;
  }

  /** The future ends once the message is durable or in quarantine. It goes on trying for as long as that takes. */
  CompletableFuture<Void> take(Municipality municipality, String topic, byte[] payload, String sender) {
    var done = new CompletableFuture<Void>();
    take(municipality, topic, payload, sender, 0, done);
    return done;
  }

  private void take(Municipality municipality, String topic, byte[] payload, String sender, int tries,
      CompletableFuture<Void> done) {
    CompletableFuture<?> stored;
    try {
      stored = CurrentMunicipality.call(municipality, () -> store(municipality, topic, payload));
    } catch (RuntimeException e) {
      stored = CompletableFuture.failedFuture(e);
    }
    stored.whenComplete((result, failure) -> {
      if (failure == null) {
        meters.stored.increment();
        done.complete(null);
      } else if (failure instanceof RefusedTopic refused) {
        meters.refused(refused.refusal, 1);
        done.complete(null);
      } else if (Refusal.of(failure).fault() == Refusal.Fault.OURS) {
        again(() -> take(municipality, topic, payload, sender, tries + 1, done), tries);
      } else {
        var refusal = Refusal.of(failure);
        meters.refused(refusal, 1);
        rejections.keep(municipality, sender, topic, payload, refusal).whenComplete((before, notKept) -> {
          if (notKept == null) {
            done.complete(null);
          } else {
            again(() -> take(municipality, topic, payload, sender, tries + 1, done), tries);
          }
        });
      }
    });
  }

  private void again(Runnable work, int tries) {
    CompletableFuture.delayedExecutor(Math.min(RETRY_AT_MOST_MILLIS, RETRY_MILLIS << Math.min(tries, 10)),
        TimeUnit.MILLISECONDS, blocking).execute(work);
  }

  private CompletableFuture<?> store(Municipality municipality, String topic, byte[] payload) {
    return switch (routes.route(topic, municipality)) {
      case Route.ToObservations(var datastreamId) -> {
        var received = ObservationJson.parse(payload, datastreamId);
        if (isSimple(received) && creator.isKnownPlaced(municipality, received.observation().datastreamId())) {
          yield observations.record(List.of(received.observation()), Repeats.KEEP, null);
        }
        creator.create(received, payload); // runs on a virtual thread of its own
        yield CompletableFuture.completedFuture(null);
      }
      case Route.ToHandler(var handler, var rest) -> handler
          .handle(new MqttDelivery(municipality, rest, payload, Instant.now()));
      case Route.Refused(var refusal) -> CompletableFuture.failedFuture(new RefusedTopic(refusal));
    };
  }

  /** A topic that nobody takes. */
  private static final class RefusedTopic extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    RefusedTopic(Refusal refusal) {
      super(refusal.reason(), null, false, false);
      this.refusal = refusal;
    }
  }
}
