package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.municipality.CurrentMunicipality;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Decisions of cases: a draft until it is notified; never changed silently afterwards. */
@Component
class CaseDecisions {
  private final JdbcClient jdbc;
  private final CaseWords words;

  CaseDecisions(JdbcClient jdbc, CaseWords words) {
    this.jdbc = jdbc;
    this.words = words;
  }

  /** One decision. @param account null if a table decided @param document null until it is out */
  record Made(long id, Outcome outcome, CaseWords.Decided words, Instant at, @Nullable Integer account,
      @Nullable Integer approvedBy, @Nullable Instant notifiedAt, @Nullable LocalDate objectionUntil,
      @Nullable Instant withdrawnAt, @Nullable Long document) {
    boolean stands() {
      return notifiedAt != null && withdrawnAt == null;
    }

    CaseDesk.DecisionMade shown() {
      return new CaseDesk.DecisionMade(id, outcome, words.grounds(), words.conditions(), at,
          account == null ? 0 : account, approvedBy, notifiedAt, objectionUntil, withdrawnAt != null);
    }
  }

  /** Keeps a draft in place of the one before. */
  void draft(CaseFile file, Outcome outcome, CaseWords.Decided decided, @Nullable Integer account, Instant at) {
    jdbc.sql("delete from case_decision where case_id = ? and notified_at is null").param(file.id()).update();
    jdbc.sql("""
             insert into case_decision (municipality_id, case_id, at, outcome, words, account) values (?, ?, ?, ?, ?, ?)
             """).param(CurrentMunicipality.get().id()).param(file.id()).param(at.atOffset(ZoneOffset.UTC))
        .param(outcome.name()).param(words.seal(file.person(), decided)).param(account).update();
  }

  /** All of a case, oldest first. */
  List<Made> listOf(CaseFile file) {
    return jdbc.sql("select * from case_decision where case_id = ? order by id").param(file.id())
        .query((row, number) -> new Made(row.getLong("id"), Outcome.valueOf(row.getString("outcome")),
            words.openDecision(file.person(), row.getBytes("words")), CaseFile.instant(row, "at"),
            row.getObject("account", Integer.class), row.getObject("approved_by", Integer.class),
            CaseFile.time(row, "notified_at"), row.getObject("objection_until", LocalDate.class),
            CaseFile.time(row, "withdrawn_at"), row.getObject("document", Long.class)))
        .list();
  }

  Optional<Made> findDraft(CaseFile file) {
    return listOf(file).stream().filter(made -> made.notifiedAt == null).findFirst();
  }

  /** The one that applies now. */
  Optional<Made> findStanding(CaseFile file) {
    return listOf(file).stream().filter(Made::stands).reduce((first, second) -> second);
  }

  void approve(CaseFile file, Made made, int account) {
    jdbc.sql("update case_decision set approved_by = ? where case_id = ? and id = ?")
        .params(account, file.id(), made.id).update();
  }

  void notified(CaseFile file, Made made, Instant at, @Nullable LocalDate objectionUntil, @Nullable Long document) {
    jdbc.sql("""
             update case_decision set notified_at = ?, objection_until = ?, document = ? where case_id = ? and id = ?
             """).param(at.atOffset(ZoneOffset.UTC)).param(objectionUntil).param(document).param(file.id())
        .param(made.id).update();
  }

  /** An obvious mistake is put right: same decision, other words, another document. */
  void correct(CaseFile file, Made made, CaseWords.Decided decided, @Nullable Long document) {
    jdbc.sql("update case_decision set words = ?, document = ? where case_id = ? and id = ?")
        .param(words.seal(file.person(), decided)).param(document).param(file.id()).param(made.id).update();
  }

  void withdraw(CaseFile file, Made made, Instant at) {
    jdbc.sql("update case_decision set withdrawn_at = ? where case_id = ? and id = ?")
        .params(at.atOffset(ZoneOffset.UTC), file.id(), made.id).update();
  }
}
