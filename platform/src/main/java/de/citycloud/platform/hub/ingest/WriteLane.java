package de.citycloud.platform.hub.ingest;

import de.citycloud.platform.hub.ObservationsRecorded;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * Writes for one municipality, one batch after the other: the next batch is whatever arrived while the last one
 * committed. Its thread is started on demand and ends when idle. Nobody waits for ever: a call is refused when the
 * queue is full, when it waited too long, and when the store does not answer.
 */
final class WriteLane {
  /** Longest wait in the queue; with the patience below it stays under the promised 3 s. */
  static final long QUEUE_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);
  private static final Logger LOG = LoggerFactory.getLogger(WriteLane.class);
  private static final int BATCH_ROWS = 20_000;
  private static final int QUEUE_ROWS = 300_000;
  private static final long QUEUE_BYTES = 64L << 20;
  private static final long IDLE_SECONDS = 10;
  private static final int MOST_YIELDS = 8;
  private static final int PATIENCE_MILLIS = 1_800;
  private static final int LEAST_PATIENCE_MILLIS = 600;
  /** Even a slow disk takes this many rows a millisecond. */
  private static final int SLOWEST_ROWS_PER_MILLI = 10;

  private final Municipality municipality;
  private final BatchWriter writer;
  private final StoreHealth health;
  private final Consumer<ObservationsRecorded> announce;
  final LaneStatistics statistics;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Submission> queue = new ArrayDeque<>();
  private long queuedRows;
  private long queuedBytes;
  private boolean running;
  private volatile long lastUsed = System.nanoTime();

  WriteLane(Municipality municipality, BatchWriter writer, StoreHealth health, LaneStatistics statistics,
      Consumer<ObservationsRecorded> announce) {
    this.municipality = municipality;
    this.writer = writer;
    this.health = health;
    this.statistics = statistics;
    this.announce = announce;
  }

  /** Queues a call; its answer fails at once if there is no room. */
  void submit(Submission call) {
    statistics.received.add(call.rows());
    statistics.ahead.add(call.ahead);
    if (health.isPausing()) {
      refuse(call, busy("The store does not answer."));
      return;
    }
    lock.lock();
    try {
      if (!queue.isEmpty() && (queuedRows + call.rows() > QUEUE_ROWS || queuedBytes + call.bytes > QUEUE_BYTES)) {
        refuse(call, busy("The queue is full with %d Observations.".formatted(queuedRows)));
        return;
      }
      queue.add(call);
      count(call, 1);
      if (!running) {
        running = true;
        Thread.ofPlatform().daemon().name("ingest-" + municipality.slug()).start(this::run);
      } else if (queue.size() == 1) {
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Refuses what waited too long. */
  void expire() {
    var late = new ArrayList<Submission>();
    lock.lock();
    try {
      long now = System.nanoTime();
      for (var head = queue.peek(); head != null && now - head.submittedNanos > QUEUE_NANOS; head = queue.peek()) {
        late.add(queue.remove());
        count(head, -1);
      }
    } finally {
      lock.unlock();
    }
    late.forEach(call -> refuse(call, busy("The queue is slow: this request waited too long.")));
  }

  boolean isIdleFor(long nanos) {
    lock.lock();
    try {
      return !running && System.nanoTime() - lastUsed > nanos;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (var batch = next(); !batch.isEmpty(); batch = next()) {
      var outcome = new BatchWriter.Outcome();
      long start = System.nanoTime();
      try {
        writer.write(batch, patience(batch, start), outcome);
        statistics.lastCommitNanos.set(System.nanoTime() - start);
        statistics.batches.increment();
        if (health.works()) {
          LOG.info("The store answers again.");
        }
      } catch (SQLException e) {
        if (BatchWriter.isLost(e) || e.getSQLState().startsWith("53") || e.getSQLState().startsWith("57")) {
          if (health.failed()) {
            LOG.warn("The store does not answer; writing is refused until it does: {}", e.getMessage());
          }
        } else {
          LOG.warn("The store did not take a batch of {}: {} ({})", municipality.slug(), e.getMessage(),
              e.getSQLState());
        }
      } catch (RuntimeException e) {
        LOG.error("A batch of {} failed by our own mistake.", municipality.slug(), e);
      }
      answer(batch, outcome);
      lastUsed = System.nanoTime();
    }
  }

  private static int patience(List<Submission> batch, long start) {
    int rows = 0;
    long waited = 0;
    for (var call : batch) {
      rows += call.rows();
      waited = Math.max(waited, start - call.submittedNanos);
    }
    int left = PATIENCE_MILLIS + 500 - (int) TimeUnit.NANOSECONDS.toMillis(waited);
    return Math.clamp(left, LEAST_PATIENCE_MILLIS, PATIENCE_MILLIS) + rows / SLOWEST_ROWS_PER_MILLI;
  }

  private void answer(List<Submission> batch, BatchWriter.Outcome outcome) {
    if (health.isPausing()) {
      // What queued behind would only wait for the same.
      lock.lock();
      try {
        queue.forEach(call -> count(call, -1));
        batch.addAll(queue);
        queue.clear();
      } finally {
        lock.unlock();
      }
    }
    if (!outcome.stored().isEmpty()) {
      announce.accept(new ObservationsRecorded(municipality, outcome.stored()));
    }
    int answered = 0;
    for (var call : batch) {
      var ids = outcome.ids().get(call);
      if (ids != null) {
        answered += ids.size();
        call.answer.complete(ids);
      } else {
        refuse(call, outcome.refused().getOrDefault(call,
            writer.isUnsure(call) ? unsure() : busy("The store does not answer.")));
      }
    }
    statistics.stored.add(outcome.stored().size());
    statistics.repeated.add(answered - outcome.stored().size());
  }

  private void refuse(Submission call, RuntimeException problem) {
    statistics.refused.add(call.rows());
    call.answer.completeExceptionally(problem);
  }

  private void count(Submission call, int sign) {
    queuedRows += sign * (long) call.rows();
    queuedBytes += sign * call.bytes;
    statistics.queued.set((int) queuedRows);
  }

  /**
   * Whom the last answers woke is about to call again: as long as more arrive they get the processor first, so that
   * more of them share a commit. On an idle machine this takes no time.
   */
  private void letOthersArrive() {
    int before = 0;
    for (int i = 0; i < MOST_YIELDS && queue.size() > before; i++) {
      before = queue.size();
      lock.unlock();
      try {
        Thread.yield();
      } finally {
        lock.lock();
      }
    }
  }

  /** The next batch; empty when nothing came for a while, and then the thread ends. */
  private List<Submission> next() {
    var batch = new ArrayList<Submission>();
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
      do {
        while (queue.isEmpty()) {
          if (left <= 0) {
            running = false;
            return batch;
          }
          left = arrived.awaitNanos(left);
        }
        letOthersArrive();
      } while (queue.isEmpty()); // what waited may have expired meanwhile
      var keys = new HashSet<String>();
      long rows = 0;
      for (var head = queue.peek(); head != null; head = queue.peek()) {
        // The same key twice in one batch: the second one waits for the answer of the first.
        if (!batch.isEmpty() && rows + head.rows() > BATCH_ROWS || head.key != null && !keys.add(head.key.key())) {
          break;
        }
        batch.add(queue.remove());
        count(head, -1);
        rows += head.rows();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    } finally {
      lock.unlock();
    }
    return batch;
  }

  /** The store got the batch but did not answer, and was gone before we could ask again. */
  private static CityProblem unsure() {
    return new CityProblem("hub-busy", HttpStatus.SERVICE_UNAVAILABLE,
        """
        The store did not answer in time; it is not known whether it stored the Observations.
        Send them again with the same Idempotency-Key, or as repeats that are stored once.\
        """, Map.of("retryAfterSeconds", 2, "maybeStored", true));
  }

  static CityProblem busy(String why) {
    return new CityProblem("hub-busy", HttpStatus.SERVICE_UNAVAILABLE,
        why + """

              Nothing of this request was stored; send it again in a moment.\
              """, Map.of("retryAfterSeconds", 2));
  }
}
