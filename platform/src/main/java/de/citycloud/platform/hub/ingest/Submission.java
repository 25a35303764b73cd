package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.Observations.Repeats;
import de.citycloud.platform.hub.Result;
import de.citycloud.platform.problem.CityProblem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
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
  /** A phenomenonTime more than this ahead comes from a wrong clock, or is a forecast; in microseconds. */
  static final long AHEAD_MICROS = 3_600_000_000L;
  private static final int ROW_BYTES = 64;

  final List<NewObservation> observations;
  final Repeats repeats;
  final @Nullable IdempotencyKey key;
  final CompletableFuture<List<ObservationId>> answer = new CompletableFuture<>();
  /** Start of each phenomenonTime, in microseconds since 1970. */
  final long[] at;
  /** What does not fit in columns, as JSON; null if no row has any. */
  final @Nullable String @Nullable [] details;
  /** How many rows are dated more than an hour ahead of our clock. */
  final int ahead;
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
    int aheadRows = 0;
    long now = micros(Instant.now());
    for (int i = 0; i < at.length; i++) {
      var observation = observations.get(i);
      at[i] = micros(observation.phenomenonTime());
      long ahead = at[i] - now;
      boolean isAhead = ahead > AHEAD_MICROS;
      aheadRows += isAhead ? 1 : 0;
      var text = details(observation, isAhead ? ahead / 1_000_000 : 0);
      if (text != null) {
        texts = texts == null ? new @Nullable String[at.length] : texts;
        texts[i] = text;
        size += 2L * text.length();
      }
    }
    this.details = texts;
    this.ahead = aheadRows;
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

  private static @Nullable String details(NewObservation observation, long aheadSeconds) {
    var end = observation.phenomenonEnd();
    var extras = observation.extras();
    boolean number = observation.result() instanceof Result.Numeric;
    if (end == null && number && aheadSeconds == 0 && (extras == null || extras.isEmpty())) {
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
    if (aheadSeconds > 0) {
      details.put("ahead", aheadSeconds);
    }
    var text = details.toString();
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new CityProblem("observation-not-storable", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          A text of the Observation contains half a character (a lone surrogate), expected Unicode.
          Maybe a text was cut in the middle of an emoji.\
          """);
    }
    return text;
  }

  /**
   * A caller's key.
   *
   * @param content SHA-256 of what was asked
   * @param timesAsked true if the phenomenonTimes stand in what was asked, so that they need not be remembered
   */
  record IdempotencyKey(String key, byte[] content, boolean timesAsked) {
    static IdempotencyKey of(String key, List<NewObservation> observations, Repeats repeats,
        byte @Nullable [] asked) {
      if (key.isEmpty() || key.length() > 200) {
        throw new IllegalArgumentException("The key has %d characters, expected 1 to 200.".formatted(key.length()));
      }
      try {
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update(repeats.name().getBytes(StandardCharsets.UTF_8));
        if (asked != null) {
          digest.update(asked);
        } else {
          for (var observation : observations) {
            digest.update(observation.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
          }
        }
        return new IdempotencyKey(key, digest.digest(), asked == null);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java has SHA-256.", e);
      }
    }
  }
}
