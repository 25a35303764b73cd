package de.citycloud.platform.privacy.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
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
      assertThatThrownBy(() -> readings.open(person, "person-rights", "A-1", "privacy.read.request", () -> "data"))
          .isInstanceOf(CityProblem.class).hasMessageContaining("permission");
      assertThatThrownBy(() -> readings.open(person, "curiosity", "A-1", "privacy.read.request", () -> "data"))
          .isInstanceOf(CityProblem.class).hasMessageContaining("declared purpose");
      assertThatThrownBy(() -> readings.open(person, "person-rights", " ", "privacy.read.request", () -> "data"))
          .isInstanceOf(CityProblem.class).hasMessageContaining("case");
      assertThat(readings.listOf(person)).as("nothing was read").isEmpty();
    });
  }

  private static String find(String pattern, String text) {
    var matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group();
  }
}
