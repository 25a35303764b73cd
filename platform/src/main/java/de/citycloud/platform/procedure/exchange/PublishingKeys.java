package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.PersonCipher;
import de.citycloud.platform.procedure.pack.PackageSignature;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The keys of the current municipality. Their secret halves are encrypted, each with a key that the deployment wraps. */
@Service
class PublishingKeys {
  private static final String CONTEXT = "procedure_key.secret_key";

  private final JdbcClient jdbc;
  private final PersonCipher cipher;
  private final AuditLog audit;

  PublishingKeys(JdbcClient jdbc, PersonCipher cipher, AuditLog audit) {
    this.jdbc = jdbc;
    this.cipher = cipher;
    this.audit = audit;
  }

  /**
   * One key.
   *
   * @param endorsedBy id of the key before it; null for the first
   * @param endorsement null if the one before must not be trusted any more
   * @param revocation null unless it must not be trusted any more
   */
  record Key(String id, String record, byte[] publicKey, byte[] secretKey, @Nullable String endorsedBy,
      byte @Nullable [] endorsement, byte @Nullable [] revocation, Instant madeAt, boolean active) {
    private static Key read(ResultSet row, int number) throws SQLException {
      return new Key(row.getString("id"), row.getString("record"), row.getBytes("public_key"),
          row.getBytes("secret_key"), row.getString("endorsed_by"), row.getBytes("endorsement"),
          row.getBytes("revocation"), row.getObject("made_at", OffsetDateTime.class).toInstant(),
          row.getBoolean("active"));
    }

    /** As people compare it. */
    public String words() {
      return Ed25519.words(id);
    }
  }

  /** Newest first. */
  List<Key> listAll() {
    return jdbc.sql("select * from procedure_key order by active desc, made_at desc, id").query(Key::read).list();
  }

  /** The one that signs; empty if nothing was ever published. */
  Optional<Key> findActive() {
    return jdbc.sql("select * from procedure_key where active").query(Key::read).optional();
  }

  /** The one that signs; made at the first use. */
  @Transactional
  public Key active() {
    lock();
    return findActive().orElseGet(() -> make(null, null));
  }

  /** Makes a new key, for which the present one vouches: subscribers follow by themselves. */
  @Transactional
  public Key rotate() {
    var before = active();
    jdbc.sql("update procedure_key set active = false where active").update();
    var made = make(before, null);
    audit.record(AuditEntry.of("procedure-key.rotated", "procedure key " + made.id).with("before", before.id));
    return made;
  }

  /** The present key is in wrong hands: it says so itself, and nobody follows to the new one unasked. */
  @Transactional
  public Key revoke() {
    var before = active();
    var revocation = Ed25519.sign(secret(before),
        OfferIndex.Revocation.statement(CurrentMunicipality.get().slug(), before.publicKey));
    jdbc.sql("update procedure_key set active = false, revocation = ? where id = ?").param(revocation)
        .param(before.id).update();
    var made = make(before, revocation);
    audit.record(AuditEntry.of("procedure-key.revoked", "procedure key " + before.id).with("after", made.id));
    return made;
  }

  /** Signs with the present key. */
  byte[] sign(byte[] content) {
    return Ed25519.sign(secret(active()), content);
  }

  /** The signature of an archive, as a small file beside it. */
  byte[] sign(ProcedurePackage pack, byte[] archive) {
    var key = active();
    var pair = Ed25519.pair(key.publicKey, secret(key));
    return PackageSignature.sign(pack, archive, pair.getPrivate(), pair.getPublic()).toJson();
  }

  private byte[] secret(Key key) {
    return cipher.decrypt(new Person(key.record), CONTEXT, key.secretKey).orElseThrow(
        () -> new IllegalStateException("The key %s cannot be opened; its key of the key store is gone."
            .formatted(key.id)));
  }

  private void lock() {
    jdbc.sql("select pg_advisory_xact_lock(200, ?)").param(CurrentMunicipality.get().id()).query().singleRow();
  }

  private Key make(@Nullable Key before, byte @Nullable [] revocation) {
    var pair = PackageSignature.newKeys();
    var publicKey = pair.getPublic().getEncoded();
    var record = Person.ofRecord("publisher");
    var endorsement = before == null || revocation != null
        ? null
        : Ed25519.sign(secret(before),
            OfferIndex.Rotation.statement(CurrentMunicipality.get().slug(), publicKey));
    return jdbc
        .sql(
            """
            insert into procedure_key (municipality_id, id, record, public_key, secret_key, endorsed_by, endorsement)
            values (?, ?, ?, ?, ?, ?, ?) returning *
            """)
        .param(CurrentMunicipality.get().id()).param(Ed25519.idOf(publicKey)).param(record.id()).param(publicKey)
        .param(cipher.encrypt(record, CONTEXT, pair.getPrivate().getEncoded()))
        .param(before == null ? null : before.id).param(endorsement).query(Key::read).single();
  }
}
