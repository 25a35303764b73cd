package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.privacy.ErasedData;
import de.citycloud.platform.privacy.ExpiringRows;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.PersonCipher;
import de.citycloud.platform.privacy.PersonalDataHolder;
import de.citycloud.platform.privacy.PersonalItem;
import de.citycloud.platform.privacy.ProcessingActivity;
import de.citycloud.platform.privacy.RetentionRule;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Drafts as personal data: each ends with its key when it rested for 30 days, was sent, or its owner asks for it. */
@Component
class DraftData implements PersonalDataHolder, RetentionRule {
  private static final String ACTIVITY = "application-drafts";
  private static final ExpiringRows ROWS = new ExpiringRows("application-draft", "application_draft", "expires_at",
      Duration.ZERO, "person");

  private final JdbcClient jdbc;
  private final PersonCipher cipher;
  private final TransactionTemplate transaction;

  DraftData(JdbcClient jdbc, PersonCipher cipher, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.cipher = cipher;
    this.transaction = transaction;
  }

  /** What drafts are held for. */
  @Configuration(proxyBeanMethods = false)
  static class Declared {
    @Bean
    ProcessingActivity applicationDraftsActivity() {
      return new ProcessingActivity(ACTIVITY);
    }
  }

  /** Answers as they are kept: a draft belongs to no version of its procedure yet, whose words could name them. */
  @Override
  public List<PersonalItem> listOf(Person person) {
    return jdbc.sql("""
                    select procedure, person, answers, created_at from application_draft
                    where (account = ? or person = ?) and receipt is null order by created_at
                    """).param(person.accountNumber().orElse(-1)).param(person.id()).query((row, number) -> {
      var text = cipher.decryptText(new Person(row.getString("person")), "application_draft.answers",
          row.getBytes("answers")).orElse("");
      return PersonalItem.of(ACTIVITY, "column.application_draft.answers", text).in(row.getString("procedure"))
          .since(row.getObject("created_at", OffsetDateTime.class).toInstant());
    }).list().stream().filter(item -> item.value().length() > 2).toList();
  }

  @Override
  public ErasedData erase(Person person) {
    var gone = jdbc.sql("delete from application_draft where account = ? or person = ? returning person")
        .param(person.accountNumber().orElse(-1)).param(person.id()).query(String.class).list();
    gone.stream().map(Person::new).filter(key -> !key.equals(person)).forEach(cipher::forget);
    return ErasedData.of(gone.size());
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

  /** A hold on the account of the owner keeps their drafts, too. */
  @Override
  public long delete(JdbcClient walled, Instant before, Set<String> held, int most) {
    return transaction.execute(running -> {
      var gone = walled.sql("""
                            delete from application_draft where id in (
                              select id from application_draft where expires_at < ? and person <> all (?)
                                and ('account:' || coalesce(account, 0)) <> all (?) order by expires_at limit ?)
                            returning person
                            """).param(before.atOffset(ZoneOffset.UTC)).param(held.toArray(String[]::new))
          .param(held.toArray(String[]::new)).param(most).query(String.class).list();
      gone.forEach(person -> cipher.forget(new Person(person)));
      return (long) gone.size();
    });
  }
}
