package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.hub.Observations.Subscription;
import de.citycloud.platform.hub.ObservationsRecorded;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells each listener on a thread of its own, so that a slow one holds up neither the lanes nor the others. */
final class Subscribers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Subscribers.class);
  /** What may wait for one listener, in Observations. */
  private static final int MOST_WAITING = 200_000;

  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

  Subscription add(Consumer<ObservationsRecorded> listener, Runnable lagged) {
    var subscriber = new Subscriber(listener, lagged);
    subscribers.add(subscriber);
    subscriber.thread = Thread.ofVirtual().name("observations-recorded").start(subscriber::run);
    return () -> {
      subscribers.remove(subscriber);
      subscriber.end();
    };
  }

  void tell(ObservationsRecorded recorded) {
    subscribers.forEach(subscriber -> subscriber.add(recorded));
  }

  @Override
  public void close() {
    subscribers.forEach(Subscriber::end);
    subscribers.clear();
  }

  private static final class Subscriber {
    private final Consumer<ObservationsRecorded> listener;
    private final Runnable lagged;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<ObservationsRecorded> waiting = new ArrayDeque<>();
    private int waitingRows;
    private boolean missed;
    private boolean ended;
    private @Nullable Thread thread;

    Subscriber(Consumer<ObservationsRecorded> listener, Runnable lagged) {
      this.listener = listener;
      this.lagged = lagged;
    }

    void add(ObservationsRecorded recorded) {
      lock.lock();
      try {
        if (!waiting.isEmpty() && waitingRows + recorded.observations().size() > MOST_WAITING) {
          // Everything that waits is old by now; the listener starts afresh and reads the rest from the store.
          waiting.clear();
          waitingRows = 0;
          missed = true;
        } else {
          waiting.add(recorded);
          waitingRows += recorded.observations().size();
        }
        changed.signal();
      } finally {
        lock.unlock();
      }
    }

    void end() {
      lock.lock();
      try {
        ended = true;
        waiting.clear();
        changed.signal();
      } finally {
        lock.unlock();
      }
      // A listener that hangs must not live on; one that ends its own subscription finishes its work.
      var running = thread;
      if (running != null && running != Thread.currentThread()) {
        running.interrupt();
      }
    }

    void run() {
      while (true) {
        @Nullable
        ObservationsRecorded next;
        boolean tellMissed;
        lock.lock();
        try {
          while (waiting.isEmpty() && !missed && !ended) {
            changed.await();
          }
          if (ended) {
            return;
          }
          tellMissed = missed;
          missed = false;
          next = tellMissed ? null : waiting.remove();
          waitingRows -= next == null ? 0 : next.observations().size();
        } catch (InterruptedException e) {
          return;
        } finally {
          lock.unlock();
        }
        try {
          if (next == null) {
            lagged.run();
          } else {
            listener.accept(next);
          }
        } catch (RuntimeException e) {
          LOG.warn("A listener to Observations failed.", e);
        }
      }
    }
  }
}
