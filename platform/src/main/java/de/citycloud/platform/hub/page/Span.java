package de.citycloud.platform.hub.page;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How far back a chart reaches. */
enum Span {
  DAY("24h", Duration.ofHours(24), Duration.ofMinutes(5)), WEEK("7d", Duration.ofDays(7), Duration.ofHours(1)), MONTH(
      "30d", Duration.ofDays(30), Duration.ofHours(1));

  private final String key;
  private final Duration length;
  private final Duration finest;

  Span(String key, Duration length, Duration finest) {
    this.key = key;
    this.length = length;
    this.finest = finest;
  }

  /** The word in the address. */
  public String key() {
    return key;
  }

  Duration length() {
    return length;
  }

  /** The span with this word; empty if there is none. */
  static Optional<Span> find(String key) {
    return Arrays.stream(values()).filter(span -> span.key.equals(key)).findFirst();
  }

  /** The step of means for values that come every {@code interval}; zero if they are few enough to be shown singly. */
  Duration stepFor(Duration interval) {
    return interval.compareTo(finest) >= 0 ? Duration.ZERO : finest;
  }
}
