package de.citycloud.platform.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.SmartCityCloud;
import de.citycloud.platform.database.Backup;
import de.citycloud.platform.database.DatabaseProperties;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.database.Restore;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.identity.TestStaff;
import de.citycloud.platform.message.MailAddress;
import de.citycloud.platform.message.Messages;
import de.citycloud.platform.message.Text;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.privacy.keys.KeyBackup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** F16: what was erased is gone from tables, logs, exports and files, and from an older backup that is restored. */
@ExtendWith(OutputCaptureExtension.class)
class ErasureTest extends CityTest {
  private static final String ACCOUNT = "zacharias.quittenbaum";
  private static final String REQUEST = "MARKER-request-of-quittenbaum";
  private static final String SECOND_REQUEST = "MARKER-second-request";
  private static final String ANSWER = "MARKER-answer-to-quittenbaum";
  private static final String REFERENCE = "MARKER-case-reference";
  private static final String SECOND_REFERENCE = "MARKER-other-case";
  private static final String HOLD = "MARKER-reason-of-hold";
  private static final String FILE = "MARKER-in-an-attachment";
  private static final String FAILED = "MARKER-in-a-failed-statement";
  private static final String FAILED_KEY = "MARKER-in-a-double-key";
  private static final String EXPORTED = "MARKER-only-in-the-copy";
  private static final String ADDRESS = "quittenbaum@example.org";
  private static final String MAIL = "MARKER-words-of-a-mail";
  private static final String LETTER = "MARKER-street-of-a-letter";
  private static final String REPORTED = "MARKER-reported-barrier";
  private static final String REPORTER = "MARKER-name-of-the-reporter";
  private static final String REPORT_ANSWER = "MARKER-answer-to-the-report";
  private static final String AUDITED = "MARKER-reference-of-a-purpose";
  private static final List<String> MARKERS = List.of(ACCOUNT, REQUEST, SECOND_REQUEST, ANSWER, REFERENCE,
      SECOND_REFERENCE, HOLD, FILE, FAILED, FAILED_KEY, EXPORTED, ADDRESS, MAIL, LETTER, REPORTED, REPORTER,
      REPORT_ANSWER, AUDITED);

  @TempDir
  static Path folder = Path.of("");

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private ApplicationContext program;
  @Autowired
  private DatabaseProperties database;
  @Autowired
  private PersonCipher cipher;
  @Autowired
  private Messages messages;
  @Autowired
  private Erasures erasures;
  @Autowired
  private LegalHolds holds;
  @Autowired
  private KeyBackup keyBackup;
  @Autowired
  private JdbcClient jdbc;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  @Test
  void ofEighteenMarkersNoneIsLeftNotEvenInAnOlderBackupWithItsOlderKeys(CapturedOutput output) throws Exception {
    var town = municipalities.ensure("erasure-town", "Ort", 9, 48, false);
    var person = Person.ofAccount(TestStaff.make(program, town, ACCOUNT, Role.CITIZEN));
    var visitor = new PageVisitor(port);
    var report = leaveMarkers(town, person, visitor);
    var keyedHash = CurrentMunicipality.call(town,
        () -> jdbc.sql("select email_hash from barrier_report").query(byte[].class).single());
    var older = folder.resolve("older.zip");
    Backup.write(database, older);
    var olderKeys = keyBackup.write(JdbcClient.create(owner), Instant.now());
    assertThat(hitsIn(older)).as("control: what is not encrypted is in the older backup")
        .containsKeys(ACCOUNT, REFERENCE, HOLD, AUDITED).doesNotContainKeys(REQUEST, ANSWER, FILE, EXPORTED, ADDRESS,
            MAIL, LETTER, REPORTED, REPORTER, REPORT_ANSWER);
    assertThat(contains(older, keyedHash)).as("control: the keyed hash of the address").isTrue();
    assertThat(readable(town, person)).as("control: before the erasure it can be read").isTrue();

    CurrentMunicipality.run(town, () -> {
      assertThatThrownBy(() -> erasures.erase(person)).hasMessageContaining("legal hold");
      holds.listAll().forEach(hold -> holds.lift(hold.id()));
      assertThat(erasures.erase(person).removed()).isPositive();
      assertThat(erasures.erase(report).removed()).isPositive();
    });
    assertThat(visitor.get("/" + town.slug() + "/account").statusCode()).as("their session has ended").isEqualTo(302);
    visitor.close();

    assertThat(readable(town, person)).isFalse();
    var newer = folder.resolve("newer.zip");
    Backup.write(database, newer);
    assertThat(hitsIn(newer)).as("tables, outbox and audit log, by a raw scan of the whole store").isEmpty();
    assertThat(contains(newer, keyedHash)).as("the keyed hash").isFalse();
    assertThat(hitsInText(output.getAll())).as("what the program said while all this happened").isEmpty();
    assertThat(hitsInFiles(database.data())).as("logs, key store and files of the data folder").isEmpty();
    assertThat(Files.readString(olderKeys)).as("the old key backup still has the key: the list must take it away")
        .contains("\"" + person.id() + "\"");

    restoreAndStart(older, olderKeys, town, person);
  }

