package de.citycloud.platform.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.audit.AuditEntry;
import de.citycloud.platform.audit.AuditLog;
import de.citycloud.platform.audit.AuditProperties;
import de.citycloud.platform.audit.SignedHeads;
import de.citycloud.platform.database.DatabaseAccess;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** F17: somebody with all rights in the database changes the log; the check names the first bad record. */
class AuditTamperingTest extends CityTest {
  private static final int RECORDS = 60;
  private static int counter;

  @Autowired
  private AuditLog log;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private DatabaseAccess access;
  @Autowired
  @OwnerConnections
  private DataSource owner;
  @TempDir
  private Path folder;
  private Municipality town = new Municipality(0, "", "", 0, 0, false);
  private SignedHeads heads;

  /**
   * A way to falsify the log.
   *
   * @param sql what is done with all rights; {@code :m} is the municipality, {@code :n} a record in the middle
   * @param firstBad place of the first bad record, relative to {@code :n}; more than 1,000: from the end
   */
  record Attack(String name, String sql, long firstBad) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String REHASH = """
                                       do $$ declare e audit_entry; p bytea; h bytea; begin
                                         for e in select * from audit_entry where municipality_id = :m and seq >= :n order by seq loop
                                           select hash into p from audit_entry where municipality_id = :m and seq = e.seq - 1;
                                           h := sha256(audit_part('city-audit-1') || audit_part(e.municipality_id::text) || audit_part(e.seq::text)
                                             || audit_part((extract(epoch from e.at) * 1000000)::bigint::text) || audit_part(e.action)
                                             || audit_part(e.object) || audit_part(e.actor) || audit_part(e.purpose) || audit_part(e.details) || p);
                                           update audit_entry set previous = p, hash = h where municipality_id = :m and seq = e.seq;
                                         end loop;
                                         update audit_head set hash = h, seq = (select max(seq) from audit_entry where municipality_id = :m)
                                           where municipality_id = :m;
                                       end $$;
                                       """;

  static Stream<Attack> attacks() {
    return Stream.of(
        new Attack("object changed", "update audit_entry set object = 'other' where municipality_id = :m and seq = :n",
            0),
        new Attack("action changed",
            "update audit_entry set action = 'key.revoked' where municipality_id = :m and seq = :n", 0),
        new Attack("actor changed",
            "update audit_entry set actor = 'account:99' where municipality_id = :m and seq = :n", 0),
        new Attack("purpose changed", "update audit_entry set purpose = 'none' where municipality_id = :m and seq = :n",
            0),
        new Attack("details changed", "update audit_entry set details = '{}' where municipality_id = :m and seq = :n",
            0),
        new Attack("time moved by 1 µs",
            "update audit_entry set at = at + interval '1 microsecond' where municipality_id = :m and seq = :n", 0),
        new Attack("hash changed", "update audit_entry set hash = sha256('x') where municipality_id = :m and seq = :n",
            0),
        new Attack("a word moved between fields",
            "update audit_entry set object = object || 'x', actor = 'account:1' where municipality_id = :m and seq = :n",
            0),
        new Attack("changed with its hash",
            "update audit_entry set object = 'other' where municipality_id = :m and seq = :n; "
                + REHASH.replace("seq >= :n", "seq = :n").replaceAll("(?s)update audit_head.*?;\\s*end", "end"),
            0),
        new Attack("deleted in the middle", "delete from audit_entry where municipality_id = :m and seq = :n", 0),
        new Attack("first one deleted", "delete from audit_entry where municipality_id = :m and seq = 1", 2_000),
        new Attack("tail cut", "delete from audit_entry where municipality_id = :m and seq > :n", 1),
        new Attack("tail cut with the head", "delete from audit_entry where municipality_id = :m and seq > :n; "
            + "update audit_head set seq = :n, hash = (select hash from audit_entry where municipality_id = :m and seq = :n) where municipality_id = :m",
            1),
        new Attack("all deleted",
            "delete from audit_entry where municipality_id = :m; delete from audit_head where municipality_id = :m",
            2_000),
        new Attack("two exchanged",
            "update audit_entry set seq = seq + 1000000 where municipality_id = :m and seq in (:n, :n + 1); "
                + "update audit_entry set seq = case seq - 1000000 when :n then :n + 1 else :n end where municipality_id = :m and seq > 1000000",
            0),
        new Attack("deleted and the rest moved up", "delete from audit_entry where municipality_id = :m and seq = :n; "
            + "update audit_entry set seq = seq + 1000000 where municipality_id = :m and seq > :n; "
            + "update audit_entry set seq = seq - 1000001 where municipality_id = :m and seq > 1000000", 0),
        new Attack("inserted in the middle",
            "update audit_entry set seq = seq + 1000000 where municipality_id = :m and seq >= :n; "
                + "update audit_entry set seq = seq - 999999 where municipality_id = :m and seq > 1000000; "
                + "insert into audit_entry select municipality_id, :n, at, action, 'put in', actor, purpose, details, previous, hash "
                + "from audit_entry where municipality_id = :m and seq = :n - 1",
            0),
        new Attack("inserted behind the end",
            "insert into audit_entry select municipality_id, seq + 1, at, action, 'put in', actor, purpose, details, hash, hash "
                + "from audit_entry where municipality_id = :m order by seq desc limit 1",
            1_001),
        new Attack("head moved back", "update audit_head set seq = seq - 1 where municipality_id = :m", 1_000),
        new Attack("head with another hash", "update audit_head set hash = sha256('x') where municipality_id = :m",
            1_000),
        new Attack("head moved on", "update audit_head set seq = seq + 1 where municipality_id = :m", 1_001),
        new Attack("changed and all that follows hashed anew",
            "update audit_entry set object = 'other' where municipality_id = :m and seq = :n; " + REHASH, 3_000));
  }

