package de.citycloud.benchmarks.hub;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Runs the same work from several clients for a time and measures what gets through. */
public final class Load {
  private static final int SAMPLES = 1 << 17;

  private Load() {}

  /**
   * What was measured.
   *
   * @param perSecond units of work a second
   * @param p50Millis half of the calls were faster, ms
   * @param p95Millis 95 of 100 calls were faster, ms
   * @param p99Millis 99 of 100 calls were faster, ms
   * @param failures calls that were refused or broke
   */
  public record Figure(double perSecond, double p50Millis, double p95Millis, double p99Millis, long failures) {}

  /** One client: does one call and returns the units of work done, or −1 if the call failed. */
  @FunctionalInterface
  public interface Client extends AutoCloseable {
    int call() throws Exception;

    @Override
    default void close() throws Exception {}
  }

  /** Makes the client with this number. */
  @FunctionalInterface
  public interface ClientFactory {
    Client open(int number) throws Exception;
  }

  /** Runs {@code clients} for {@code warmUpSeconds} uncounted and {@code seconds} counted. */
  public static Figure run(int clients, int warmUpSeconds, int seconds, ClientFactory factory) throws Exception {
    return run(clients, warmUpSeconds, seconds, 0, factory);
  }

  /** The same with people: each waits about {@code pauseMillis} after an answer. */
  public static Figure run(int clients, int warmUpSeconds, int seconds, int pauseMillis, ClientFactory factory)
      throws Exception {
    var units = new AtomicLong();
    var failures = new AtomicLong();
    long begin = System.nanoTime() + warmUpSeconds * 1_000_000_000L;
    long end = begin + seconds * 1_000_000_000L;
    var latencies = inParallel(clients, number -> {
      var samples = new long[SAMPLES];
      int count = 0;
      try (var client = factory.open(number)) {
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
          int done = client.call();
          if (start >= begin) {
            if (done < 0) {
              failures.incrementAndGet();
            } else {
              units.addAndGet(done);
            }
            samples[count++ % SAMPLES] = System.nanoTime() - start;
          }
          if (pauseMillis > 0) {
            Thread.sleep(ThreadLocalRandom.current().nextInt(pauseMillis / 2, pauseMillis * 3 / 2));
          }
        }
      }
      return Arrays.copyOf(samples, Math.min(count, SAMPLES));
    });
    var all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Figure(units.get() / (double) seconds, percentile(all, 0.5), percentile(all, 0.95),
        percentile(all, 0.99), failures.get());
  }

  /** A numbered task that may throw. */
  @FunctionalInterface
  interface Task<T> {
    T run(int number) throws Exception;
  }

  /** Runs the tasks 0 to count − 1, each in a thread of its own, and returns their results in order. */
  static <T> List<T> inParallel(int count, Task<T> task) throws Exception {
    try (var threads = Executors.newFixedThreadPool(count)) {
      var calls = IntStream.range(0, count).<Callable<T>>mapToObj(number -> () -> task.run(number)).toList();
      var results = new ArrayList<T>(count);
      for (Future<T> result : threads.invokeAll(calls)) {
        try {
          results.add(result.get());
        } catch (ExecutionException e) {
          throw e.getCause() instanceof Exception cause ? cause : e;
        }
      }
      return results;
    }
  }

  private static double percentile(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
  }
}
