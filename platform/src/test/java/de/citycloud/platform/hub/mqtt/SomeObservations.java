package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.Observations;
import de.citycloud.platform.hub.ObservationsRecorded;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A store in memory whose answers a test decides. Datastreams from 1000 on do not exist. */
class SomeObservations implements Observations {
  final List<NewObservation> stored = new CopyOnWriteArrayList<>();
  final List<Integer> calls = new CopyOnWriteArrayList<>();
  private final List<Consumer<ObservationsRecorded>> listeners = new CopyOnWriteArrayList<>();
  /** A Datastream below 1000 that does not exist either; 0 for none. */
  volatile int missing;
  /** Called before anything is stored; its future decides when, and whether. */
  volatile Function<List<NewObservation>, CompletableFuture<?>> before = some -> CompletableFuture
      .runAsync(() -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));

  static CityProblem busy() {
    return new CityProblem("hub-busy", HttpStatus.SERVICE_UNAVAILABLE, "The store is busy.",
        Map.of("retryAfterSeconds", 1));
  }

  @Override
  public CompletableFuture<List<ObservationId>> record(List<NewObservation> observations, Repeats repeats,
      @Nullable String idempotencyKey) {
    var municipality = CurrentMunicipality.get();
    calls.add(observations.size());
    for (var observation : observations) {
      if (observation.datastreamId() >= 1000 || observation.datastreamId() == missing) {
        return CompletableFuture.failedFuture(new CityProblem("datastream-not-found", HttpStatus.NOT_FOUND,
            "The Datastream %d is not known here.".formatted(observation.datastreamId()),
            Map.of("datastreamId", observation.datastreamId())));
      }
    }
    return before.apply(observations).thenApply(done -> {
      var ids = new ArrayList<ObservationId>();
      var recorded = new ArrayList<ObservationsRecorded.Recorded>();
      for (var observation : observations) {
        var id = new ObservationId(observation.datastreamId(), observation.phenomenonTime(), 0);
        ids.add(id);
        recorded.add(new ObservationsRecorded.Recorded(id, observation));
      }
      stored.addAll(observations);
      listeners.forEach(listener -> listener.accept(new ObservationsRecorded(municipality, recorded)));
      return ids;
    });
  }

  @Override
  public Subscription subscribe(Consumer<ObservationsRecorded> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
