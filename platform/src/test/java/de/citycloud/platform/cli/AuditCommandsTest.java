package de.citycloud.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.DatabaseAccess;
import de.citycloud.platform.database.DatabaseProperties;
import de.citycloud.platform.identity.Administrator;
import de.citycloud.platform.identity.SetUpLinks;
import de.citycloud.platform.municipality.Municipalities;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

class AuditCommandsTest extends CityTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private SetUpLinks links;
  @Autowired
  private DatabaseProperties database;
  @Autowired
  private DatabaseAccess access;
  @TempDir
  private Path folder;

  @Test
  void anExportedFileIsCheckedAndAChangeOfOneLetterFound() throws Exception {
    var town = municipalities.ensure("audit-export", "Exportstadt", 9, 48, false);
    var file = folder.resolve("audit.jsonl");
    try (var admin = Administrator.signIn(port, links, town)) {
      var answer = admin.get("/audit-export/audit/export.jsonl");
      assertThat(answer.headers().firstValue("Content-Disposition").orElse("")).contains("audit-audit-export.jsonl");
      Files.writeString(file, answer.body());
    }
    long records = Files.readAllLines(file).stream().filter(line -> line.contains("\"kind\":\"entry\"")).count();
    assertThat(records).as("set up, signed in, exported").isGreaterThanOrEqualTo(4);
    var key = database.data().resolve("secrets").resolve("audit-public-key").toString();
    assertThat(run("audit", "verify", file.toString(), "--public-key", key))
        .isEqualTo("0 municipality %d: %d record(s), 1 signed head(s), nothing was changed\n".formatted(town.id(),
            records));
    assertThat(run("audit", "verify", file.toString())).startsWith("0 ");

    Files.writeString(file, Files.readString(file).replaceFirst("\"object\":\"account", "\"object\":\"Account"));
    assertThat(run("audit", "verify", file.toString(), "--public-key", key)).startsWith("1 ")
        .containsPattern("record \\d+").contains("was changed");
    Files.writeString(file, "{\"kind\":\"entry\",\"municipality\":1\n");
    assertThat(run("audit", "verify", file.toString(), "--public-key", key)).startsWith("1 ").contains("Line 1 of");
  }

  @Test
  void theRunningProgramsStoreIsCheckedToo() throws Exception {
    var town = municipalities.ensure("audit-store", "Speicherstadt", 9, 48, false);
    Administrator.signIn(port, links, town).close();
    assertThat(run("municipality", "add", "audit-added", "Neustadt", "9", "48", "--data", database.data().toString()))
        .isEqualTo("0 /audit-added\n");
    var said = run("audit", "verify", "--data", database.data().toString());
    assertThat(said).contains("audit-added: ").containsPattern("audit-store: (3 record|no signed head)");
    try (var connection = DriverManager.getConnection(access.url(), access.owner(), access.ownerPassword());
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute("update audit_entry set actor = 'account:7' where seq = 2 and municipality_id = " + town.id());
      assertThat(run("audit", "verify", "--data", database.data().toString())).startsWith("1 ")
          .contains("audit-store: record 2", "was changed");
    }
  }

  @Test
  void theCheckSharesNoCodeWithTheWriter() {
    var classes = new ClassFileImporter().importPackages("de.citycloud.platform.cli.audit");
    ArchRuleDefinition.noClasses().should().dependOnClassesThat()
        .resideInAnyPackage("de.citycloud.platform.audit..", "de.citycloud.platform.database..")
        .check(classes.that(com.tngtech.archunit.base.DescribedPredicate.describe("main code",
            one -> !one.getName().contains("Test"))));
    assertThat(classes.size()).isGreaterThan(3);
  }

  private static String run(String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code = CommandLine.run(List.of(words), new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
    return code + " " + out.toString(StandardCharsets.UTF_8) + (code == 0 ? "" : err.toString(StandardCharsets.UTF_8));
  }
}
