package de.citycloud.platform.message;

import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.privacy.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The messages in the store: claimed and ended by the clock over all municipalities, read by pages within one. */
@Repository
class Outbox {
  private static final int CLAIM_SECONDS = 300;

  private final JdbcClient jdbc;
  private final JdbcClient owner;
  private final SealedWords sealed;
  private final Municipalities municipalities;

  Outbox(JdbcClient jdbc, @OwnerConnections DataSource owner, SealedWords sealed, Municipalities municipalities) {
    this.jdbc = jdbc;
    this.owner = JdbcClient.create(owner);
    this.sealed = sealed;
    this.municipalities = municipalities;
  }

  /** Opens the words in the municipality of the row, since their key belongs to it. */
  private OutgoingMessage read(ResultSet row, int number) throws SQLException {
    var person = new Person(row.getString("person"));
    var words = row.getBytes("words");
    var here = CurrentMunicipality.find();
    int there = row.getInt("municipality_id");
    return OutgoingMessage.read(row, here.isPresent() && here.get().id() == there
        ? sealed.open(person, words)
        : municipalities.findById(there)
            .map(municipality -> CurrentMunicipality.call(municipality, () -> sealed.open(person, words)))
            .orElse(SealedWords.Words.GONE));
  }

  /** Mails that are due, of all municipalities, oldest first; nobody else gets them for five minutes. */
  List<OutgoingMessage> claim(int most) {
    return owner.sql("""
                     update outgoing_message m set claimed_until = now() + make_interval(secs => ?), tries = tries + 1
                     from (select municipality_id, id from outgoing_message
                       where state = 'waiting' and kind = 'mail' and next_try_at <= now()
                         and (claimed_until is null or claimed_until < now())
                       order by next_try_at limit ? for update skip locked) due
                     where m.municipality_id = due.municipality_id and m.id = due.id returning m.*
                     """).param(CLAIM_SECONDS).param(most).query(this::read).list();
  }

  void sent(OutgoingMessage message) {
    end(message, "sent", null);
  }

  void givenUp(OutgoingMessage message, String reason) {
    end(message, "failed", reason);
  }

  private void end(OutgoingMessage message, String state, @org.jspecify.annotations.Nullable String reason) {
    owner.sql("""
              update outgoing_message set state = ?, reason = ?, ended_at = now(), claimed_until = null
              where municipality_id = ? and id = ? and state = 'waiting'
              """).param(state).param(reason).param(message.municipality()).param(message.id()).update();
  }

  void tryAgain(OutgoingMessage message, Duration pause, String reason) {
    owner.sql("""
              update outgoing_message set next_try_at = now() + make_interval(secs => ?), reason = ?,
                claimed_until = null where municipality_id = ? and id = ? and state = 'waiting'
              """).param(pause.toMillis() / 1000.0).param(reason).param(message.municipality()).param(message.id())
        .update();
  }

  /** Messages of the current municipality, newest first. */
  List<OutgoingMessage> list(int most) {
    return jdbc.sql("select * from outgoing_message order by id desc limit ?").param(most)
        .query(this::read).list();
  }

  /** A message of the current municipality. */
  Optional<OutgoingMessage> find(long id) {
    return jdbc.sql("select * from outgoing_message where id = ?").param(id).query(this::read).optional();
  }

  /** Changes the state of a message of the current municipality from one of {@code from}; false if it had another. */
  boolean change(long id, List<String> from, String to) {
    return jdbc.sql("""
                    update outgoing_message set state = ?, claimed_until = null, next_try_at = now(),
                      tries = case when ? = 'waiting' then 0 else tries end,
                      ended_at = case when ? = 'waiting' then null else now() end
                    where id = ? and state = any (?)
                    """).param(to).param(to).param(to).param(id).param(from.toArray(String[]::new)).update() > 0;
  }
}
