package de.citycloud.platform.identity;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Codes of an authenticator app, and recovery codes for the day it is lost. Of the current municipality's accounts. */
@Service
class SecondFactors {
  static final int RECOVERY_CODES = 10;

  private final JdbcClient jdbc;
  private final SecretBox box;
  private final AuditLog audit;

  SecondFactors(JdbcClient jdbc, SecretBox box, AuditLog audit) {
    this.jdbc = jdbc;
    this.box = box;
    this.audit = audit;
  }

  /**
   * What an account has besides its password.
   *
   * @param codesSince when the app was set up; null if it was not
   * @param passkeys how many
   * @param recoveryCodes how many are left
   */
  record Held(@Nullable Instant codesSince, int passkeys, int recoveryCodes) {
    public boolean any() {
      return codesSince != null || passkeys > 0;
    }
  }

  Held of(int account) {
    return jdbc.sql("""
                    select totp_since, (select count(*) from passkey where account_id = a.id) as passkeys,
                      (select count(*) from recovery_code where account_id = a.id) as codes
                    from account a where id = ?
                    """).param(account).query((row, number) -> {
      var since = row.getObject("totp_since", OffsetDateTime.class);
      return new Held(since == null ? null : since.toInstant(), row.getInt("passkeys"), row.getInt("codes"));
    }).single();
  }

  /** Keeps the app's secret if {@code code} shows that the app has it; false if it does not. */
  @Transactional
  boolean begin(int account, byte[] secret, String code) {
    var step = Totp.stepOf(digits(code), secret, Instant.now());
    if (step.isEmpty()) {
      return false;
    }
    jdbc.sql("update account set totp_secret = ?, totp_since = now(), totp_last_step = ? where id = ?")
        .params(box.close(secret, use(account)), step.getAsLong(), account).update();
    record("account.codes-set-up", account);
    return true;
  }

  /** True if {@code given} is a code of the app that was not used before, or an unused recovery code. */
  boolean use(int account, String given) {
    return useCode(account, digits(given)) || useRecoveryCode(account, given);
  }

  private boolean useCode(int account, String code) {
    Optional<byte[]> secret = jdbc.sql("select totp_secret from account where id = ? and totp_secret is not null")
        .param(account).query(byte[].class).optional().flatMap(closed -> box.open(closed, use(account)));
    var step = secret.map(known -> Totp.stepOf(code, known, Instant.now())).orElse(java.util.OptionalLong.empty());
    // Of two with the same code at once, one finds the step used up.
    return step.isPresent()
        && jdbc.sql("update account set totp_last_step = ? where id = ? and coalesce(totp_last_step, 0) < ?")
            .params(step.getAsLong(), account, step.getAsLong()).update() == 1;
  }

  private boolean useRecoveryCode(int account, String given) {
    return jdbc.sql("delete from recovery_code where account_id = ? and hash = ?")
        .params(account, Tokens.hash(plain(given))).update() == 1;
  }

  /** New recovery codes, to be shown once; those before end. 16 letters and digits, 80 random bits each. */
  @Transactional
  List<String> renewRecoveryCodes(int account) {
    int municipality = CurrentMunicipality.get().id();
    jdbc.sql("delete from recovery_code where account_id = ?").param(account).update();
    var codes = new ArrayList<String>();
    for (int i = 0; i < RECOVERY_CODES; i++) {
      var code = Tokens.random().substring(0, 16);
      jdbc.sql("insert into recovery_code (municipality_id, account_id, hash) values (?, ?, ?)")
          .params(municipality, account, Tokens.hash(code)).update();
      codes.add(code.replaceAll("(.{4})(?!$)", "$1-"));
    }
    record("account.recovery-codes-renewed", account);
    return codes;
  }

  private void record(String action, int account) {
    audit.record(AuditEntry.of(action, "account " + account));
  }

  /** Takes the app away. */
  @Transactional
  void removeCodes(int account) {
    jdbc.sql("update account set totp_secret = null, totp_since = null, totp_last_step = null where id = ?")
        .param(account).update();
    forgetRecoveryCodesWithout(account);
    record("account.codes-removed", account);
  }

  /** Takes everything away, for somebody who lost it all; they then sign in with the password alone. */
  @Transactional
  void removeAll(int account) {
    jdbc.sql("delete from passkey where account_id = ?").param(account).update();
    removeCodes(account);
  }

  /** Recovery codes stand in for a second factor: without one they go as well. */
  void forgetRecoveryCodesWithout(int account) {
    if (!of(account).any()) {
      jdbc.sql("delete from recovery_code where account_id = ?").param(account).update();
    }
  }

  private static String use(int account) {
    return "totp " + CurrentMunicipality.get().id() + " " + account;
  }

  private static String digits(String given) {
    return given.replaceAll("[\\s-]", "");
  }

  private static String plain(String given) {
    return given.toLowerCase(Locale.ROOT).replaceAll("[^a-z2-7]", "");
  }
}