  /** The worst case: a new machine, the older backup, the older keys, and the list of erasures. */
  private void restoreAndStart(Path older, Path olderKeys, Municipality town, Person person) throws Exception {
    var data = folder.resolve("restored");
    var keys = Files.createDirectories(data.resolve("keys"));
    for (var file : List.of("deployment-key.json", "erasures.jsonl")) {
      Files.copy(database.data().resolve("keys").resolve(file), keys.resolve(file));
    }
    var properties = new DatabaseProperties(data, null, "", "", "", "", 8);
    var restored = Restore.read(properties, older, false);
    var after = AfterRestore.replay(properties, restored.at(), olderKeys);
    assertThat(after.erasures()).isPositive();

    try (var again = SpringApplication.run(SmartCityCloud.class, "--city.database.data=" + data, "--server.port=0",
        "--management.server.port=0", "--city.mqtt.port=0", "--city.demo.enabled=false")) {
      var scan = folder.resolve("restored.zip");
      Backup.write(properties, scan);
      assertThat(hitsIn(scan)).as("the restored older backup").isEmpty();
      assertThat(hitsInFiles(data)).isEmpty();
      var there = again.getBean(Municipalities.class).getBySlug(town.slug());
      assertThat(CurrentMunicipality.call(there,
          () -> again.getBean(PersonCipher.class).decryptText(person, "test.file",
              Files.readAllBytes(attachment()))))
          .as("the key is gone there, too").isEmpty();
      assertThat(CurrentMunicipality.call(there,
          () -> again.getBean(JdbcClient.class).sql("select count(*) from account").query(Integer.class).single()))
          .as("the others are still there").isEqualTo(2);
    }
  }

  /** Returns who stands for the reported barrier. */
  private Person leaveMarkers(Municipality town, Person person, PageVisitor visitor) throws Exception {
    TestStaff.make(program, town, "somebody.who.stays", Role.CITIZEN);
    var root = "/" + town.slug();
    visitor.get(root + "/sign-in");
    visitor.post(root + "/sign-in", Map.of("name", ACCOUNT, "password", "wrong on purpose"));
    visitor.post(root + "/sign-in", Map.of("name", ACCOUNT, "password", TestStaff.PASSWORD));
    for (var words : List.of(REQUEST, SECOND_REQUEST)) {
      visitor.get(root + "/account/data/request");
      assertThat(visitor.post(root + "/account/data/request", Map.of("kind", "other", "words", words)).statusCode())
          .isEqualTo(302);
    }
    visitor.get(root + "/barrier");
    assertThat(visitor.post(root + "/barrier",
        Map.of("problem", REPORTED, "name", REPORTER, "email", ADDRESS, "page", "/x?who=" + REPORTER)).statusCode())
        .isEqualTo(302);
    var report = CurrentMunicipality.call(town, () -> {
      messages.send(person, new MailAddress(ADDRESS), new Text("test", Locale.GERMAN, List.of(MAIL), null, "test 1"));
      messages.print(person, List.of("Zacharias", LETTER, "71999 Ort"),
          new Text("test", Locale.GERMAN, List.of(EXPORTED), null, "test 2"));
      jdbc.sql("update account_session set purpose = 'CASE_WORK', purpose_reference = ?, purpose_until = now()")
          .param(AUDITED).update();
      return new Person(jdbc.sql("select person from barrier_report").query(String.class).single());
    });
    try (var staff = TestStaff.signIn(program, port, town, Role.ADMINISTRATOR)) {
      var list = staff.get(root + "/barrier-reports").body();
      var path = list.replaceFirst("(?s).*href=\"(" + root + "/barrier-reports/\\d+)\".*", "$1");
      staff.get(path);
      assertThat(staff.post(path, Map.of("answer", REPORT_ANSWER)).statusCode()).isEqualTo(302);
      assertThat(staff.get(path).body()).as("control: staff reads it").contains(REPORTED, REPORT_ANSWER);
    }
    assertThat(visitor.get(root + "/account/data.json").body()).contains(EXPORTED, MAIL, REQUEST);
    assertThat(visitor.get(root + "/account/data.pdf").statusCode()).isEqualTo(200);
    CurrentMunicipality.call(town, () -> {
      jdbc.sql("update privacy_request set answer = ?, answered_at = now()")
          .param(cipher.encryptText(person, "privacy_request.answer", ANSWER)).update();
      for (var reference : List.of(REFERENCE, SECOND_REFERENCE)) {
        jdbc.sql("""
                 insert into reading (municipality_id, person, reader, activity, reference, what)
                 values (?, ?, 'account:999', 'person-rights', ?, 'privacy.read.request')
                 """).params(town.id(), person.id(), reference).update();
      }
      holds.holdPerson(person, HOLD);
      // Statements that fail must not end up in a log with what they carried.
      assertThatThrownBy(() -> jdbc.sql("update privacy_request set kind = ?").param(FAILED).update())
          .isInstanceOf(DataAccessException.class).hasMessageNotContaining(FAILED);
      jdbc.sql(
          "insert into reading (municipality_id, person, reader, activity, reference, what) values (?, ?, 'x', 'x', ?, 'x')")
          .params(town.id(), person.id(), FAILED_KEY).update();
      assertThatThrownBy(() -> jdbc.sql("update reading set municipality_id = null where reference = ?")
          .param(FAILED_KEY).update()).isInstanceOf(DataAccessException.class).hasMessageNotContaining(FAILED_KEY);
      Files.write(attachment(), cipher.encrypt(person, "test.file", FILE.getBytes(StandardCharsets.UTF_8)));
      return true;
    });
    return report;
  }

