package de.citycloud.platform.privacy;

import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.privacy.keys.ErasureList;
import de.citycloud.platform.privacy.keys.PersonKeys;
import de.citycloud.platform.problem.CityProblem;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Erases a person (Art. 17 DSGVO): every module removes what it holds, then the person's key is destroyed, so that what
 * was encrypted with it is gone from every older backup, too. What a restore brings back is erased again before the
 * program answers.
 */
@Service
public class Erasures implements SmartInitializingSingleton {
  private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final char[] ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789".toCharArray();

  private final JdbcClient jdbc;
  private final JdbcClient owner;
  private final List<PersonalDataHolder> holders;
  private final PersonKeys keys;
  private final ErasureList list;
  private final LegalHolds holds;
  private final Municipalities municipalities;
  private final TransactionTemplate transaction;
  private final AuditLog audit;

  Erasures(JdbcClient jdbc, @OwnerConnections DataSource owner, List<PersonalDataHolder> holders, PersonKeys keys,
      ErasureList list, LegalHolds holds, Municipalities municipalities, TransactionTemplate transaction,
      AuditLog audit) {
    this.jdbc = jdbc;
    this.owner = JdbcClient.create(owner);
    this.holders = List.copyOf(holders);
    this.keys = keys;
    this.list = list;
    this.holds = holds;
    this.municipalities = municipalities;
    this.transaction = transaction;
    this.audit = audit;
  }

  /**
   * Proof of an erasure for the person; it names nobody.
   *
   * @param number to quote later, e.g. {@code LKM4-7QXW-P2HA}
   * @param at when
   * @param removed rows, files and the like that are gone
   * @param kept message keys that say what has to stay and by which law
   */
  public record Receipt(String number, Instant at, long removed, List<String> kept) {}

  /**
   * Erases {@code person} everywhere, all or nothing.
   *
   * @throws CityProblem {@code erasure-held} if a legal hold keeps their data
   */
  public Receipt erase(Person person) {
    if (holds.isHeld(person)) {
      throw new CityProblem("erasure-held", HttpStatus.CONFLICT,
          """
          A legal hold keeps the data of this person, expected none. Nothing was erased.
          Maybe ask the data protection officer how long it lasts.""");
    }
    var receipt = transaction.execute(status -> {
      var kept = new ArrayList<String>();
      long removed = 0;
      for (var holder : holders) {
        var erased = holder.erase(person);
        removed += erased.removed();
        kept.addAll(erased.kept());
      }
      removed += keys.destroy(person) ? 1 : 0;
      var number = number();
      var at = jdbc.sql("""
                        insert into keystore.erasure (municipality_id, person, receipt) values (?, ?, ?)
                        returning erased_at
                        """).params(CurrentMunicipality.get().id(), person.id(), number).query(OffsetDateTime.class)
          .single().toInstant();
      audit.record(AuditEntry.of("privacy.person.erased", "receipt " + number).with("removed", removed));
      return new Receipt(number, at, removed, List.copyOf(kept));
    });
    note(new ErasureList.Line(CurrentMunicipality.get().id(), person.id(), receipt.at, receipt.number));
    return receipt;
  }

  /** When the erasure with this receipt was; empty if there is none in the current municipality. */
  public java.util.Optional<Instant> findReceipt(String number) {
    return jdbc.sql("select erased_at from keystore.erasure where receipt = ?").param(number)
        .query(OffsetDateTime.class).optional().map(OffsetDateTime::toInstant);
  }

  /** Before the first request: does again what a restore has undone, and completes the list beside the database. */
  @Override
  public void afterSingletonsInstantiated() {
    record Waiting(int municipalityId, String person) {}
    var waiting = owner.sql("select distinct municipality_id, person from keystore.erasure where replay order by 1, 2")
        .query(Waiting.class).list();
    for (var one : waiting) {
      municipalities.findById(one.municipalityId).ifPresent(
          municipality -> CurrentMunicipality.run(municipality, () -> eraseAgain(new Person(one.person))));
    }
    if (!waiting.isEmpty()) {
      LOG.info("{} erasure(s) were done again after a restore.", waiting.size());
    }
    completeList();
  }

  private void eraseAgain(Person person) {
    transaction.executeWithoutResult(status -> {
      holders.forEach(holder -> holder.erase(person));
      keys.destroy(person);
      jdbc.sql("update keystore.erasure set replay = false where person = ?").param(person.id()).update();
    });
  }

  private void completeList() {
    record Known(int municipality, String receipt) {}
    try {
      var known = list.readAll().stream().map(line -> new Known(line.municipality(), line.receipt())).toList();
      owner.sql("select municipality_id, person, erased_at, receipt from keystore.erasure order by erased_at")
          .query((row, number) -> new ErasureList.Line(row.getInt(1), row.getString(2),
              row.getObject(3, OffsetDateTime.class).toInstant(), row.getString(4)))
          .list().stream().filter(line -> !known.contains(new Known(line.municipality(), line.receipt())))
          .forEach(this::note);
    } catch (IOException e) {
      LOG.error("The list of erasures cannot be read; it is tried again at the next start.", e);
    }
  }

  private void note(ErasureList.Line line) {
    try {
      list.add(line);
    } catch (IOException e) {
      // The database has it; the next start completes the list.
      LOG.error("The list of erasures could not be written; it is completed at the next start.", e);
    }
  }

  private static String number() {
    var number = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      number.append(i > 0 && i % 4 == 0 ? "-" : "").append(ALPHABET[RANDOM.nextInt(ALPHABET.length)]);
    }
    return number.toString();
  }
}
