package de.citycloud.platform.operation;

import de.citycloud.platform.database.ApplicationConnections;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * Does the store answer? Asked at most once a second and by one thread at a time, and nobody waits longer than two
 * seconds: a hanging database must not hang those who ask whether it hangs.
 */
@Component
class StoreHealth {
  private static final long FRESH_NANOS = 1_000_000_000L;
  private static final int PATIENCE_SECONDS = 2;

  private final DataSource pool;
  private Check last = new Check(CompletableFuture.completedFuture(false), System.nanoTime() - 2 * FRESH_NANOS);

  StoreHealth(@ApplicationConnections DataSource pool) {
    this.pool = pool;
  }

  /** True if a query just now was answered. */
  boolean answers() {
    try {
      return latest().answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized Check latest() {
    if (last.answer.isDone() && System.nanoTime() - last.at > FRESH_NANOS) {
      var answer = new CompletableFuture<Boolean>();
      Thread.ofVirtual().name("store-health").start(() -> answer.complete(ask()));
      last = new Check(answer, System.nanoTime());
    }
    return last;
  }

  private boolean ask() {
    try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
      statement.setQueryTimeout(PATIENCE_SECONDS);
      return statement.execute("select 1");
    } catch (SQLException e) {
      return false;
    }
  }

  private record Check(CompletableFuture<Boolean> answer, long at) {}
}
