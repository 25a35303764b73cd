package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Neither text nor work tells whether an account exists (F9); the limits themselves are in {@link StaffSignInTest}. */
class GuessingTest extends CityTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Accounts accounts;
  @Autowired
  private Passwords passwords;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  @Test
  void everyWrongTryCostsOneHashAndSaysTheSame() throws Exception {
    var town = new Town(municipalities.ensure("guessing", "Musterstadt", 9, 48, false), accounts, port);
    town.person("known", Role.CASEWORKER);
    int locked = town.person("locked", Role.CASEWORKER);
    CurrentMunicipality.run(town.municipality(), () -> {
      accounts.disable(locked, true);
      accounts.invite("invited", Set.of(Role.CASEWORKER));
      accounts.ofProvider("https://login.example", "1", "elsewhere", Assurance.NONE);
    });
    var bodies = new LinkedHashMap<String, String>();
    try (var guesser = new PageVisitor(port)) {
      for (var name : new String[]{"known", "locked", "invited", "elsewhere", "unknown", "x".repeat(5000),
          "' or 1=1"}) {
        JdbcClient.create(owner).sql("delete from sign_in_attempt").update();
        guesser.get(town.path("/sign-in"));
        long before = passwords.computed();
        var answer = guesser.post(town.path("/sign-in"),
            Map.of("name", name, "password", name.equals("known") ? "wrong" : Town.PASSWORD));
        assertThat(passwords.computed() - before).as("argon2 hashes for %s", name).isOne();
        assertThat(answer.statusCode()).as(name).isEqualTo(422);
        bodies.put(name, answer.body().replace(name.replace("'", "&#39;"), "NAME")
            .replaceAll("(name=\"(_csrf|ticket)\" value=\")[^\"]*", "$1"));
      }
    }
    assertThat(Set.copyOf(bodies.values())).as("different answers").hasSize(1);
  }
}
