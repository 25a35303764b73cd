package de.citycloud.platform.database;

import de.citycloud.platform.problem.CityProblem;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * Room on the disk of the embedded server. PostgreSQL that cannot write its log stops, and cannot even start again; so
 * writing is refused while a reserve is still free, reading goes on, and once there is room again writing does too.
 */
public final class StoreSpace {
  private static final Logger LOG = LoggerFactory.getLogger(StoreSpace.class);
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final int RETRY_AFTER_SECONDS = 30;

  private final Path folder;
  private final long reserve;
  private volatile boolean low;
  private volatile long lookedAt = System.nanoTime() - FRESH_NANOS;

  /**
   * @param folder on the disk to watch
   * @param reserve bytes that stay free; 0 watches nothing
   */
  public StoreSpace(Path folder, long reserve) {
    this.folder = folder;
    this.reserve = reserve;
  }

  /** Never short: the disk of an external server is not ours to see. */
  public static StoreSpace unwatched() {
    return new StoreSpace(Path.of("."), 0);
  }

  /** True while less than the reserve is free; once it was, until a quarter more than that is. */
  public boolean isShort() {
    if (reserve <= 0) {
      return false;
    }
    if (System.nanoTime() - lookedAt > FRESH_NANOS) {
      look();
    }
    return low;
  }

  private synchronized void look() {
    if (System.nanoTime() - lookedAt <= FRESH_NANOS) {
      return;
    }
    // A disk without size is one that cannot be asked: then nothing is refused.
    var disk = folder.toFile();
    long free = disk.getTotalSpace() == 0 ? Long.MAX_VALUE : disk.getUsableSpace();
    boolean now = free < (low ? reserve + reserve / 4 : reserve);
    if (now != low) {
      LOG.warn("{} MB are free for the store, {} MB are the reserve: writing is {}.", free >> 20, reserve >> 20,
          now ? "refused" : "possible again");
    }
    low = now;
    lookedAt = System.nanoTime();
  }

  /** What a writer is told while {@link #isShort()}: {@code store-full} (507). */
  public CityProblem full() {
    return new CityProblem("store-full", HttpStatus.INSUFFICIENT_STORAGE,
        """
        The disk of the store is full but for a reserve of %d MB, expected room to write. Nothing of the call was stored.
        Maybe send it again later; whoever runs the program has to make room.\
        """.formatted(
            reserve >> 20),
        Map.of("retryAfterSeconds", RETRY_AFTER_SECONDS));
  }
}
