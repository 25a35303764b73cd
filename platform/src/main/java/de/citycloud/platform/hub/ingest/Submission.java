package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.hub.Result;
import de.citycloud.platform.problem.CityProblem;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One call of {@code record}, prepared by the caller's thread so that the lane only has to write. */
final class Submission {
  /** What timestamptz and an id of 64-bit microseconds both hold. */
  static final Instant EARLIEST = Instant.parse("-4712-01-01T00:00:00Z");
  static final Instant LATEST = Instant.parse("+294246-12-31T23:59:59.999999Z");
  private static final int ROW_BYTES = 64;

  final List<NewObservation> observations;
  final Repeats repeats;
  final @Nullable IdempotencyKey key;
  final CompletableFuture<List<ObservationId>> answer = new CompletableFuture<>();
  /** Start of each phenomenonTime, in microseconds since 1970. */
  final long[] at;
  /** What does not fit in columns, as JSON; null if no row has any. */
  final @Nullable String @Nullable [] details;
  /** Memory it takes while it waits, about. */
  final long bytes;
  final long submittedNanos = System.nanoTime();

  Submission(List<NewObservation> observations, Repeats repeats, @Nullable IdempotencyKey key) {
    this.observations = observations;
    this.repeats = repeats;
    this.key = key;
    this.at = new long[observations.size()];
    @Nullable
    String @Nullable [] texts = null;
    long size = 0;
    for (int i = 0; i < at.length; i++) {
      var observation = observations.get(i);
      at[i] = micros(observation.phenomenonTime());
      var text = details(observation);
      if (text != null) {
        texts = texts == null ? new @Nullable String[at.length] : texts;
        texts[i] = text;
        size += 2L * text.length();
      }
    }
    this.details = texts;
    this.bytes = size + (long) ROW_BYTES * at.length;
  }

  int rows() {
    return at.length;
  }

  /** Microseconds since 1970. */
  static long micros(Instant time) {
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw new CityProblem("time-out-of-range", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          The time is %s, expected %s to %s.
          Maybe a unit is mixed up: milliseconds for seconds.\
          """.formatted(time, EARLIEST, LATEST));
    }
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
  }

  private static @Nullable String details(NewObservation observation) {
    var end = observation.phenomenonEnd();
    var extras = observation.extras();
    boolean number = observation.result() instanceof Result.Numeric;
    if (end == null && number && (extras == null || extras.isEmpty())) {
      return null;
    }
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    if (end != null) {
      details.put("end", micros(end));
    }
    if (observation.result() instanceof Result.Json(var value)) {
      details.set("result", value);
    }
    if (extras != null) {
      for (var name : List.of("validTime", "resultQuality", "parameters")) {
        var value = extras.get(name);
        if (value != null) {
          details.set(name, value);
        }
      }
    }
    return details.toString();
  }

  /** A caller's key with the fingerprint of what it asks. */
  record IdempotencyKey(String key, byte[] content, boolean timesFromRequest) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof IdempotencyKey(var otherKey, var otherContent, var ignored) && key.equals(otherKey)
          && Arrays.equals(content, otherContent);
    }

    @Override
    public int hashCode() {
      return key.hashCode();
    }
  }
}
