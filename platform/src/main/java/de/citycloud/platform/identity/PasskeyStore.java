package de.citycloud.platform.identity;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.stereotype.Component;

/** Passkeys of the current municipality's accounts. */
@Component
class PasskeyStore implements UserCredentialRepository {
  private final JdbcClient jdbc;
  private final AuditLog audit;

  PasskeyStore(JdbcClient jdbc, AuditLog audit) {
    this.jdbc = jdbc;
    this.audit = audit;
  }

  /** A passkey as its owner sees it. */
  record Passkey(int id, String label, Instant createdAt, @Nullable Instant lastUsedAt) {}

  /** The name of an account among authenticators: its number and the municipality's, 8 bytes. */
  static Bytes handleOf(int account) {
    return new Bytes(ByteBuffer.allocate(8).putInt(CurrentMunicipality.get().id()).putInt(account).array());
  }

  /** The account behind such a name. */
  static int accountOf(Bytes handle) {
    return ByteBuffer.wrap(handle.getBytes()).getInt(4);
  }

  /** Passkeys of an account, oldest first. */
  List<Passkey> listOf(int account) {
    return jdbc.sql("select id, label, created_at, last_used_at from passkey where account_id = ? order by id")
        .param(account).query((row, number) -> {
          var used = row.getObject("last_used_at", OffsetDateTime.class);
          return new Passkey(row.getInt("id"), row.getString("label"),
              row.getObject("created_at", OffsetDateTime.class).toInstant(), used == null ? null : used.toInstant());
        }).list();
  }

  /** Takes one passkey away. */
  void remove(int account, int id) {
    jdbc.sql("delete from passkey where account_id = ? and id = ?").params(account, id).update();
    audit.record(AuditEntry.of("account.passkey-removed", "account " + account));
  }

  @Override
  public void save(CredentialRecord record) {
    int known = jdbc.sql("""
                         update passkey set signature_count = ?, backup_state = ?, last_used_at = now()
                         where credential_id = ?
                         """)
        .params(record.getSignatureCount(), record.isBackupState(), record.getCredentialId().getBytes())
        .update();
    var attestation = record.getAttestationObject();
    var clientData = record.getAttestationClientDataJSON();
    if (known == 0 && attestation != null && clientData != null) {
      jdbc.sql(
          """
          insert into passkey (municipality_id, account_id, credential_id, public_key, attestation_object, client_data,
            signature_count, backup_eligible, backup_state, label) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """)
          .params(CurrentMunicipality.get().id(), accountOf(record.getUserEntityUserId()),
              record.getCredentialId().getBytes(), record.getPublicKey().getBytes(), attestation.getBytes(),
              clientData.getBytes(), record.getSignatureCount(), record.isBackupEligible(), record.isBackupState(),
              record.getLabel())
          .update();
      audit.record(
          AuditEntry.of("account.passkey-added", "account " + accountOf(record.getUserEntityUserId())));
    }
  }

  @Override
  public @Nullable CredentialRecord findByCredentialId(Bytes credential) {
    return jdbc.sql("select * from passkey where credential_id = ?").param(credential.getBytes())
        .query(PasskeyStore::read).optional().orElse(null);
  }

  @Override
  public List<CredentialRecord> findByUserId(Bytes handle) {
    return jdbc.sql("select * from passkey where account_id = ?").param(accountOf(handle)).query(PasskeyStore::read)
        .list();
  }

  @Override
  public void delete(Bytes credential) {
    jdbc.sql("delete from passkey where credential_id = ?").param(credential.getBytes()).update();
  }

  private static CredentialRecord read(ResultSet row, int number) throws SQLException {
    var created = row.getObject("created_at", OffsetDateTime.class).toInstant();
    return ImmutableCredentialRecord.builder().credentialType(PublicKeyCredentialType.PUBLIC_KEY)
        .credentialId(new Bytes(row.getBytes("credential_id"))).userEntityUserId(handleOf(row.getInt("account_id")))
        .publicKey(new ImmutablePublicKeyCose(row.getBytes("public_key")))
        .attestationObject(new Bytes(row.getBytes("attestation_object")))
        .attestationClientDataJSON(new Bytes(row.getBytes("client_data")))
        .signatureCount(row.getLong("signature_count")).uvInitialized(true).transports(Set.of())
        .backupEligible(row.getBoolean("backup_eligible")).backupState(row.getBoolean("backup_state"))
        .label(row.getString("label")).created(created).lastUsed(created).build();
  }
}
