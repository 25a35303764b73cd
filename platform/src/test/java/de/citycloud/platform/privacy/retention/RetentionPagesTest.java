package de.citycloud.platform.privacy.retention;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.identity.TestStaff;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class RetentionPagesTest extends CityTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private ApplicationContext program;
  @Autowired
  private JdbcClient jdbc;

  @Test
  void theOfficerSeesWhatIsDueRunsItAndHoldsWhatIsNeeded() throws Exception {
    var town = municipalities.ensure("retention-pages", "Musterstadt", 9, 48, false);
    var path = "/retention-pages/data-protection/retention";
    try (var officer = TestStaff.signIn(program, port, town, Role.DATA_PROTECTION_OFFICER);
        var citizen = TestStaff.signIn(program, port, town, Role.CITIZEN)) {
      assertThat(citizen.get(path).statusCode()).isEqualTo(403);
      var page = officer.get(path).body();
      assertThat(page).contains("Anmeldeversuche").contains("15 Minuten").contains("3 Jahre").contains("30 Tage")
          .contains("Es wurde noch nichts gelöscht");

      var mistakes = officer.post(path + "/holds", Map.of("rule", "nothing", "person", "", "reason", ""));
      assertThat(mistakes.statusCode()).isEqualTo(422);
      assertThat(mistakes.body()).contains("href=\"#rule\"").contains("href=\"#reason\"");
      assertThat(officer.post(path + "/holds", Map.of("rule", "", "person", "Erika", "reason", "Klage")).body())
          .contains("href=\"#person\"");
      assertThat(officer.post(path + "/holds", Map.of("rule", "quarantine", "person", "", "reason", "Klage <7>"))
          .statusCode()).isEqualTo(302);
      var held = officer.get(path).body();
      assertThat(held).contains("Klage &lt;7&gt;").contains("gesperrt");

      CurrentMunicipality.run(town,
          () -> jdbc.sql("""
                         insert into reading (municipality_id, at, person, reader, activity, reference, what)
                         values (?, now() - interval '2 years', 'test:a', 'account:1', 'person-rights', 'A', 'x')
                         """)
              .param(town.id()).update());
      assertThat(officer.post(path + "/run", Map.of()).statusCode()).isEqualTo(302);
      assertThat(officer.get(path).body()).contains("Die letzten 50 Löschungen").contains("Lesevermerke");

      var lift = Pattern.compile(path + "/holds/\\d+/lift").matcher(held);
      assertThat(lift.find()).isTrue();
      assertThat(officer.post(lift.group(), Map.of()).statusCode()).isEqualTo(302);
      assertThat(officer.get(path).body()).doesNotContain("Klage &lt;7&gt;");
    }
  }
}
