package de.citycloud.platform.hub.ingest;

import java.util.concurrent.TimeUnit;

/** Whether the store answers: after a failure all lanes refuse at once for a moment, then one batch tries again. */
final class StoreHealth {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private volatile long failedAt = System.nanoTime() - PAUSE_NANOS;

  private volatile boolean working = true;

  /** @return true if it worked until now */
  boolean failed() {
    failedAt = System.nanoTime();
    boolean news = working;
    working = false;
    return news;
  }

  /** @return true if it did not work until now */
  boolean works() {
    boolean news = !working;
    working = true;
    return news;
  }

  boolean isPausing() {
    return System.nanoTime() - failedAt < PAUSE_NANOS;
  }
}
