package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.privacy.ErasedData;
import de.citycloud.platform.privacy.ExpiringRows;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.PersonCipher;
import de.citycloud.platform.privacy.PersonalDataHolder;
import de.citycloud.platform.privacy.PersonalItem;
import de.citycloud.platform.privacy.ProcessingActivity;
import de.citycloud.platform.privacy.RetentionRule;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Cases as personal data. Each ends with its key when the time of its procedure is over; only counts stay. Whoever erases
 * their account is no longer joined to their cases, which the law keeps until then.
 */
@Component
class CaseData implements PersonalDataHolder, RetentionRule {
  private static final String ACTIVITY = "case-work";

  /** Its time is over, and the archive has answered, was not to be asked, or has not answered for too long. */
  private static final String OVER = "delete_after < ? and (not archive or archive_result is not null or delete_after < ?)";

  private final JdbcClient jdbc;
  private final CaseStore store;
  private final CaseViews views;
  private final CasePapers papers;
  private final CaseDecisions decisions;
  private final CaseStatistics statistics;
  private final ProcedureRules rules;
  private final PersonCipher cipher;
  private final TransactionTemplate transaction;

  CaseData(JdbcClient jdbc, CaseStore store, CaseViews views, CasePapers papers, CaseDecisions decisions,
      CaseStatistics statistics, ProcedureRules rules, PersonCipher cipher, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.store = store;
    this.views = views;
    this.papers = papers;
    this.decisions = decisions;
    this.statistics = statistics;
    this.rules = rules;
    this.cipher = cipher;
    this.transaction = transaction;
  }

  /** Activities and the retention of what goes beside cases. */
  @Configuration(proxyBeanMethods = false)
  static class Declared {
    @Bean
    ProcessingActivity caseWorkActivity() {
      return new ProcessingActivity(ACTIVITY);
    }

    @Bean
    ProcessingActivity caseStaffActivity() {
      return new ProcessingActivity("case-staff");
    }

    @Bean
    RetentionRule caseAttemptRule() {
      return new ExpiringRows("case-attempt", "case_attempt", "at", Duration.ofMinutes(15));
    }

    @Bean
    RetentionRule substitutionRule() {
      return new ExpiringRows("substitution", "substitution", "until_day", Duration.ofDays(30));
    }
  }

  @Override
  public List<PersonalItem> listOf(Person person) {
    return person.accountNumber().map(account -> {
      var items = new ArrayList<PersonalItem>();
      store.listOf(account).forEach(file -> addCase(items, file));
      addStaff(items, account);
      return List.copyOf(items);
    }).orElse(List.of());
  }

  private void addCase(List<PersonalItem> items, CaseFile file) {
    var status = views.whole(file);
    var procedure = status.procedure();
    var group = procedure.pack().manifest().name().in(file.language()) + " " + file.reference();
    status.answers().forEach((key, answer) -> procedure.pack().field(key)
        .ifPresent(field -> items.add(item("application", group, field.label().in(file.language()) + ": "
            + rules.display(procedure, field, answer, file.language())).since(file.receivedAt()))));
    status.documents().forEach(paper -> items.add(item("document", group, paper.name()).since(paper.at())));
    status.messages().forEach(message -> items.add(item("message", group, message.text()).since(message.at())));
    decisions.listOf(file).stream().filter(made -> made.notifiedAt() != null)
        .forEach(made -> items.add(item("decision", group, made.words().grounds()).since(made.at())));
    status.objections().stream().filter(one -> !one.grounds().isEmpty())
        .forEach(one -> items.add(item("objection", group, one.grounds()).since(one.receivedAt())));
    papers.notes(file).forEach(note -> items.add(item("note", group, note.text()).since(note.at())));
  }

  private static PersonalItem item(String what, String group, String value) {
    return PersonalItem.of(ACTIVITY, "case.data." + what, value).in(group);
  }

  private void addStaff(List<PersonalItem> items, int account) {
    jdbc.sql("select o.name from office_member m join office o on o.key = m.office where m.account = ? order by 1")
        .param(account).query(String.class).list()
        .forEach(name -> items.add(PersonalItem.of("case-staff", "case.data.office", name)));
    jdbc.sql("select from_day, until_day from substitution where away = ? or substitute = ? order by 1")
        .params(account, account)
        .query((row, number) -> row.getObject(1, LocalDate.class) + " – " + row.getObject(2, LocalDate.class)).list()
        .forEach(days -> items.add(PersonalItem.of("case-staff", "case.data.substitution", days)));
  }

  @Override
  public ErasedData erase(Person person) {
    return person.accountNumber().map(account -> {
      int kept = jdbc.sql("update case_file set account = null where account = ?").param(account).update();
      return new ErasedData(0, kept > 0 ? List.of("privacy.kept.cases") : List.of());
    }).orElse(ErasedData.of(0));
  }

  @Override
  public String key() {
    return "case-file";
  }

  /** The procedure of each case says how long; {@code delete_after} is the end of that time. */
  @Override
  public Duration period() {
    return Duration.ZERO;
  }

  @Override
  public Map<Integer, Long> countDue(JdbcClient owner, Instant before) {
    var due = new HashMap<Integer, Long>();
    owner.sql("select municipality_id, count(*) from case_file where " + OVER + " group by 1")
        .param(before.atOffset(ZoneOffset.UTC)).param(archived(before)).query(row -> {
          due.put(row.getInt(1), row.getLong(2));
        });
    return due;
  }

  private static OffsetDateTime archived(Instant before) {
    return before.minus(ArchiveWait.on(before)).atOffset(ZoneOffset.UTC);
  }

  /** A hold on the account of the applicant keeps their cases, too. */
  @Override
  public long delete(JdbcClient walled, Instant before, Set<String> held, int most) {
    record Gone(long id, String person) {}
    return transaction.execute(running -> {
      var gone = walled
          .sql("""
               select id, person from case_file where %s and person <> all (?)
                 and ('account:' || coalesce(account, 0)) <> all (?) order by id limit ? for update
               """.formatted(OVER)).param(before.atOffset(ZoneOffset.UTC)).param(archived(before))
          .param(held.toArray(String[]::new))
          .param(held.toArray(String[]::new)).param(most).query(Gone.class).list();
      var ids = gone.stream().map(Gone::id).toList();
      if (!ids.isEmpty()) {
        statistics.keep(ids);
        walled.sql("delete from case_file where id = any (?)").param(ids.toArray(Long[]::new)).update();
        gone.forEach(one -> cipher.forget(new Person(one.person)));
      }
      return (long) gone.size();
    });
  }
}
