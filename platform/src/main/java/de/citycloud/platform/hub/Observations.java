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
   * the queue is full or the store does not answer, {@code datastream-not-found} (404) when a Datastream is unknown.
   * Nothing of a failed call is stored.
   *
   * @param observations 1 to 100,000
   * @param repeats what to do with repeats
   * @param idempotencyKey from the caller, 1 to 200 characters; a second call with the same key stores nothing and
   *     returns the first one's ids; null for none
   */
  CompletableFuture<List<ObservationId>> record(List<NewObservation> observations, Repeats repeats,
      @Nullable String idempotencyKey);

  /** Calls {@code listener} after each committed batch, in order of commit, until the returned handle is closed. */
  Subscription subscribe(Consumer<ObservationsRecorded> listener);

  /** Ends a subscription. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
