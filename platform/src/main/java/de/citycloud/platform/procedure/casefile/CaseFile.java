package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.procedure.casefile.CaseStatus.PaymentState;
import de.citycloud.platform.procedure.pack.VisibleState;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A case as it stands in the store; what people told stays encrypted.
 *
 * @param person the case itself, which has a key of its own
 * @param dueOn until when it is to be decided; while information is awaited, until when that should come
 * @param clockLeft days left of the deadline while it stands still; null while it runs
 * @param application answers and mail address, encrypted
 * @param asked what information is needed, encrypted; null if none is
 * @param account of the applicant; null without one
 */
record CaseFile(long id, CaseReference reference, Person person, long activation, String procedure, VisibleState state,
    @Nullable Outcome outcome, Instant stateSince, Instant receivedAt, @Nullable Instant closedAt,
    Submission.Channel channel, Locale language, String office, @Nullable Integer assignee, @Nullable LocalDate dueOn,
    @Nullable Integer clockLeft, @Nullable Instant objectionAt, BigDecimal fee, PaymentState payment,
    @Nullable Integer account, byte[] application, byte @Nullable [] asked, long version) {

  static CaseFile read(ResultSet row, int number) throws SQLException {
    var outcome = row.getString("outcome");
    return new CaseFile(row.getLong("id"), new CaseReference(row.getString("reference")),
        new Person(row.getString("person")), row.getLong("activation"), row.getString("procedure"),
        VisibleState.valueOf(row.getString("state")), outcome == null ? null : Outcome.valueOf(outcome),
        instant(row, "state_since"), instant(row, "received_at"), time(row, "closed_at"),
        Submission.Channel.valueOf(row.getString("channel")), Locale.of(row.getString("language")),
        row.getString("office"), row.getObject("assignee", Integer.class), row.getObject("due_on", LocalDate.class),
        row.getObject("clock_left", Integer.class), time(row, "objection_at"), row.getBigDecimal("fee"),
        PaymentState.valueOf(row.getString("payment")), row.getObject("account", Integer.class),
        row.getBytes("application"), row.getBytes("asked"), row.getLong("version"));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  /** True while an applicant may still end it. */
  boolean isUndecided() {
    return closedAt == null && outcome == null;
  }

  /** As it stands in the audit log. */
  String inLog() {
    return "case " + reference;
  }

  /** Says nothing personal. */
  @Override
  public String toString() {
    return inLog();
  }
}
