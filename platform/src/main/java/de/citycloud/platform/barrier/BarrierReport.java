package de.citycloud.platform.barrier;

import de.citycloud.platform.privacy.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A reported barrier without its words, which {@link BarrierReports#wordsOf} opens.
 *
 * @param person the record itself: a report belongs to no account and has a key of its own
 * @param language of the person, {@code de} or {@code en}
 * @param dueAt until when it must be answered
 * @param answeredAt null while it is open
 */
record BarrierReport(long id, Person person, String language, Instant createdAt, Instant dueAt,
    @Nullable Instant answeredAt) {
  /** The answer clock. */
  static final Duration WEEKS_TO_ANSWER = Duration.ofDays(28);

  /**
   * What stands in it; all is empty if its key has ended.
   *
   * @param page where it is, as the person wrote it; may be empty
   * @param problem what does not work
   * @param name of the person; empty if not said
   * @param email of the person; empty if not said, then there is nobody to answer
   * @param answer empty while it is open
   */
  record Words(String page, String problem, String name, String email, String answer) {}

  static BarrierReport read(ResultSet row, int number) throws SQLException {
    var answered = row.getObject("answered_at", OffsetDateTime.class);
    return new BarrierReport(row.getLong("id"), new Person(row.getString("person")), row.getString("language"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("due_at", OffsetDateTime.class).toInstant(), answered == null ? null : answered.toInstant());
  }

  public boolean isLate() {
    return answeredAt == null && Instant.now().isAfter(dueAt);
  }

  /** Says nothing personal. */
  @Override
  public String toString() {
    return "barrier report " + id;
  }
}
