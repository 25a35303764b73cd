package de.citycloud.platform.privacy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One kind of data that ends by time: an event that starts the period, the period, and how to delete. Its texts are the
 * messages {@code retention.<key>.what} and {@code retention.<key>.start}. For rows of a table take
 * {@link ExpiringRows}.
 */
public interface RetentionRule {
  /** Stable name, lower case with hyphens. */
  String key();

  /** How long after the start event the data is kept. */
  Duration period();

  /**
   * How much is due in each municipality, by its id; municipalities with nothing due may be missing.
   *
   * @param owner connections that look over the wall, for counting only
   * @param before what started earlier is due
   */
  Map<Integer, Long> countDue(JdbcClient owner, Instant before);

  /**
   * Deletes what is due in the current municipality, at most {@code most} at a time; called until it deletes fewer.
   *
   * @param jdbc connections behind the wall
   * @param before what started earlier is due
   * @param held ids of persons whose data must stay
   * @return how much was deleted
   */
  long delete(JdbcClient jdbc, Instant before, Set<String> held, int most);
}
