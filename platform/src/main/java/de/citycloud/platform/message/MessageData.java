package de.citycloud.platform.message;

import de.citycloud.platform.privacy.ErasedData;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.PersonCipher;
import de.citycloud.platform.privacy.PersonalDataHolder;
import de.citycloud.platform.privacy.PersonalItem;
import de.citycloud.platform.privacy.RetentionRule;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Messages as personal data. They end 30 days after they were sent, printed or given up, and also if nobody could send
 * them for so long; a key of their own ends with them.
 */
@Component
class MessageData implements PersonalDataHolder, RetentionRule {
  /** A letter waits until somebody prints it. */
  private static final String DUE = "(ended_at < ? or ended_at is null and kind = 'mail' and next_try_at < ?)";

  private final JdbcClient jdbc;
  private final SealedWords sealed;
  private final PersonCipher cipher;
  private final TransactionTemplate transaction;

  MessageData(JdbcClient jdbc, SealedWords sealed, PersonCipher cipher, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.sealed = sealed;
    this.cipher = cipher;
    this.transaction = transaction;
  }

  @Override
  public List<PersonalItem> listOf(Person person) {
    return jdbc.sql("select words, created_at from outgoing_message where person = ? order by id").param(person.id())
        .query((row, number) -> {
          var words = sealed.open(person, row.getBytes(1));
          return PersonalItem.of("messages", "column.outgoing_message.words", words.body()).in(words.subject())
              .since(row.getObject(2, OffsetDateTime.class).toInstant());
        }).list();
  }

  @Override
  public ErasedData erase(Person person) {
    return ErasedData.of(jdbc.sql("delete from outgoing_message where person = ?").param(person.id()).update());
  }

  @Override
  public String key() {
    return "message";
  }

  @Override
  public Duration period() {
    return Duration.ofDays(30);
  }

  @Override
  public Map<Integer, Long> countDue(JdbcClient owner, Instant before) {
    var due = new HashMap<Integer, Long>();
    var time = before.atOffset(ZoneOffset.UTC);
    owner.sql("select municipality_id, count(*) from outgoing_message where " + DUE + " group by 1")
        .params(time, time).query(row -> {
          due.put(row.getInt(1), row.getLong(2));
        });
    return due;
  }

  @Override
  public long delete(JdbcClient walled, Instant before, Set<String> held, int most) {
    var time = before.atOffset(ZoneOffset.UTC);
    return transaction.execute(running -> {
      var gone = walled.sql("""
                            delete from outgoing_message where ctid in (
                              select ctid from outgoing_message where %s and person <> all (?) limit ?) returning person
                            """.formatted(DUE)).params(time, time, held.toArray(String[]::new), most)
          .query(String.class).list();
      gone.stream().filter(person -> person.startsWith(Messages.OWN_KEY + ":")).map(Person::new)
          .forEach(cipher::forget);
      return (long) gone.size();
    });
  }
}
