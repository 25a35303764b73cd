package de.citycloud.platform.barrier;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A reported barrier.
 *
 * @param page where it is, as the person wrote it; may be empty
 * @param problem what does not work
 * @param name of the person; empty if not said
 * @param email of the person; empty if not said, then there is nobody to answer
 * @param language of the person, {@code de} or {@code en}
 * @param dueAt until when it must be answered
 * @param answeredAt null while it is open
 */
record BarrierReport(long id, String page, String problem, String name, String email, String language,
    Instant createdAt, Instant dueAt, @Nullable Instant answeredAt, @Nullable String answer) {
  /** The answer clock. */
  static final Duration WEEKS_TO_ANSWER = Duration.ofDays(28);

  static BarrierReport read(ResultSet row, int number) throws SQLException {
    var answered = row.getObject("answered_at", OffsetDateTime.class);
    return new BarrierReport(row.getLong("id"), row.getString("page"), row.getString("problem"),
        row.getString("name"), row.getString("email"), row.getString("language"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("due_at", OffsetDateTime.class).toInstant(), answered == null ? null : answered.toInstant(),
        row.getString("answer"));
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
