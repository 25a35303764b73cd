package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.guard.NetworkAddress;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.PersonCipher;
import de.citycloud.platform.problem.CityProblem;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * References, access codes and codes of documents: random, and written with characters that cannot be confused. An access
 * code follows from the key of the submission and the deployment's own key, so that a form sent twice gets the same
 * receipt although only a keyed hash of the code is kept.
 */
@Component
class AccessCodes {
  static final int AT_MOST = 10;
  private static final int MINUTES = 15;
  private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());
  private static final SecureRandom RANDOM = new SecureRandom();

  private final PersonCipher cipher;
  private final JdbcClient jdbc;

  AccessCodes(PersonCipher cipher, JdbcClient jdbc) {
    this.cipher = cipher;
    this.jdbc = jdbc;
  }

  /** A new reference of a year; whether it is taken the store says. */
  static CaseReference newReference(LocalDate day) {
    return new CaseReference(day.getYear() + "-" + groups(new BigInteger(80, RANDOM), 2));
  }

  /** A new code of a document, e.g. {@code 7K3F-9QXD-W2HA-MM4P}. */
  static String newDocumentCode() {
    return groups(new BigInteger(160, RANDOM), 4);
  }

  /** The access code of a submission: three groups of four characters. */
  String codeOf(UUID submission) {
    return groups(new BigInteger(1, cipher.hash("case_file.code", submission.toString())), 3);
  }

  /** What is kept of a code, however it was typed. */
  byte[] hash(String code) {
    var bare = code.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "");
    return cipher.hash("case_file.code_hash", bare.substring(0, Math.min(40, bare.length())));
  }

  /**
   * Compares a code with what is kept. The try is counted first, so of many at once only the allowed number is made.
   *
   * @param kept hash of the right code; of anything if there is no such case
   * @throws CityProblem {@code case-code-tries} (429) after too many wrong ones for the case or from the address
   */
  boolean fits(CaseReference reference, String code, String address, byte[] kept) {
    var from = NetworkAddress.counted(address);
    long id = jdbc
        .sql("insert into case_attempt (municipality_id, reference, address) values (?, ?, ?) returning id")
        .params(CurrentMunicipality.get().id(), reference.text(), from).query(Long.class).single();
    int most = jdbc
        .sql("""
             select greatest(
               (select count(*) from case_attempt where reference = ? and at > now() - make_interval(mins => ?)),
               (select count(*) from case_attempt where address = ? and at > now() - make_interval(mins => ?)))
             """).params(reference.text(), MINUTES, from, MINUTES).query(Integer.class).single();
    if (most > AT_MOST) {
      forget(id);
      throw new CityProblem("case-code-tries", HttpStatus.TOO_MANY_REQUESTS,
          """
          There were more than %d wrong codes in %d minutes, expected fewer. This one was not looked at.
          Maybe wait a quarter of an hour, or ask the office.""".formatted(AT_MOST, MINUTES));
    }
    boolean fits = MessageDigest.isEqual(kept, hash(code));
    if (fits) {
      forget(id);
    }
    return fits;
  }

  private void forget(long id) {
    jdbc.sql("delete from case_attempt where id = ?").param(id).update();
  }

  private static String groups(BigInteger number, int groups) {
    var text = new StringBuilder();
    var rest = number;
    for (int i = 0; i < groups * 4; i++) {
      text.append(i > 0 && i % 4 == 0 ? "-" : "").append(ALPHABET.charAt(rest.mod(BASE).intValue()));
      rest = rest.divide(BASE);
    }
    return text.toString();
  }
}
