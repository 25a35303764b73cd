package de.citycloud.platform.procedure.casefile;

import java.util.stream.Collectors;
import java.util.Map;
import java.util.Collection;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.casefile.CaseStatus.PaymentState;
import de.citycloud.platform.procedure.pack.VisibleState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The row of a case and what happened to it. Tasks, papers and decisions have stores of their own. */
@Component
class CaseStore {
  private final JdbcClient jdbc;

  CaseStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What a new case begins with. @param application encrypted with the key of {@code person} */
  record Beginning(CaseReference reference, Person person, Submission submission, Instant receivedAt,
      @Nullable LocalDate dueOn, BigDecimal fee, PaymentState payment, byte[] codeHash, byte[] application) {}

  /** What was sent before with the same key. */
  record Known(long id, CaseReference reference, BigDecimal fee, @Nullable LocalDate dueOn,
      OffsetDateTime receivedAt) {}

  /** Adds a case and returns its number; empty if the submission, or by chance the reference, is there already. */
  Optional<Long> add(Beginning beginning) {
    var submission = beginning.submission;
    ResolvedProcedure procedure = submission.procedure();
    var manifest = procedure.pack().manifest();
    var now = beginning.receivedAt.atOffset(ZoneOffset.UTC);
    return jdbc
        .sql(
            """
            insert into case_file (municipality_id, reference, person, submission, activation, procedure, procedure_de,
              procedure_en, state, state_since, received_at, archive, channel, language, office, due_on, fee, payment, account,
              code_hash, application)
            values (?, ?, ?, ?, ?, ?, ?, ?, 'RECEIVED', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing returning id
            """)
        .param(CurrentMunicipality.get().id()).param(beginning.reference.text()).param(beginning.person.id())
        .param(submission.key()).param(procedure.activationId()).param(procedure.key()).param(manifest.name().de())
        .param(manifest.name().en()).param(now).param(now).param(manifest.archive())
        .param(submission.channel().name())
        .param(submission.language().getLanguage().equals(Locale.ENGLISH.getLanguage()) ? "en" : "de")
        .param(procedure.office().key()).param(beginning.dueOn).param(beginning.fee).param(beginning.payment.name())
        .param(submission.account()).param(beginning.codeHash).param(beginning.application).query(Long.class)
        .optional();
  }

  Optional<Known> findSubmission(UUID key) {
    return jdbc.sql("select id, reference, fee, due_on, received_at from case_file where submission = ?").param(key)
        .query((row, number) -> new Known(row.getLong(1), new CaseReference(row.getString(2)), row.getBigDecimal(3),
            row.getObject(4, LocalDate.class), row.getObject(5, OffsetDateTime.class)))
        .optional();
  }

  Optional<CaseFile> find(CaseReference reference) {
    return jdbc.sql("select * from case_file where reference = ?").param(reference.text()).query(CaseFile::read)
        .optional();
  }

  /** The case, for this transaction alone: others who want to change it wait. */
  Optional<CaseFile> lock(CaseReference reference) {
    return jdbc.sql("select * from case_file where reference = ? for update").param(reference.text())
        .query(CaseFile::read).optional();
  }

  byte[] codeHashOf(CaseReference reference) {
    return jdbc.sql("select code_hash from case_file where reference = ?").param(reference.text())
        .query(byte[].class).optional().orElse(new byte[32]);
  }

  /** Cases of an account, newest first, at most 200. */
  List<CaseFile> listOf(int account) {
    return jdbc.sql("select * from case_file where account = ? order by id desc limit 200").param(account)
        .query(CaseFile::read).list();
  }

  /** Every change makes the case a new version. */
  void touch(CaseFile file, boolean unread) {
    jdbc.sql("update case_file set version = version + 1, unread = ? where id = ?").params(unread, file.id()).update();
  }

  /** Somebody of the office in charge has looked; that alone is no new version. */
  void seen(CaseFile file) {
    jdbc.sql("update case_file set unread = false where id = ? and unread").param(file.id()).update();
  }

