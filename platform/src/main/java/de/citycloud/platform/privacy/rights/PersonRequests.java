package de.citycloud.platform.privacy.rights;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.ErasedData;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.PersonCipher;
import de.citycloud.platform.privacy.PersonalDataHolder;
import de.citycloud.platform.privacy.PersonalItem;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * What people ask for by the data protection law, and the answers; the city has one month (Art. 12 (3) DSGVO). The words
 * of both are encrypted with the person's key.
 */
@Service
class PersonRequests implements PersonalDataHolder {
  private static final String ACTIVITY = "person-rights";
  private static final String WORDS = "privacy_request.words";
  private static final String ANSWER = "privacy_request.answer";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String SELECT = """
                                       select id, reference, person, kind, created_at, due_at, answered_at, words, answer
                                       from privacy_request
                                       """;

  private final JdbcClient jdbc;
  private final PersonCipher cipher;
  private final AuditLog audit;

  PersonRequests(JdbcClient jdbc, PersonCipher cipher, AuditLog audit) {
    this.jdbc = jdbc;
    this.cipher = cipher;
    this.audit = audit;
  }

  /** A request without its words, which {@link #wordsOf} opens. */
  record Request(int id, String reference, Person person, RequestKind kind, Instant createdAt, Instant dueAt,
      @Nullable Instant answeredAt, byte[] sealedWords, byte @Nullable [] sealedAnswer) {}

  /** Takes a request in and returns its reference. */
  String file(Person person, RequestKind kind, String words) {
    var reference = "DS-%08d".formatted(RANDOM.nextInt(100_000_000));
    jdbc.sql("""
             insert into privacy_request (municipality_id, reference, person, kind, words, due_at)
             values (?, ?, ?, ?, ?, now() + interval '1 month')
             """).params(CurrentMunicipality.get().id(), reference, person.id(), kind.inStore(),
        cipher.encryptText(person, WORDS, words)).update();
    return reference;
  }

  /** All requests: open ones by the day they are due, then answered ones, newest first; at most 500. */
  List<Request> listAll() {
    return jdbc.sql(SELECT + "order by answered_at desc nulls first, due_at limit 500").query(PersonRequests::read)
        .list();
  }

  /** The requests of a person, newest first. */
  List<Request> requestsOf(Person person) {
    return jdbc.sql(SELECT + "where person = ? order by created_at desc limit 500").param(person.id())
        .query(PersonRequests::read).list();
  }

  Optional<Request> find(int id) {
    return jdbc.sql(SELECT + "where id = ?").param(id).query(PersonRequests::read).optional();
  }

  /** What the person wrote; empty if they were erased. */
  String wordsOf(Request request) {
    return cipher.decryptText(request.person, WORDS, request.sealedWords).orElse("");
  }

  /** What the city answered; empty if it did not yet. */
  String answerOf(Request request) {
    var sealed = request.sealedAnswer;
    return sealed == null ? "" : cipher.decryptText(request.person, ANSWER, sealed).orElse("");
  }

  /** Answers; a second answer replaces the first but not its time. */
  void answer(Request request, String words) {
    jdbc.sql("update privacy_request set answer = ?, answered_at = coalesce(answered_at, now()) where id = ?")
        .params(cipher.encryptText(request.person, ANSWER, words), request.id).update();
    audit.record(AuditEntry.of("privacy.request.answered", request.reference));
  }

  @Override
  public List<PersonalItem> listOf(Person person) {
    var items = new ArrayList<PersonalItem>();
    for (var request : requestsOf(person)) {
      items.add(PersonalItem.of(ACTIVITY, "column.privacy_request.words", wordsOf(request)).in(request.reference)
          .since(request.createdAt));
      var answer = answerOf(request);
      if (!answer.isEmpty()) {
        items.add(PersonalItem.of(ACTIVITY, "column.privacy_request.answer", answer).in(request.reference)
            .since(request.answeredAt));
      }
    }
    return items;
  }

  @Override
  public ErasedData erase(Person person) {
    long gone = 0;
    for (var table : List.of("privacy_request", "reading", "legal_hold")) {
      gone += jdbc.sql("delete from " + table + " where person = ?").param(person.id()).update();
    }
    return ErasedData.of(gone);
  }

  private static Request read(java.sql.ResultSet row, int number) throws java.sql.SQLException {
    var answered = row.getObject("answered_at", OffsetDateTime.class);
    return new Request(row.getInt("id"), row.getString("reference"), new Person(row.getString("person")),
        RequestKind.of(row.getString("kind")), row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("due_at", OffsetDateTime.class).toInstant(), answered == null ? null : answered.toInstant(),
        row.getBytes("words"), row.getBytes("answer"));
  }
}
