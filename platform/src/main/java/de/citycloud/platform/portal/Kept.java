package de.citycloud.platform.portal;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Keeps one value for each municipality for a while. While it is made anew, only one caller of that municipality works
 * and the others wait for it; the last few hundred municipalities at most are kept.
 */
final class Kept<T> {
  private static final int AT_MOST = 300;

  private record Entry<T>(T value, long madeAt) {}

  private final long keptNanos;
  private final Map<Integer, Entry<T>> entries = new ConcurrentHashMap<>();

  Kept(Duration kept) {
    this.keptNanos = kept.toNanos();
  }

  /** The kept value, or the one that {@code make} makes now. */
  T get(int municipality, Supplier<T> make) {
    var entry = entries.get(municipality);
    if (entry != null && System.nanoTime() - entry.madeAt < keptNanos) {
      return entry.value;
    }
    if (entries.size() >= AT_MOST) {
      entries.clear();
    }
    var made = entries.compute(municipality, (key, old) -> old != null && System.nanoTime() - old.madeAt < keptNanos
        ? old
        : new Entry<>(make.get(), System.nanoTime()));
    return made.value;
  }
}
