package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who uses what: messages of adopters to origins, in both directions. */
@Service
public class Adopters {
  private static final Logger LOG = LoggerFactory.getLogger(Adopters.class);
  private static final int MOST_A_DAY_OF_ONE = 50;
  private static final int MOST_A_DAY_OF_STRANGERS = 500;
  private static final int MOST_TRIES = 200;
  private static final Duration OLDEST = Duration.ofDays(7);

  private final JdbcClient jdbc;
  private final PublishingKeys keys;
  private final Publisher publisher;
  private final Origins origins;
  private final OriginDoor door;
  private final AuditLog audit;
  private final String ownAddress;

  /** @param ownAddress URL under which this installation is known, without a slash at its end; may be empty */
  Adopters(JdbcClient jdbc, PublishingKeys keys, Publisher publisher, Origins origins, OriginDoor door, AuditLog audit,
      @Value("${city.public-address:}") String ownAddress) {
    this.jdbc = jdbc;
    this.keys = keys;
    this.publisher = publisher;
    this.origins = origins;
    this.door = door;
    this.audit = audit;
    this.ownAddress = ownAddress;
  }

  /** Writes a message to an origin; it is delivered in the background. */
  @Transactional
  public void tell(long originId, Feedback.Kind kind, String key, String version, String words) {
    var origin = origins.get(originId);
    var here = CurrentMunicipality.get();
    var feedback = new Feedback(1, UUID.randomUUID(), origin.keyId(), kind, key, version, here.name(),
        ownAddress.isEmpty() ? "" : ownAddress + "/" + here.slug(), Instant.now(), keys.active().publicKey(), words);
    jdbc.sql("insert into procedure_feedback_out (municipality_id, id, origin_id, message) values (?, ?, ?, ?)")
        .params(here.id(), feedback.id(), originId,
            SignedDocument.seal(feedback.toJson(), Feedback.USE, keys::sign))
        .update();
    if (kind == Feedback.Kind.WORDS) {
      audit.record(AuditEntry.of("procedure.feedback-sent", "procedure " + key).with("origin", originId));
    }
  }

  /** Delivers what waits in the current municipality; returns how many were delivered. */
  public int deliver() {
    int delivered = 0;
    for (var waiting : jdbc.sql("""
                                select id, origin_id, message, tries from procedure_feedback_out
                                where tries < 10 or made_at < now() - tries * interval '5 minutes'
                                order by made_at limit 50
                                """)
        .query((row, number) -> new Feedback.Waiting(row.getObject(1, UUID.class), row.getLong(2), row.getBytes(3),
            row.getInt(4)))
        .list()) {
      var origin = origins.get(waiting.origin());
      try {
        door.send(origin.address(), waiting.message());
        delivered++;
        jdbc.sql("delete from procedure_feedback_out where id = ?").param(waiting.id()).update();
      } catch (CityProblem e) {
        LOG.info("A message about a procedure was not delivered (origin {}, try {}): {}", origin.id(),
            waiting.tries() + 1, e.slug());
        jdbc.sql(waiting.tries() + 1 >= MOST_TRIES
            ? "delete from procedure_feedback_out where id = ?"
            : "update procedure_feedback_out set tries = tries + 1 where id = ?").param(waiting.id()).update();
      }
    }
    return delivered;
  }

  /** As {@link #receive(byte[])}, from somebody on the network. */
  void receiveFromOutside(byte[] message) {
    receive(message, false);
  }

  /** Takes a message of another municipality of this installation. */
  void receive(byte[] message) {
    receive(message, true);
  }

