package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Everything here works without JavaScript. */
class SecondFactorTest extends CityTest {
  private static int counter;

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Accounts accounts;
  @Autowired
  private SecondFactors factors;
  @Autowired
  private SetUpLinks links;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  @DynamicPropertySource
  static void administratorsMustHaveOne(DynamicPropertyRegistry properties) {
    properties.add("city.identity.second-factor", () -> "administrator");
  }

  @BeforeEach
  void allTestsComeFromOneAddressAndItCounts() {
    JdbcClient.create(owner).sql("delete from sign_in_attempt").update();
  }

  @Test
  void anAdministratorCanDoNothingBeforeTheAppIsSetUpAndThenEverything() throws Exception {
    var town = town();
    town.person("chef", Role.ADMINISTRATOR);
    try (var chef = town.signedIn("chef"); var other = town.signedIn("chef")) {
      for (var page : new String[]{"/keys", "/people", "/sources"}) {
        assertThat(Town.location(chef.get(town.path(page)))).as(page).endsWith(town.path("/account"));
      }
      assertThat(chef.get(town.path("/account")).body()).contains("Richten Sie zuerst einen zweiten Faktor ein");
      var form = chef.get(town.path("/account/codes"));
      var key = secret(form);
      assertThat(form.body()).contains("otpauth://totp/Musterstadt:chef?secret=").contains("<path fill=\"#000\"");

      var wrong = chef.post(town.path("/account/codes"), Map.of("sealed", sealed(form), "code", "000000"));
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("href=\"#code\"");
      assertThat(secret(wrong)).as("the same key again, else the app would be wrong").isEqualTo(key);
      var done = chef.post(town.path("/account/codes"), Map.of("sealed", sealed(wrong), "code", code(key)));
      assertThat(done.body().split("<li><code>[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}</code>"))
          .as("recovery codes").hasSize(11);
      assertThat(chef.get(town.path("/keys")).statusCode()).isEqualTo(200);
      assertThat(other.get(town.path("/account")).statusCode()).as("sessions without it end").isEqualTo(302);
      assertThat(stored("totp_secret")).as("in the store").doesNotContain(hex(key));
    }
  }

  @Test
  void aCodeWorksOnceThenARecoveryCodeWorksOnce() throws Exception {
    var town = town();
    int kim = town.person("kim", Role.ADMINISTRATOR);
    var secret = Totp.newSecret();
    CurrentMunicipality.run(town.municipality(), () -> assertThat(factors.begin(kim, secret, now(secret))).isTrue());
    var recovery = CurrentMunicipality.call(town.municipality(), () -> factors.renewRecoveryCodes(kim)).getFirst();
    forgetLastStep(kim);
    try (var first = new PageVisitor(port); var second = new PageVisitor(port); var third = new PageVisitor(port)) {
      var code = now(secret);
      assertThat(enter(town, first, code).statusCode()).isEqualTo(302);
      assertThat(first.get(town.path("/keys")).statusCode()).isEqualTo(200);
      var replay = enter(town, second, code);
      assertThat(replay.statusCode()).as("the same code again").isEqualTo(422);
      assertThat(replay.body()).contains("schon benutzt");
      assertThat(second.get(town.path("/account")).statusCode()).as("the password alone").isEqualTo(302);

      assertThat(enter(town, second, recovery.toUpperCase(java.util.Locale.ROOT)).statusCode()).isEqualTo(302);
      assertThat(second.get(town.path("/keys")).statusCode()).isEqualTo(200);
      assertThat(enter(town, third, recovery).statusCode()).as("the recovery code again").isEqualTo(422);
    }
  }

  @Test
  void guessingCodesEndsAfterTenTries() throws Exception {
    var town = town();
    int kim = town.person("kim", Role.CASEWORKER);
    var secret = Totp.newSecret();
    CurrentMunicipality.run(town.municipality(), () -> assertThat(factors.begin(kim, secret, now(secret))).isTrue());
    try (var guesser = new PageVisitor(port)) {
      var page = password(town, guesser);
      HttpResponse<String> answer = page;
      for (int i = 0; i < 11; i++) {
        answer = guesser.post(town.path("/sign-in/code"), Map.of("step", step(page), "code", "12345" + i % 10));
      }
      assertThat(answer.statusCode()).isEqualTo(429);
    }
  }