  /** A file of the data folder, as an attachment of a case would be. */
  private Path attachment() throws IOException {
    return Files.createDirectories(database.data().resolve("uploads")).resolve("attachment");
  }

  private boolean readable(Municipality town, Person person) {
    return CurrentMunicipality.call(town, () -> {
      try {
        return cipher.decryptText(person, "test.file", Files.readAllBytes(attachment()))
            .filter(FILE::equals).isPresent();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    });
  }

  private static boolean contains(Path backup, byte[] bytes) throws IOException {
    var hex = java.util.HexFormat.of().formatHex(bytes);
    try (var zip = new ZipFile(backup.toFile())) {
      for (var entry : zip.stream().toList()) {
        try (var in = zip.getInputStream(entry)) {
          if (new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(hex)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static Map<String, String> hitsInText(String text) {
    var hits = new TreeMap<String, String>();
    find(text.getBytes(StandardCharsets.UTF_8), "log", hits);
    return hits;
  }

  /** Where each marker stands in a backup; the backup holds every table of the store as text. */
  private static Map<String, String> hitsIn(Path backup) throws IOException {
    var hits = new TreeMap<String, String>();
    try (var zip = new ZipFile(backup.toFile())) {
      for (var entry : zip.stream().toList()) {
        var content = new ByteArrayOutputStream();
        try (var in = zip.getInputStream(entry)) {
          in.transferTo(content);
        }
        find(content.toByteArray(), entry.getName(), hits);
      }
    }
    return hits;
  }

  /** Logs and files; the database's own pages are what the backup shows, and it cleans them up in its own time. */
  private static Map<String, String> hitsInFiles(Path data) throws IOException {
    var hits = new TreeMap<String, String>();
    try (var files = Files.walk(data)) {
      for (var file : files.filter(Files::isRegularFile)
          .filter(
              path -> !path.toString().contains("/postgresql/cluster/") && !path.toString().contains("/postgresql/pg"))
          .toList()) {
        if (Files.size(file) < 50_000_000) {
          find(Files.readAllBytes(file), file.toString(), hits);
        }
      }
    }
    return hits;
  }

  private static void find(byte[] content, String place, Map<String, String> hits) {
    var text = new String(content, StandardCharsets.ISO_8859_1);
    for (var marker : MARKERS) {
      var hex = java.util.HexFormat.of().formatHex(marker.getBytes(StandardCharsets.UTF_8));
      if (text.contains(marker) || text.contains(hex)) {
        hits.put(marker, place);
      }
    }
  }
}