  /**
   * Takes a message. The same one again changes nothing.
   *
   * @throws CityProblem {@code feedback-unreadable}, {@code feedback-signature}, {@code feedback-not-ours}, {@code
   *     feedback-old} (422) or {@code feedback-too-many} (429)
   */
  private void receive(byte[] message, boolean neighbour) {
    var feedback = read(message);
    var sender = Ed25519.idOf(feedback.publicKey());
    if (keys.listAll().stream().noneMatch(key -> key.id().equals(feedback.to()))
        || publisher.listOffers().stream().noneMatch(offer -> offer.key().equals(feedback.key()))) {
      throw refused("feedback-not-ours",
          "The message is about %s for the key %s, expected a procedure and a key of %s.\nMaybe the address is wrong."
              .formatted(feedback.key(), feedback.to(), CurrentMunicipality.get().name()));
    }
    if (Duration.between(feedback.at(), Instant.now()).abs().compareTo(OLDEST) > 0) {
      throw refused("feedback-old", "The message was written at %s, expected within 7 days.\nMaybe write it again."
          .formatted(feedback.at()));
    }
    if (jdbc.sql("select 1 from procedure_feedback where id = ?").param(feedback.id()).query(Integer.class).optional()
        .isPresent()) {
      return;
    }
    boolean known = neighbour || isKnown(sender);
    refuseTooMany(sender, known);
    jdbc.sql(
        """
        insert into procedure_feedback (municipality_id, id, kind, key, version, sender, sender_address, sender_key,
          known, words, sent_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """).params(CurrentMunicipality.get().id(), feedback.id(), feedback.kind().inStore(), feedback.key(),
            feedback.version(), feedback.sender(), feedback.address(), sender, known,
            feedback.words(), feedback.at().atOffset(ZoneOffset.UTC))
        .update();
    if (known && feedback.kind() != Feedback.Kind.WORDS) {
      publisher.renew();
    }
  }

  private static Feedback read(byte[] message) {
    try {
      if (message.length <= Feedback.MAX_BYTES) {
        var parts = SignedDocument.parse(message).orElseThrow();
        var feedback = Feedback.parse(parts.content());
        if (parts.isBy(feedback.publicKey(), Feedback.USE)) {
          return feedback;
        }
        throw refused("feedback-signature",
            "The signature of the message does not fit its key, expected one by it.\nMaybe it was changed on its way.");
      }
    } catch (CityProblem e) {
      throw e;
    } catch (RuntimeException e) {
      // Jackson and the record say in many ways that it is none; which one helps nobody.
    }
    throw refused("feedback-unreadable", """
                                         What came has %d bytes and is no message, expected a signed one of format 1.
                                         Maybe the programs of both towns have different versions."""
        .formatted(message.length));
  }

  private boolean isKnown(String key) {
    return jdbc.sql("""
                    select exists (select from procedure_origin where key_id = ? and revoked_at is null)
                      or exists (select from procedure_feedback where sender_key = ? and known)
                    """).params(key, key).query(Boolean.class).single();
  }

  /** Strangers share a number of their own, so that they cannot keep those out whom we know. */
  private void refuseTooMany(String sender, boolean known) {
    var counts = jdbc
        .sql("""
             select count(*) filter (where sender_key = ?), count(*) filter (where not known) from procedure_feedback
             where received_at > now() - interval '1 day'
             """).param(sender).query((row, number) -> new int[]{row.getInt(1), row.getInt(2)}).single();
    if (counts[0] >= MOST_A_DAY_OF_ONE || !known && counts[1] >= MOST_A_DAY_OF_STRANGERS) {
      throw new CityProblem("feedback-too-many", HttpStatus.TOO_MANY_REQUESTS,
          "%d messages came from you today and %d from all who are not known here, expected at most %d and %d.\n"
              .formatted(counts[0], counts[1], MOST_A_DAY_OF_ONE, MOST_A_DAY_OF_STRANGERS)
              + "Maybe send it tomorrow.");
    }
  }

  /** A person says that this key belongs to whom it says; what it said counts from now on. */
  @Transactional
  public void confirm(String senderKey) {
    if (jdbc.sql("update procedure_feedback set known = true where sender_key = ? and not known").param(senderKey)
        .update() > 0) {
      publisher.renew();
      audit.record(AuditEntry.of("procedure-adopter.confirmed", "adopter " + senderKey));
    }
  }

  /** What adopters told us, newest first, at most 200. */
  public List<Feedback.Received> list() {
    return jdbc.sql("select * from procedure_feedback order by received_at desc, id limit 200")
        .query(Feedback.Received::read).list();
  }

  private static CityProblem refused(String slug, String message) {
    return new CityProblem(slug, HttpStatus.UNPROCESSABLE_CONTENT, message);
  }
}