  @Test
  void theStepBetweenPasswordAndCodeBelongsToOneTownAndCannotBeMade() throws Exception {
    var here = town();
    var there = town();
    for (var town : new Town[]{here, there}) {
      int kim = town.person("kim", Role.CASEWORKER);
      CurrentMunicipality.run(town.municipality(), () -> {
        var secret = Totp.newSecret();
        assertThat(factors.begin(kim, secret, now(secret))).isTrue();
      });
    }
    try (var kim = new PageVisitor(port)) {
      var step = step(password(here, kim));
      for (var wrong : new String[]{"", "AAAA", step.substring(1)}) {
        assertThat(Town.location(kim.post(here.path("/sign-in/code"), Map.of("step", wrong, "code", "123456"))))
            .endsWith("/sign-in");
      }
      kim.get(there.path("/sign-in"));
      assertThat(Town.location(kim.post(there.path("/sign-in/code"), Map.of("step", step, "code", "123456"))))
          .endsWith(there.path("/sign-in"));
    }
  }

  @Test
  void aFreshTownHasNoWayInButTheOneTimeLink() throws Exception {
    var town = town();
    assertThat(JdbcClient.create(owner).sql("select count(*) from account where municipality_id = ?")
        .param(town.municipality().id()).query(Integer.class).single()).isZero();
    try (var somebody = new PageVisitor(port)) {
      somebody.get(town.path("/sign-in"));
      for (var name : new String[]{"admin", "administrator", "root", "city", "user"}) {
        for (var password : new String[]{"admin", "password"}) {
          JdbcClient.create(owner).sql("delete from sign_in_attempt").update();
          assertThat(somebody.post(town.path("/sign-in"), Map.of("name", name, "password", password)).statusCode())
              .isEqualTo(422);
        }
      }
      assertThat(somebody.get(town.path("/set-up")).statusCode()).isEqualTo(404);
      assertThat(somebody.get(town.path("/set-up?token=" + "a".repeat(32))).statusCode()).isEqualTo(404);
      assertThat(somebody.get(town.path("/invitation?token=")).statusCode()).isEqualTo(404);
      for (var path : new String[]{"/login", "/oauth2/authorization/x", "/webauthn/register/options",
          "/login/webauthn"}) {
        assertThat(somebody.get(path).statusCode()).as(path).isEqualTo(404);
      }
      var link = CurrentMunicipality.call(town.municipality(), links::create);
      somebody.get(link);
      assertThat(somebody.post(town.path("/set-up"), Map.of("token", link.replaceFirst(".*=", ""), "name", "chef",
          "password", Town.PASSWORD, "again", Town.PASSWORD)).statusCode()).isEqualTo(302);
      assertThat(Town.location(somebody.get(town.path("/keys")))).as("and even then a second factor comes first")
          .endsWith("/account");
    }
  }

  private Town town() {
    return new Town(municipalities.ensure("factor-" + ++counter, "Musterstadt", 9, 48, false), accounts, port);
  }

  private HttpResponse<String> password(Town town, PageVisitor visitor) throws Exception {
    visitor.get(town.path("/sign-in"));
    var page = visitor.post(town.path("/sign-in"), Map.of("name", "kim", "password", Town.PASSWORD));
    assertThat(page.body()).contains("Code eingeben");
    assertThat(visitor.cookie("city")).as("no session yet").isEmpty();
    return page;
  }

  private HttpResponse<String> enter(Town town, PageVisitor visitor, String code) throws Exception {
    return visitor.post(town.path("/sign-in/code"), Map.of("step", step(password(town, visitor)), "code", code));
  }

  private void forgetLastStep(int account) {
    JdbcClient.create(owner).sql("update account set totp_last_step = 0 where id = ?").param(account).update();
  }

  private String stored(String column) {
    return JdbcClient.create(owner)
        .sql("select coalesce(string_agg(encode(" + column + ", 'hex'), ' '), '') from account")
        .query(String.class).single();
  }

  private static String step(HttpResponse<String> page) {
    return Town.find("name=\"step\" value=\"([^\"]+)\"", page);
  }

  private static String sealed(HttpResponse<String> page) {
    return Town.find("name=\"sealed\" value=\"([^\"]+)\"", page);
  }

  private static byte[] secret(HttpResponse<String> page) {
    return fromBase32(Town.find("<code class=\"secret\"[^>]*>([A-Z2-7 ]+)</code>", page).replace(" ", ""));
  }

  private static String code(byte[] secret) {
    return now(secret);
  }

  private static String now(byte[] secret) {
    return Totp.code(secret, Instant.now().getEpochSecond() / 30, 6);
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }

  static byte[] fromBase32(String text) {
    var bytes = new ByteArrayOutputStream();
    int held = 0;
    int bits = 0;
    for (char c : text.toCharArray()) {
      held = held << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
      bits += 5;
      if (bits >= 8) {
        bytes.write(held >> bits - 8);
        bits -= 8;
        held &= (1 << bits) - 1;
      }
    }
    return bytes.toByteArray();
  }
}
