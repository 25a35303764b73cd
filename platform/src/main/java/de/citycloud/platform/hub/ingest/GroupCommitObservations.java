package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.database.DatabaseAccess;
import de.citycloud.platform.database.StoreSpace;
import de.citycloud.platform.hub.FeaturesOfInterest;
import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.Observations;
import de.citycloud.platform.hub.ObservationsRecorded;
import de.citycloud.platform.hub.store.ObservationPartitions;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Records Observations by group commit: one lane for each municipality that writes. */
@Service
class GroupCommitObservations implements Observations {
  private static final int MOST = 100_000;
  private static final long MOST_BYTES = 48L << 20;
  private static final long LANE_IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final IngestConnections connections;
  private final ObservationPartitions partitions;
  private final FeaturesOfInterest features;
  private final StoreSpace space;
  private final LaneMeters meters;
  private final StoreHealth health = new StoreHealth();
  private final Subscribers subscribers = new Subscribers();
  private final Map<Integer, WriteLane> lanes = new ConcurrentHashMap<>();
  private final ScheduledExecutorService watch = Executors
      .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("ingest-watch").factory());

  GroupCommitObservations(DatabaseAccess access, ObservationPartitions partitions, FeaturesOfInterest features,
      MeterRegistry registry) {
    this(access, partitions, features, registry, StoreSpace.unwatched());
  }

  @Autowired
  GroupCommitObservations(DatabaseAccess access, ObservationPartitions partitions, FeaturesOfInterest features,
      MeterRegistry registry, StoreSpace space) {
    this.space = space;
    this.connections = new IngestConnections(access);
    this.partitions = partitions;
    this.features = features;
    this.meters = new LaneMeters(registry);
    watch.scheduleWithFixedDelay(this::watch, 250, 250, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void close() {
    watch.shutdownNow();
    subscribers.close();
    connections.close();
  }

  @Override
  public CompletableFuture<List<ObservationId>> record(List<NewObservation> observations, Repeats repeats,
      @Nullable String idempotencyKey) {
    return record(observations, repeats, idempotencyKey, null);
  }

  @Override
  public CompletableFuture<List<ObservationId>> record(List<NewObservation> observations, Repeats repeats,
      @Nullable String idempotencyKey, byte @Nullable [] asked) {
    if (observations.isEmpty() || observations.size() > MOST) {
      throw new IllegalArgumentException(
          "%d Observations came at once, expected 1 to %d.".formatted(observations.size(), MOST));
    }
    if (space.isShort()) {
      return CompletableFuture.failedFuture(space.full());
    }
    var municipality = CurrentMunicipality.get();
    var key = idempotencyKey == null
        ? null
        : Submission.IdempotencyKey.of(idempotencyKey, observations, repeats, asked);
    Submission call;
    try {
      call = new Submission(List.copyOf(observations), repeats, key);
      if (call.bytes > MOST_BYTES) {
        throw new CityProblem("too-much-at-once", HttpStatus.CONTENT_TOO_LARGE,
            """
            The Observations take %d MB, expected at most %d MB in one request.
            Send them in smaller parts.\
            """.formatted(call.bytes >> 20, MOST_BYTES >> 20));
      }
    } catch (CityProblem problem) {
      return CompletableFuture.failedFuture(problem);
    }
    lanes.computeIfAbsent(municipality.id(), ignored -> newLane(municipality)).submit(call);
    return call.answer;
  }

  @Override
  public Subscription subscribe(Consumer<ObservationsRecorded> listener) {
    return subscribe(listener, () -> {});
  }

  @Override
  public Subscription subscribe(Consumer<ObservationsRecorded> listener, Runnable lagged) {
    return subscribers.add(listener, lagged);
  }

  private WriteLane newLane(Municipality municipality) {
    return new WriteLane(municipality, new BatchWriter(municipality, connections.walled(), partitions, features),
        health,
        meters.of(municipality), subscribers::tell);
  }

  private void watch() {
    for (var id : lanes.keySet()) {
      // A lane that is used again in this very moment works on beside its successor: the unique key holds.
      lanes.computeIfPresent(id, (ignored, lane) -> {
        lane.expire();
        return lane.isIdleFor(LANE_IDLE_NANOS) ? null : lane;
      });
    }
  }
}
