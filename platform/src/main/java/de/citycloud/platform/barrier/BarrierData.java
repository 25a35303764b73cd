package de.citycloud.platform.barrier;

import de.citycloud.platform.privacy.ErasedData;
import de.citycloud.platform.privacy.ExpiringRows;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.PersonCipher;
import de.citycloud.platform.privacy.PersonalDataHolder;
import de.citycloud.platform.privacy.PersonalItem;
import de.citycloud.platform.privacy.RetentionRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Reports as personal data: each ends with its key one year after its answer, or when whoever reported asks for it. */
@Component
class BarrierData implements PersonalDataHolder, RetentionRule {
  private static final ExpiringRows ROWS = new ExpiringRows("barrier-report", "barrier_report", "answered_at",
      Duration.ofDays(365), "person");

  private final JdbcClient jdbc;
  private final BarrierReports reports;
  private final PersonCipher cipher;
  private final TransactionTemplate transaction;

  BarrierData(JdbcClient jdbc, BarrierReports reports, PersonCipher cipher, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.reports = reports;
    this.cipher = cipher;
    this.transaction = transaction;
  }

  @Override
  public List<PersonalItem> listOf(Person person) {
    return jdbc.sql("select * from barrier_report where person = ?").param(person.id()).query(BarrierReport::read)
        .list().stream().flatMap(report -> {
          var words = reports.wordsOf(report);
          return Stream.of(item(report, "page", words.page()), item(report, "problem", words.problem()),
              item(report, "name", words.name()), item(report, "email", words.email()),
              item(report, "answer", words.answer()));
        }).filter(item -> !item.value().isEmpty()).toList();
  }

  private static PersonalItem item(BarrierReport report, String column, String value) {
    return PersonalItem.of("messages", "column.barrier_report." + column, value).in(report.toString())
        .since(report.createdAt());
  }

  @Override
  public ErasedData erase(Person person) {
    return ErasedData.of(jdbc.sql("delete from barrier_report where person = ?").param(person.id()).update());
  }

  @Override
  public String key() {
    return ROWS.key();
  }

  @Override
  public Duration period() {
    return ROWS.period();
  }

  @Override
  public Map<Integer, Long> countDue(JdbcClient owner, Instant before) {
    return ROWS.countDue(owner, before);
  }

  @Override
  public long delete(JdbcClient walled, Instant before, Set<String> held, int most) {
    return transaction.execute(running -> ROWS.deleteWithKeys(walled, cipher, before, held, most));
  }
}
