package de.citycloud.platform.hub.mqtt;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Payload of all connections that waits for the store. Above the limit nobody reads on, until half of it is gone. */
class Waiting {
  private final long limitBytes;
  private final AtomicLong bytes = new AtomicLong();
  private final ConcurrentLinkedQueue<Runnable> held = new ConcurrentLinkedQueue<>();

  Waiting(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  long bytes() {
    return bytes.get();
  }

  void add(long more) {
    bytes.addAndGet(more);
  }

  boolean isFull() {
    return bytes.get() > limitBytes;
  }

  /** Calls {@code resume} once there is room again. */
  void hold(Runnable resume) {
    held.add(resume);
    if (bytes.get() <= limitBytes / 2) {
      resumeAll();
    }
  }

  void remove(long less) {
    if (bytes.addAndGet(-less) <= limitBytes / 2) {
      resumeAll();
    }
  }

  private void resumeAll() {
    for (var resume = held.poll(); resume != null; resume = held.poll()) {
      resume.run();
    }
  }
}
