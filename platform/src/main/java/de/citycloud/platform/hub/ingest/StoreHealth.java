package de.citycloud.platform.hub.ingest;

import java.util.concurrent.TimeUnit;

/** Whether the store answers: after a failure all lanes refuse at once for a moment, then one batch tries again. */
final class StoreHealth {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private volatile long failedAt = System.nanoTime() - PAUSE_NANOS;

  void failed() {
    failedAt = System.nanoTime();
  }

  boolean isPausing() {
    return System.nanoTime() - failedAt < PAUSE_NANOS;
  }
}
