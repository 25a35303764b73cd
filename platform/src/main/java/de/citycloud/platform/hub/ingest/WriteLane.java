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
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * Writes for one municipality, one batch after the other: the next batch is whatever arrived while the last one
 * committed. Its thread is started on demand and ends when idle.
 */
final class WriteLane {
  private static final Logger LOG = LoggerFactory.getLogger(WriteLane.class);
  private static final int BATCH_ROWS = 50_000;
  private static final int QUEUE_ROWS = 400_000;
  private static final long QUEUE_BYTES = 64L << 20;
  private static final long IDLE_SECONDS = 10;

  private final Municipality municipality;
  private final BatchWriter writer;
  private final Consumer<ObservationsRecorded> announce;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Submission> queue = new ArrayDeque<>();
  private long queuedRows;
  private long queuedBytes;
  private boolean running;

  WriteLane(Municipality municipality, DataSource connections, Consumer<ObservationsRecorded> announce) {
    this.municipality = municipality;
    this.writer = new BatchWriter(municipality, connections);
    this.announce = announce;
  }

  /** Queues a call; its answer fails at once if there is no room. */
  void submit(Submission submission) {
    lock.lock();
    try {
      if (!queue.isEmpty() && (queuedRows + submission.rows() > QUEUE_ROWS
          || queuedBytes + submission.bytes > QUEUE_BYTES)) {
        submission.answer.completeExceptionally(busy("The queue is full with %d Observations.".formatted(queuedRows)));
        return;
      }
      queue.add(submission);
      queuedRows += submission.rows();
      queuedBytes += submission.bytes;
      if (!running) {
        running = true;
        Thread.ofPlatform().daemon().name("ingest-" + municipality.slug()).start(this::run);
      } else {
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (var batch = next(); !batch.isEmpty(); batch = next()) {
      var outcome = new BatchWriter.Outcome();
      try {
        writer.write(batch, outcome);
      } catch (SQLException | RuntimeException e) {
        LOG.warn("The store did not take a batch of {}: {}", municipality.slug(), e.toString());
        var problem = busy("The store does not answer.");
        batch.stream().filter(s -> !outcome.ids().containsKey(s)).forEach(s -> outcome.refused().put(s, problem));
      }
      for (var submission : batch) {
        var ids = outcome.ids().get(submission);
        if (ids != null) {
          submission.answer.complete(ids);
        } else {
          submission.answer.completeExceptionally(
              outcome.refused().getOrDefault(submission, busy("The batch was interrupted.")));
        }
      }
      if (!outcome.stored().isEmpty()) {
        announce.accept(new ObservationsRecorded(municipality, outcome.stored()));
      }
    }
  }

  /** The next batch; empty when nothing came for a while, and then the thread ends. */
  private List<Submission> next() {
    var batch = new ArrayList<Submission>();
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
      while (queue.isEmpty()) {
        if (left <= 0) {
          running = false;
          return batch;
        }
        left = arrived.awaitNanos(left);
      }
      var keys = new HashSet<String>();
      long rows = 0;
      for (var head = queue.peek(); head != null; head = queue.peek()) {
        // The same key twice in one batch: the second one waits for the answer of the first.
        if (!batch.isEmpty() && rows + head.rows() > BATCH_ROWS || head.key != null && !keys.add(head.key.key())) {
          break;
        }
        queue.remove();
        queuedRows -= head.rows();
        queuedBytes -= head.bytes;
        rows += head.rows();
        batch.add(head);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    } finally {
      lock.unlock();
    }
    return batch;
  }

  static CityProblem busy(String why) {
    return new CityProblem("hub-busy", HttpStatus.SERVICE_UNAVAILABLE,
        why + """

              Nothing of this request was stored; send it again in a moment.\
              """, Map.of("retryAfterSeconds", 2));
  }
}