  @BeforeEach
  void aLogOfItsOwn() throws Exception {
    town = municipalities.ensure("tamper-" + ++counter, "Prüfstadt", 9, 48, false);
    heads = SignedHeads.open(JdbcClient.create(owner), new AuditProperties(folder.resolve("heads.jsonl"), folder),
        folder);
    CurrentMunicipality.run(town, () -> {
      for (int i = 1; i <= RECORDS; i++) {
        log.record(AuditEntry.of("test.done", "thing " + i).with("number", i).forPurpose("Prüfung"));
        if (i % 20 == 0) {
          sign();
        }
      }
    });
  }

  private void sign() {
    try {
      heads.sign();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void anUntouchedLogIsIntactAlsoAfterMoreWasWritten() throws Exception {
    assertThat(verify()).isEmpty();
    CurrentMunicipality.run(town, () -> log.record(AuditEntry.of("test.done", "not yet signed")));
    assertThat(verify()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void everyChangeIsFoundAndTheFirstBadRecordNamed(Attack attack) throws Exception {
    long seed = 17 + attack.name.hashCode();
    int n = 22 + new Random(seed).nextInt(15);
    asSuperuser(attack.sql, n);
    long expected = switch ((int) attack.firstBad) {
      case 1_000 -> RECORDS;
      case 1_001 -> RECORDS + 1;
      case 2_000 -> 1;
      case 3_000 -> 21; // only the signatures, one every 20 records, narrow it down
      default -> n + attack.firstBad;
    };
    assertThat(verify()).as("%s at record %d, seed %d", attack, n, seed).singleElement()
        .satisfies(finding -> assertThat(finding.seq()).as(finding.message()).isEqualTo(expected))
        .satisfies(finding -> assertThat(finding.message()).contains(Long.toString(expected)));
  }

  @Test
  void headsThatWereChangedOrTakenOutAreFound() throws Exception {
    var file = folder.resolve("heads.jsonl");
    var lines = Files.readAllLines(file);
    Files.write(file, lines.stream().map(line -> line.replace("\"seq\":20,", "\"seq\":21,")).toList());
    assertThat(verifyAll()).anyMatch(finding -> finding.message().contains("signature"));
    Files.write(file, lines.subList(1, lines.size()));
    assertThat(verifyAll()).anyMatch(finding -> finding.message().contains("lines are missing"));
    Files.delete(file);
    assertThat(verify()).singleElement().satisfies(f -> assertThat(f.message()).contains("no signed head"));
  }

  @Test
  void arestoredBackupIsNoCutTail() throws Exception {
    asSuperuser("delete from audit_entry where municipality_id = :m and seq > :n; update audit_head set seq = :n, "
        + "hash = (select hash from audit_entry where municipality_id = :m and seq = :n) where municipality_id = :m",
        30);
    assertThat(verify()).hasSize(1);
    heads.restored();
    assertThat(verify()).isEmpty();
    CurrentMunicipality.run(town, () -> log.record(AuditEntry.of("store.restored", "store")));
    sign();
    asSuperuser("update audit_entry set object = 'x' where municipality_id = :m and seq = :n", 5);
    assertThat(verify()).singleElement().satisfies(finding -> assertThat(finding.seq()).isEqualTo(5));
  }

  /** The goal of trust.md, with its figure in the output. */
  @Tag("long")
  @Timeout(900)
  @Test
  void aMillionRecordsAreVerifiedWithinAMinute() throws Exception {
    try (var connection = DriverManager.getConnection(access.url(), access.owner(), access.ownerPassword());
        var statement = connection.createStatement()) {
      statement.execute("select set_config('city.municipality', '%d', false)".formatted(town.id()));
      long start = System.nanoTime();
      statement.execute("""
                        do $$ begin
                          for i in 1..1000 loop
                            perform audit_append('test.done', 'thing ' || i || '-' || j, 'account:12', 'Prüfung',
                              '{"number":"' || j || '"}') from generate_series(1, 1000) j;
                            commit;
                          end loop;
                        end $$
                        """);
      System.out.printf("audit: 1,000,000 records written in %.1f s%n", (System.nanoTime() - start) / 1e9);
    }
    sign();
    long start = System.nanoTime();
    assertThat(verify()).isEmpty();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("audit: 1,000,%d records verified in %.1f s%n", RECORDS, seconds);
    assertThat(seconds).isLessThanOrEqualTo(60);
  }

  private List<AuditFinding> verify() throws Exception {
    return verifyAll().stream().filter(finding -> finding.municipality() == town.id()).toList();
  }

  private List<AuditFinding> verifyAll() throws Exception {
    try (Connection store = DriverManager.getConnection(access.url(), access.owner(), access.ownerPassword())) {
      return AuditVerifier.verifyStore(store, folder.resolve("heads.jsonl"),
          AuditVerifier.key(Files.readString(folder.resolve("audit-public-key")))).findings();
    }
  }

  /** The embedded server's owner is superuser: it switches off what stands in the way. */
  private void asSuperuser(String sql, long n) throws Exception {
    try (var connection = DriverManager.getConnection(access.url(), access.owner(), access.ownerPassword());
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(sql.replace(":m", Integer.toString(town.id())).replace(":n", Long.toString(n)));
    }
  }
}
