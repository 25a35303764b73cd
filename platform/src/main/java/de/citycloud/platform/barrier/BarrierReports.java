package de.citycloud.platform.barrier;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.message.MailAddress;
import de.citycloud.platform.message.Messages;
import de.citycloud.platform.message.Text;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the reports, sends receipt and answer, and forgets a report one year after its answer. */
@Service
class BarrierReports {
  private static final int KEPT_DAYS = 365;
  private static final int ROWS = 200;

  private final JdbcClient jdbc;
  private final JdbcClient owner;
  private final Messages messages;
  private final AuditLog audit;

  BarrierReports(JdbcClient jdbc, @OwnerConnections DataSource owner, Messages messages, AuditLog audit) {
    this.jdbc = jdbc;
    this.owner = JdbcClient.create(owner);
    this.messages = messages;
    this.audit = audit;
  }

  /** Keeps a report and confirms it by mail if there is an address; returns its number. */
  @Transactional
  public long take(String page, String problem, String name, String email, Locale language) {
    var due = Instant.now().plus(BarrierReport.WEEKS_TO_ANSWER);
    long id = jdbc.sql("""
                       insert into barrier_report (municipality_id, page, problem, name, email, language, due_at)
                       values (?, ?, ?, ?, ?, ?, ?) returning id
                       """).param(CurrentMunicipality.get().id()).param(page).param(problem).param(name).param(email)
        .param(language.getLanguage().equals("en") ? "en" : "de").param(due.atOffset(ZoneOffset.UTC))
        .query(Long.class).single();
    if (!email.isEmpty()) {
      messages.send(new MailAddress(email), new Text("barrier.received", language,
          List.of(Long.toString(id), CurrentMunicipality.get().name()), null, "barrier report " + id));
    }
    return id;
  }

  /** Open ones first, the most urgent on top. */
  List<BarrierReport> list() {
    return jdbc.sql("select * from barrier_report order by answered_at is not null, due_at, id limit ?").param(ROWS)
        .query(BarrierReport::read).list();
  }

  Optional<BarrierReport> find(long id) {
    return jdbc.sql("select * from barrier_report where id = ?").param(id).query(BarrierReport::read).optional();
  }

  /** Answers an open report, by mail if there is an address; false if somebody was faster. */
  @Transactional
  public boolean answer(BarrierReport report, String answer) {
    boolean first = jdbc
        .sql("update barrier_report set answer = ?, answered_at = now() where id = ? and answered_at is null")
        .param(answer).param(report.id()).update() > 0;
    if (first) {
      if (!report.email().isEmpty()) {
        messages.send(new MailAddress(report.email()), new Text("barrier.answer", Locale.of(report.language()),
            List.of(Long.toString(report.id()), answer), null, "barrier report " + report.id()));
      }
      audit.record(AuditEntry.of("barrier.answered", report.toString()));
    }
    return first;
  }

  /** Keeps the promise of the register. As owner, since the rows belong to all municipalities. */
  @Scheduled(initialDelayString = "PT15M", fixedDelayString = "PT6H")
  void forgetOld() {
    owner.sql("delete from barrier_report where answered_at < now() - make_interval(days => ?)").param(KEPT_DAYS)
        .update();
  }
}