  void state(CaseFile file, VisibleState state, Instant at) {
    jdbc.sql("update case_file set state = ?, state_since = ? where id = ? and state <> ?")
        .params(state.name(), at.atOffset(ZoneOffset.UTC), file.id(), state.name()).update();
  }

  void outcome(CaseFile file, @Nullable Outcome outcome, @Nullable Instant at) {
    jdbc.sql("update case_file set outcome = ?, decided_at = ? where id = ?")
        .param(outcome == null ? null : outcome.name()).param(at == null ? null : at.atOffset(ZoneOffset.UTC))
        .param(file.id()).update();
  }

  /** It is over. @param deleteAfter when its time is over; null while an objection is open */
  void close(CaseFile file, Instant at, @Nullable Instant deleteAfter) {
    jdbc.sql("update case_file set closed_at = ?, delete_after = ?, clock_left = null, asked = null where id = ?")
        .param(at.atOffset(ZoneOffset.UTC)).param(deleteAfter == null ? null : deleteAfter.atOffset(ZoneOffset.UTC))
        .param(file.id()).update();
  }

  /** It goes on. */
  void open(CaseFile file, @Nullable LocalDate dueOn, @Nullable Instant objectionAt) {
    jdbc.sql("update case_file set closed_at = null, delete_after = null, objection_at = ? where id = ?")
        .param(objectionAt == null ? null : objectionAt.atOffset(ZoneOffset.UTC)).param(file.id()).update();
    due(file, dueOn, null, null);
  }

  /** The deadline of the case and of its open tasks. */
  void due(CaseFile file, @Nullable LocalDate dueOn, @Nullable Integer clockLeft, byte @Nullable [] asked) {
    jdbc.sql("update case_file set due_on = ?, clock_left = ?, asked = ?, warned_on = null where id = ?").param(dueOn)
        .param(clockLeft).param(asked).param(file.id()).update();
    jdbc.sql("update case_task set due_on = ? where case_id = ? and done_at is null").param(dueOn).param(file.id())
        .update();
  }

  void assign(CaseFile file, @Nullable Integer account) {
    jdbc.sql("update case_file set assignee = ? where id = ?").param(account).param(file.id()).update();
  }

  void office(CaseFile file, String office) {
    jdbc.sql("update case_file set office = ?, assignee = null where id = ?").params(office, file.id()).update();
  }

  void payment(CaseFile file, PaymentState payment, @Nullable String reference) {
    jdbc.sql("update case_file set payment = ?, payment_reference = coalesce(?, payment_reference) where id = ?")
        .param(payment.name()).param(reference).param(file.id()).update();
  }

  /** The offices in charge; nothing for cases that are not here (any more). */
  Map<CaseReference, String> officesOf(Collection<CaseReference> references) {
    return jdbc.sql("select reference, office from case_file where reference = any (?)")
        .param(references.stream().map(CaseReference::text).toArray(String[]::new))
        .query((row, number) -> Map.entry(new CaseReference(row.getString(1)), row.getString(2))).list().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** True if this payment is the one that settled the fee. */
  boolean isPaidBy(CaseFile file, String reference) {
    return jdbc.sql("select payment_reference = ? from case_file where id = ?").params(reference, file.id())
        .query(Boolean.class).optional().orElse(false);
  }

  /** Notes what happened; @param values nothing personal */
  void event(long id, Instant at, String key, String... values) {
    jdbc.sql("insert into case_event (municipality_id, case_id, at, key, said) values (?, ?, ?, ?, ?)")
        .param(CurrentMunicipality.get().id()).param(id).param(at.atOffset(ZoneOffset.UTC)).param(key).param(values)
        .update();
  }

  /** What happened, oldest first, at most 500. */
  List<CaseStatus.Entry> events(CaseFile file) {
    return jdbc.sql("select at, key, said from case_event where case_id = ? order by id limit 500").param(file.id())
        .query((row, number) -> new CaseStatus.Entry(CaseFile.instant(row, "at"), row.getString("key"),
            List.of((String[]) row.getArray("said").getArray())))
        .list();
  }
}
