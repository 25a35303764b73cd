package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.PersonCipher;
import de.citycloud.platform.procedure.apply.Draft.Receipt;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.rules.Answers;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Keeps drafts of the current municipality, each encrypted with a key of its own; see {@link DraftData} for their end. */
@Service
class Drafts {
  static final Duration REST = Duration.ofDays(30);
  /** So long the confirmation can be looked at again. */
  static final Duration AFTER_SENDING = Duration.ofHours(2);
  /** Links for coming back that one address gets in a day. */
  static final int MAILS_A_DAY = 3;
  private static final String ANSWERS = "application_draft.answers";
  private static final String RECEIPT = "application_draft.receipt";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;
  private final PersonCipher cipher;
  private final DraftFiles files;

  Drafts(JdbcClient jdbc, PersonCipher cipher, DraftFiles files) {
    this.jdbc = jdbc;
    this.cipher = cipher;
    this.files = files;
  }

  /** A new draft and the secret that opens it. */
  record Begun(UUID id, String secret) {}

  /** Begins a draft. @param account null for somebody without */
  @Transactional
  Begun begin(String procedure, @Nullable Integer account) {
    var begun = new Begun(UUID.randomUUID(), Secret.random());
    var person = Person.ofRecord("draft");
    jdbc.sql("""
             insert into application_draft (municipality_id, id, procedure, person, secret_hash, account, answers,
               expires_at) values (?, ?, ?, ?, ?, ?, ?, ?)
             """).param(CurrentMunicipality.get().id()).param(begun.id).param(procedure).param(person.id())
        .param(Secret.hash(begun.secret)).param(account).param(cipher.encryptText(person, ANSWERS, "{}"))
        .param(inTime(REST)).update();
    return begun;
  }

  /**
   * A draft, if the secret or the account opens it; empty otherwise, or if it has ended.
   *
   * @param secret of the cookie; null without
   * @param pack of the procedure, which says how answers are read
   */
  @Transactional // one connection, also for the key
  Optional<Draft> find(UUID id, String procedure, @Nullable String secret, @Nullable Integer account,
      ProcedurePackage pack) {
    return jdbc.sql("""
                    select id, procedure, person, secret_hash, account, answers, receipt, expires_at
                    from application_draft where id = ? and procedure = ? and expires_at > now()
                    """).param(id).param(procedure).query((row, number) -> {
      int owner = row.getInt("account");
      var ownerAccount = row.wasNull() ? null : (Integer) owner;
      boolean theirs = secret != null && Secret.fits(secret, row.getBytes("secret_hash"))
          || account != null && account.equals(ownerAccount);
      if (!theirs) {
        return Optional.<Draft>empty();
      }
      var person = new Person(row.getString("person"));
      var receipt = row.getBytes("receipt");
      var expiresAt = row.getObject("expires_at", OffsetDateTime.class).toInstant();
      return cipher.decrypt(person, ANSWERS, row.getBytes("answers"))
          .map(json -> new Draft(id, procedure, person, ownerAccount, Answers.ofJson(pack, json),
              files.listOf(person, id), receipt == null ? null : receiptOf(person, receipt), expiresAt));
    }).optional().flatMap(found -> found);
  }

  private @Nullable Receipt receiptOf(Person person, byte[] sealed) {
    return cipher.decryptText(person, RECEIPT, sealed).map(json -> JSON.readValue(json, Receipt.class)).orElse(null);
  }

  /** One line of "my drafts". */
  record Open(UUID id, String procedure, Instant expiresAt) {}

  /** Drafts of an account that are not sent, the one that was touched last first. */
  List<Open> listOf(int account) {
    return jdbc.sql("""
                    select id, procedure, expires_at from application_draft
                    where account = ? and receipt is null and expires_at > now() order by expires_at desc limit 50
                    """).param(account).query((row, number) -> new Open(row.getObject("id", UUID.class),
        row.getString("procedure"), row.getObject("expires_at", OffsetDateTime.class).toInstant())).list();
  }

  /** Keeps the answers; the 30 days begin again. Nothing happens to a draft that was sent. */
  @Transactional
  void keep(Draft draft, Map<String, Object> answers) {
    jdbc.sql("update application_draft set answers = ?, expires_at = ? where id = ? and receipt is null")
        .param(cipher.encrypt(draft.person(), ANSWERS, Answers.toJson(answers))).param(inTime(REST))
        .param(draft.id()).update();
  }

  /** Remembers that it was sent, and forgets what was in it: that lies in the case now. */
  @Transactional
  void markSent(Draft draft, Receipt receipt) {
    files.deleteAll(draft.id());
    jdbc.sql("update application_draft set answers = ?, receipt = ?, return_hash = null, expires_at = ? where id = ?")
        .param(cipher.encryptText(draft.person(), ANSWERS, "{}"))
        .param(cipher.encryptText(draft.person(), RECEIPT, JSON.writeValueAsString(receipt)))
        .param(inTime(AFTER_SENDING)).param(draft.id()).update();
  }

  /** Ends a draft with everything in it. */
  @Transactional
  void discard(Draft draft) {
    jdbc.sql("delete from application_draft where id = ?").param(draft.id()).update();
    cipher.forget(draft.person());
  }

  /** Makes a secret for coming back; an older one opens nothing any more. */
  @Transactional
  String newReturn(Draft draft) {
    var secret = Secret.random();
    jdbc.sql("update application_draft set return_hash = ?, expires_at = ? where id = ?").param(Secret.hash(secret))
        .param(inTime(REST)).param(draft.id()).update();
    return secret;
  }

  /** True if the link still leads to a draft. */
  boolean leadsBack(UUID id, String procedure, String secret) {
    return jdbc.sql("""
                    select count(*) from application_draft
                    where id = ? and procedure = ? and return_hash = ? and receipt is null and expires_at > now()
                    """).param(id).param(procedure).param(Secret.hash(secret)).query(Integer.class).single() > 0;
  }

  /** A new secret for the cookie in exchange for the one of the link; empty if the link leads nowhere. */
  @Transactional
  Optional<String> comeBack(UUID id, String procedure, String secret) {
    var cookie = Secret.random();
    return jdbc.sql("""
                    update application_draft set secret_hash = ?, expires_at = ?
                    where id = ? and procedure = ? and return_hash = ? and receipt is null and expires_at > now()
                    """).param(Secret.hash(cookie)).param(inTime(REST)).param(id).param(procedure)
        .param(Secret.hash(secret)).update() > 0 ? Optional.of(cookie) : Optional.empty();
  }

  /** True if this address may get one more link today; counts it. */
  @Transactional
  boolean mayMail(Draft draft, String email) {
    var hash = cipher.hash("application_draft.mail", email.toLowerCase(Locale.ROOT));
    int today = jdbc
        .sql("select count(*) from application_draft where mail_hash = ? and mailed_at > now() - interval '1 day'")
        .param(hash).query(Integer.class).single();
    return today < MAILS_A_DAY && jdbc.sql("""
                                           update application_draft set mail_hash = ?, mailed_at = now() where id = ?
                                             and (mailed_at is null or mailed_at < now() - interval '1 day')
                                           """).param(hash).param(draft.id()).update() > 0;
  }

  private static OffsetDateTime inTime(Duration time) {
    return Instant.now().plus(time).atOffset(ZoneOffset.UTC);
  }
}
