package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.database.Job;
import de.citycloud.platform.message.MailAddress;
import de.citycloud.platform.message.Messages;
import de.citycloud.platform.message.Text;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deadlines of cases: warns each office once, three days before, by a mail with references alone; and ends the waiting
 * for information whose day is over. What happens then a person decides.
 */
@Component
class CaseDeadlines {
  private static final int DAYS_BEFORE = 3;
  private static final int MOST = 1_000;
  private static final String OVER = "closed_at is null and state = 'INFORMATION_NEEDED' and due_on < ?";
  private static final Logger LOG = LoggerFactory.getLogger(CaseDeadlines.class);

  private final JdbcClient jdbc;
  private final CaseStore store;
  private final CaseReplies replies;
  private final Offices offices;
  private final Messages messages;
  private final TransactionTemplate transaction;

  CaseDeadlines(JdbcClient jdbc, CaseStore store, CaseReplies replies, Offices offices, Messages messages,
      TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.store = store;
    this.replies = replies;
    this.offices = offices;
    this.messages = messages;
    this.transaction = transaction;
  }

  /** When it runs. */
  @Configuration(proxyBeanMethods = false)
  static class Declared {
    @Bean
    Job caseDeadlineJob(CaseDeadlines deadlines, Municipalities municipalities) {
      return new Job("case-deadlines", Duration.ofMinutes(15),
          () -> municipalities.inEach("Looking at deadlines of cases", () -> deadlines.look(Instant.now())));
    }
  }

  /** Looks at the current municipality. A case that cannot be carried on is logged; the others go on. */
  void look(Instant now) {
    var today = ProcedureRules.local(now).toLocalDate();
    jdbc.sql("select id from case_file where " + OVER + " order by id limit ?").params(today, MOST).query(Long.class)
        .list().forEach(id -> {
          try {
            transaction.executeWithoutResult(running -> endWaiting(id, today, now));
          } catch (RuntimeException e) {
            LOG.warn("Case {} of {} still waits for an answer whose day is over: {}.", id,
                CurrentMunicipality.get().slug(), e.toString());
          }
        });
    transaction.executeWithoutResult(running -> warn(today));
  }

  private void endWaiting(long id, LocalDate today, Instant now) {
    jdbc.sql("select * from case_file where " + OVER + " and id = ? for update skip locked").params(today, id)
        .query(CaseFile::read).optional().ifPresent(file -> {
          replies.resume(file, now);
          store.event(file.id(), now, "answer-overdue");
          store.touch(file, true);
        });
  }

  private void warn(LocalDate today) {
    record Due(String office, String reference) {}
    var byOffice = new TreeMap<String, List<String>>();
    jdbc.sql("""
             update case_file set warned_on = ? where id in (
               select id from case_file where closed_at is null and due_on <= ? and warned_on is null
                 and state <> 'INFORMATION_NEEDED' order by due_on limit ? for update skip locked)
             returning office, reference
             """).params(today, today.plusDays(DAYS_BEFORE), MOST).query(Due.class).list()
        .forEach(due -> byOffice.computeIfAbsent(due.office, office -> new ArrayList<>()).add(due.reference));
    byOffice.forEach((key, references) -> offices.find(key).filter(office -> MailAddress.isValid(office.email()))
        .ifPresent(office -> messages.send(new MailAddress(office.email()), new Text("case.deadline", Locale.GERMAN,
            List.of(office.name(), String.join("\n", references), CurrentMunicipality.get().name()), null,
            "deadlines of cases"))));
  }
}
