package de.citycloud.platform.hub;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one way into the store for everything measured. Acknowledged means durable: it survives a kill -9. */
public interface Observations {
  /** What to do with an Observation whose Datastream and phenomenonTime are already there. */
  enum Repeats {
    /** Keep both: equal times are legal in SensorThings. */
    KEEP,
    /** Store once: the source repeats itself. The id of the stored one is returned. */
    STORE_ONCE
  }

  /**
   * Records Observations for the current municipality, all or none.
   *
   * <p>The future ends after COMMIT with one id for each Observation, in order. It fails with a {@link
   * de.citycloud.platform.problem.CityProblem}: {@code hub-busy} (503, {@code retryAfterSeconds} in its details) when
   * the queue is full or the store does not answer within 3 s, {@code datastream-not-found} (404) when a Datastream is
   * unknown, {@code store-full} (507) while the disk has no room, {@code idempotency-key-reused} (422) when the key came before with other content, {@code
   * observation-not-storable} and {@code too-many-equal-times} (422). Nothing of a failed call is stored, unless
   * {@code hub-busy} has {@code maybeStored} in its details: then the store fell silent during the commit, and only a
   * second call with the same key, or {@code STORE_ONCE}, is sure not to double it. Times outside
   * of what the store holds fail at once with {@code time-out-of-range} (422), too much text with {@code
   * too-much-at-once} (413).
   *
   * @param observations 1 to 100,000
   * @param repeats what to do with repeats
   * @param idempotencyKey from the caller, 1 to 200 characters; a second call with the same key stores nothing and
   *     returns the first one's ids; null for none
   */
  CompletableFuture<List<ObservationId>> record(List<NewObservation> observations, Repeats repeats,
      @Nullable String idempotencyKey);

  /**
   * As above, for a caller that fills in what was not asked, such as the time: {@code asked} is what its own caller sent,
   * and a second call with the same key and the same {@code asked} gets the first one's ids, whatever was filled in.
   *
   * @param asked null: the Observations themselves are what was asked
   */
  default CompletableFuture<List<ObservationId>> record(List<NewObservation> observations, Repeats repeats,
      @Nullable String idempotencyKey, byte @Nullable [] asked) {
    return record(observations, repeats, idempotencyKey);
  }

  /** Calls {@code listener} after each committed batch, in order of commit, until the returned handle is closed. */
  Subscription subscribe(Consumer<ObservationsRecorded> listener);

  /**
   * As above. Who listens too slowly misses batches: instead of them {@code lagged} is called, in its place in the order,
   * and the listener may read from the store what it needs.
   */
  default Subscription subscribe(Consumer<ObservationsRecorded> listener, Runnable lagged) {
    return subscribe(listener);
  }

  /** Ends a subscription. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
