package de.citycloud.platform.barrier;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.barrier.BarrierReport.Words;
import de.citycloud.platform.message.MailAddress;
import de.citycloud.platform.message.Messages;
import de.citycloud.platform.message.Text;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.PersonCipher;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the reports, and sends receipt and answer. Their words are encrypted with a key of the report's own, and so are
 * the messages about it; when it ends ({@link BarrierData}), nothing of it can be read any more.
 */
@Service
class BarrierReports {
  /** So that nobody floods an address that is not theirs with receipts. */
  static final int RECEIPTS_A_DAY = 3;
  static final String KEY = "report";
  private static final int ROWS = 200;
  private static final String CONTEXT = "barrier_report.";

  private final JdbcClient jdbc;
  private final PersonCipher cipher;
  private final Messages messages;
  private final AuditLog audit;

  BarrierReports(JdbcClient jdbc, PersonCipher cipher, Messages messages, AuditLog audit) {
    this.jdbc = jdbc;
    this.cipher = cipher;
    this.messages = messages;
    this.audit = audit;
  }

  /** Keeps a report and confirms it by mail if there is an address; returns its number. */
  @Transactional
  public long take(String page, String problem, String name, String email, Locale language) {
    var due = Instant.now().plus(BarrierReport.WEEKS_TO_ANSWER);
    var person = Person.ofRecord(KEY);
    var hash = email.isEmpty() ? null : cipher.hash(CONTEXT + "email", email.toLowerCase(Locale.ROOT));
    long id = jdbc
        .sql(
            """
            insert into barrier_report (municipality_id, person, page, problem, name, email, email_hash, language, due_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id
            """)
        .param(CurrentMunicipality.get().id()).param(person.id()).param(seal(person, "page", page))
        .param(seal(person, "problem", problem)).param(seal(person, "name", name)).param(seal(person, "email", email))
        .param(hash).param(language.getLanguage().equals("en") ? "en" : "de").param(due.atOffset(ZoneOffset.UTC))
        .query(Long.class).single();
    if (hash != null && countToday(hash) <= RECEIPTS_A_DAY) {
      messages.send(person, new MailAddress(email), new Text("barrier.received", language,
          List.of(Long.toString(id), CurrentMunicipality.get().name()), null, "barrier report " + id));
    }
    return id;
  }

  private int countToday(byte[] hash) {
    return jdbc
        .sql("select count(*) from barrier_report where email_hash = ? and created_at > now() - interval '1 day'")
        .param(hash).query(Integer.class).single();
  }

  /** Open ones first, the most urgent on top. */
  List<BarrierReport> list() {
    return jdbc.sql("select * from barrier_report order by answered_at is not null, due_at, id limit ?").param(ROWS)
        .query(BarrierReport::read).list();
  }

  Optional<BarrierReport> find(long id) {
    return jdbc.sql("select * from barrier_report where id = ?").param(id).query(BarrierReport::read).optional();
  }

  /** What stands in the report. */
  Words wordsOf(BarrierReport report) {
    return jdbc.sql("select page, problem, name, email, answer from barrier_report where id = ?").param(report.id())
        .query((row, number) -> {
          var answer = row.getBytes("answer");
          return new Words(open(report, "page", row.getBytes("page")), open(report, "problem", row.getBytes("problem")),
              open(report, "name", row.getBytes("name")), open(report, "email", row.getBytes("email")),
              answer == null ? "" : open(report, "answer", answer));
        }).optional().orElse(new Words("", "", "", "", ""));
  }

  /** Answers an open report, by mail if there is an address; false if somebody was faster. */
  @Transactional
  public boolean answer(BarrierReport report, String answer) {
    boolean first = jdbc
        .sql("update barrier_report set answer = ?, answered_at = now() where id = ? and answered_at is null")
        .param(seal(report.person(), "answer", answer)).param(report.id()).update() > 0;
    if (first) {
      var email = wordsOf(report).email();
      if (!email.isEmpty()) {
        messages.send(report.person(), new MailAddress(email), new Text("barrier.answer", Locale.of(report.language()),
            List.of(Long.toString(report.id()), answer), null, "barrier report " + report.id()));
      }
      audit.record(AuditEntry.of("barrier.answered", report.toString()));
    }
    return first;
  }

  private byte[] seal(Person person, String column, String text) {
    return cipher.encryptText(person, CONTEXT + column, text);
  }

  private String open(BarrierReport report, String column, byte[] sealed) {
    return cipher.decryptText(report.person(), CONTEXT + column, sealed).orElse("");
  }
}
