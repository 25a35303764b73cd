package de.citycloud.platform.privacy.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.audit.AuditActor;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.identity.TestStaff;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.Readings;
import de.citycloud.platform.problem.CityProblem;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class MyDataTest extends CityTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private ApplicationContext program;
  @Autowired
  private JdbcClient jdbc;
  @Autowired
  private Readings readings;

  @Test
  void aPersonAsksTheOfficerAnswersAndBothAreSeenByThePersonAlone() throws Exception {
    var town = municipalities.ensure("my-data", "Musterstadt", 9, 48, false);
    TestStaff.make(program, town, "somebody.else", Role.MODERATOR);
    try (var person = TestStaff.signIn(program, port, town, Role.CITIZEN);
        var officer = TestStaff.signIn(program, port, town, Role.DATA_PROTECTION_OFFICER)) {
      var mine = person.get("/my-data/account/data");
      assertThat(mine.statusCode()).isEqualTo(200);
      assertThat(mine.body()).contains("Meine Daten").contains("citizen").contains("Anmeldung und Konten")
          .contains("Niemand außer Ihnen").doesNotContain("somebody.else");

      person.get("/my-data/account/data/request");
      var mistakes = person.post("/my-data/account/data/request", Map.of("kind", "everything", "words", " "));
      assertThat(mistakes.statusCode()).isEqualTo(422);
      assertThat(mistakes.body()).contains("href=\"#kind\"").contains("href=\"#words\"");
      var sent = person.post("/my-data/account/data/request",
          Map.of("kind", "correction", "words", "Mein Name ist <falsch>."));
      assertThat(sent.statusCode()).isEqualTo(302);
      assertThat(person.get("/my-data/account/data").body()).contains("Antwort bis").contains("&lt;falsch&gt;");
      assertThat(CurrentMunicipality.call(town,
          () -> jdbc.sql("select encode(words, 'escape') from privacy_request").query(String.class).single()))
          .as("as it lies in the table").doesNotContain("falsch");

      var list = officer.get("/my-data/data-protection/requests").body();
      var path = find("/my-data/data-protection/requests/\\d+", list);
      var asked = officer.get(path);
      assertThat(asked.statusCode()).as("a permission without a purpose is not enough").isEqualTo(302);
      var where = asked.headers().firstValue("Location").orElse("");
      assertThat(where).contains("/my-data/purpose?next=").endsWith("&purpose=RIGHTS_REQUEST");
      assertThat(person.get("/my-data/account/data").body()).as("nothing was read").contains("Niemand außer Ihnen");
      officer.get(where.substring(where.indexOf("/my-data")));
      assertThat(officer.post("/my-data/purpose",
          Map.of("purpose", "CASE_WORK", "reference", "DS-1", "next", path)).statusCode()).isEqualTo(302);
      assertThat(officer.get(path).statusCode()).as("another purpose").isEqualTo(302);
      officer.get("/my-data/purpose");
      var stated = officer.post("/my-data/purpose",
          Map.of("purpose", "RIGHTS_REQUEST", "reference", "DS-1", "next", path));
      assertThat(stated.headers().firstValue("Location").orElse("")).as("and back to what was asked for")
          .endsWith(path);
      assertThat(officer.get(path).body()).contains("&lt;falsch&gt;").contains("dass Sie sie gelesen haben");
      assertThat(officer.post(path, Map.of("words", "")).statusCode()).isEqualTo(422);
      assertThat(officer.post(path, Map.of("words", "Ist berichtigt.")).statusCode()).isEqualTo(302);

      var after = person.get("/my-data/account/data").body();
      assertThat(after).contains("Ist berichtigt.").contains("beantwortet am").contains("DS-").contains("account:");
      assertThat(CurrentMunicipality.call(town,
          () -> jdbc.sql("select purpose from audit_entry where action = 'privacy.person.read'").query(String.class)
              .list()))
          .as("the audit log has it, too").contains("person-rights");
      assertThat(person.get("/my-data/data-protection/requests").statusCode()).as("not for citizens").isEqualTo(403);

      var json = person.get("/my-data/account/data.json");
      assertThat(json.body()).contains("\"citizen\"").contains("Ist berichtigt.").contains("\"readings\"")
          .doesNotContain("somebody.else").doesNotContain("data_protection_officer");
      assertThat(person.get("/my-data/account/data.pdf").headers().firstValue("Content-Type"))
          .contains("application/pdf");
    }
  }

  @Test
  void erasureNeedsAYesSignsOutAndGivesAReceipt() throws Exception {
    var town = municipalities.ensure("my-erasure", "Musterstadt", 9, 48, false);
    try (var person = TestStaff.signIn(program, port, town, Role.CITIZEN)) {
      person.get("/my-erasure/account/data/erasure");
      var unsure = person.post("/my-erasure/account/data/erasure", Map.of());
      assertThat(unsure.statusCode()).isEqualTo(422);
      assertThat(unsure.body()).contains("href=\"#sure\"");
      var done = person.post("/my-erasure/account/data/erasure", Map.of("sure", "true"));
      assertThat(done.statusCode()).isEqualTo(200);
      assertThat(done.body()).contains("Ihre Daten sind gelöscht");
      assertThat(find("[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", done.body())).isNotEmpty();
      assertThat(person.get("/my-erasure/account/data").statusCode()).as("signed out").isEqualTo(302);
    }
    CurrentMunicipality.run(town,
        () -> assertThat(jdbc.sql("select count(*) from account").query(Integer.class).single()).isZero());
  }

  @Test
  void nobodyReadsAnotherPersonsDataWithoutPermissionAndPurpose() {
    var town = municipalities.ensure("my-readings", "Musterstadt", 9, 48, false);
    CurrentMunicipality.run(town, () -> {
      var person = new Person("test:read");
      assertThatThrownBy(
          () -> readings.open(person, reason("person-rights", "A-1"), "privacy.read.request", () -> "data"))
          .isInstanceOf(CityProblem.class).hasMessageContaining("permission");
      assertThatThrownBy(() -> readings.open(person, reason("curiosity", "A-1"), "privacy.read.request", () -> "data"))
          .isInstanceOf(CityProblem.class).hasMessageContaining("declared purpose");
      assertThatThrownBy(
          () -> readings.open(person, reason("person-rights", " "), "privacy.read.request", () -> "data"))
          .isInstanceOf(CityProblem.class).hasMessageContaining("case");
      assertThat(readings.listOf(person)).as("nothing was read").isEmpty();
    });
  }

  /** The route asks for the purpose, too; this is the proof that a module without that still cannot read. */
  @Test
  void aRoleWithoutAStatedPurposeReadsNothingAndBothLogsAgree() {
    var town = municipalities.ensure("my-purposes", "Musterstadt", 9, 48, false);
    CurrentMunicipality.run(town, () -> {
      var person = new Person("test:read");
      try {
        signIn("MAY_READ_PERSON_DATA", "FOR_CASE_WORK");
        assertThatThrownBy(
            () -> readings.open(person, reason("person-rights", "A-1"), "privacy.read.request", () -> "data"))
            .isInstanceOf(CityProblem.class).hasMessageContaining("has not stated the purpose RIGHTS_REQUEST");
        signIn("FOR_RIGHTS_REQUEST");
        assertThatThrownBy(
            () -> readings.open(person, reason("person-rights", "A-1"), "privacy.read.request", () -> "data"))
            .isInstanceOf(CityProblem.class).hasMessageContaining("permission");
        assertThat(readings.listOf(person)).isEmpty();

        signIn("MAY_READ_PERSON_DATA", "FOR_RIGHTS_REQUEST");
        assertThat(readings.open(person, reason("person-rights", "A-1"), "privacy.read.request", () -> "data"))
            .isEqualTo("data");
        assertThat(readings.listOf(person)).hasSize(1);
        assertThatThrownBy(() -> readings.open(person, reason("person-rights", "x".repeat(201)),
            "privacy.read.request", () -> "data")).isInstanceOf(org.springframework.dao.DataAccessException.class);
      } finally {
        SecurityContextHolder.clearContext();
      }
      assertThat(readings.listOf(person)).hasSize(1);
      assertThat(jdbc.sql("select count(*) from audit_entry where action = 'privacy.person.read'")
          .query(Integer.class).single()).as("as many as readings").isOne();
    });
  }

  private static Readings.Reason reason(String activity, String reference) {
    return new Readings.Reason(activity, "RIGHTS_REQUEST", reference);
  }

  private static void signIn(String... authorities) {
    AuditActor.Known reader = () -> new AuditActor.Account(7);
    SecurityContextHolder.getContext().setAuthentication(
        new TestingAuthenticationToken(reader, "", authorities));
  }

  private static String find(String pattern, String text) {
    var matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group();
  }
}
