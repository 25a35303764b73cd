package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class AccountPagesTest extends CityTest {
  private static final String OTHER = "Sieben Brezeln unter Zypressen";
  private static int counter;

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Accounts accounts;
  @Autowired
  @OwnerConnections
  private DataSource owner;
  private Town town;

  @Autowired
  AccountPagesTest(Municipalities municipalities, Accounts accounts) {
    town = new Town(municipalities.ensure("people-" + ++counter, "Musterstadt", 9, 48, false), accounts, 0);
  }

  @BeforeEach
  void allTestsComeFromOneAddressAndItCounts() {
    JdbcClient.create(owner).sql("delete from sign_in_attempt").update();
    town = new Town(town.municipality(), accounts, port);
  }

  @Test
  void anInvitationLeadsToAnAccountOnceAndRolesTakeEffectAtOnce() throws Exception {
    town.person("chef", Role.ADMINISTRATOR);
    try (var chef = town.signedIn("chef"); var kim = new PageVisitor(port); var thief = new PageVisitor(port)) {
      assertThat(chef.get(town.path("/people/invite")).body()).contains("Datenschutz");
      var wrong = chef.post(town.path("/people/invite"), Map.of("name", "k"));
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("href=\"#name\"").contains("href=\"#roles\"");
      assertThat(chef.post(town.path("/people/invite"), Map.of("name", "chef", "roles", "CASEWORKER")).body())
          .contains("gibt es schon");
      var invited = chef.post(town.path("/people/invite"), Map.of("name", "Kim@Stadt.example", "roles", "CASEWORKER"));
      assertThat(invited.headers().firstValue("Cache-Control")).hasValueSatisfying(
          value -> assertThat(value).contains("no-store"));
      var token = Town.find("invitation\\?token=([a-z2-7]{32})", invited);
      assertThat(chef.get(town.path("/people")).body()).contains("kim@stadt.example").contains("Eingeladen")
          .doesNotContain(token);

      assertThat(kim.get(town.path("/invitation?token=" + token)).body()).contains("kim@stadt.example");
      var weak = kim.post(town.path("/invitation"), Map.of("token", token, "password", "kurz", "again", "kurz"));
      assertThat(weak.statusCode()).isEqualTo(422);
      var in = kim.post(town.path("/invitation"), Map.of("token", token, "password", OTHER, "again", OTHER));
      assertThat(Town.location(in)).endsWith(town.path("/account"));
      assertThat(kim.get(town.path("/account")).body()).contains("Sachbearbeitung");
      assertThat(thief.get(town.path("/invitation?token=" + token)).statusCode()).as("the link is used up")
          .isEqualTo(404);

      assertThat(kim.get(town.path("/sources")).statusCode()).as("a caseworker at the sources").isEqualTo(403);
      var id = Town.find("/people/(\\d+)\">kim", chef.get(town.path("/people")));
      chef.get(town.path("/people/" + id));
      assertThat(Town.location(chef.post(town.path("/people/" + id + "/roles"), Map.of("roles", "DATA_STEWARD"))))
          .endsWith("done=roles");
      assertThat(kim.get(town.path("/sources")).statusCode()).as("a data steward, in the same session").isEqualTo(200);
      assertThat(kim.get(town.path("/people")).statusCode()).as("not for data stewards").isEqualTo(403);

      chef.post(town.path("/people/" + id + "/disable"), Map.of());
      assertThat(kim.get(town.path("/account")).statusCode()).as("locked: signed out at once").isEqualTo(302);
      kim.get(town.path("/sign-in"));
      var locked = kim.post(town.path("/sign-in"), Map.of("name", "kim@stadt.example", "password", OTHER));
      assertThat(locked.statusCode()).isEqualTo(422);
      assertThat(locked.body()).as("no word of the lock").contains("Anmeldename oder Passwort stimmen nicht");
    }
  }

  @Test
  void anInvitationGoesByMailIfThereIsAnAddressAndIsThenShownToNobodyElse() throws Exception {
    var demo = new Town(municipalities.ensure("people-mail", "Musterstadt", 9, 48, true), accounts, port);
    demo.person("chef", Role.ADMINISTRATOR);
    try (var chef = demo.signedIn("chef"); var kim = new PageVisitor(port)) {
      chef.get(demo.path("/people/invite"));
      var wrong = chef.post(demo.path("/people/invite"),
          Map.of("name", "kim", "roles", "CASEWORKER", "email", "kim@a,b"));
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("href=\"#email\"");
      assertThat(chef.get(demo.path("/people")).body()).as("no account yet").doesNotContain("kim");
      chef.get(demo.path("/people/invite"));
      var sent = chef.post(demo.path("/people/invite"),
          Map.of("name", "kim", "roles", "CASEWORKER", "email", "kim@post.example"));
      assertThat(sent.body()).contains("kim@post.example").contains("unterwegs").doesNotContain("token=");

      // The demo shows what would be sent; a real town does not.
      var mail = Town.find("messages/(\\d+)", chef.get(demo.path("/messages")));
      var token = Town.find("invitation\\?token=([a-z2-7]{32})", chef.get(demo.path("/messages/" + mail)));
      kim.get(demo.path("/invitation?token=" + token));
      kim.post(demo.path("/invitation"), Map.of("token", token, "password", OTHER, "again", OTHER));
      assertThat(kim.get(demo.path("/account/data")).body()).as("it is among their data")
          .contains("Ihr Konto bei Musterstadt");
    }
  }

  @Test
  void nobodyLocksThemselvesOutAndNobodyReachesAccountsOfAnotherTown() throws Exception {
    int chef = town.person("chef", Role.ADMINISTRATOR);
    var elsewhere = new Town(municipalities.ensure("people-else", "Anderswo", 9, 48, false), accounts, port);
    int stranger = elsewhere.person("stranger", Role.CASEWORKER);
    try (var visitor = town.signedIn("chef")) {
      visitor.get(town.path("/account"));
      assertThat(visitor.post(town.path("/people/" + chef + "/disable"), Map.of()).statusCode()).isEqualTo(409);
      assertThat(visitor.get(town.path("/people/" + stranger)).statusCode()).isEqualTo(404);
      assertThat(visitor.post(town.path("/people/" + stranger + "/disable"), Map.of()).statusCode()).isEqualTo(404);
      assertThat(visitor.get(elsewhere.path("/people")).statusCode()).isEqualTo(302);
    }
    try (var visitor = elsewhere.signedIn("stranger")) {
      assertThat(visitor.get(elsewhere.path("/account")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aChangedPasswordEndsAllOtherSessionsAndSessionsCanBeEndedOneByOne() throws Exception {
    town.person("kim", Role.CASEWORKER);
    try (var phone = town.signedIn("kim"); var desk = town.signedIn("kim"); var third = town.signedIn("kim")) {
      var page = desk.get(town.path("/account"));
      var other = Town.find("sessions/(\\d+)/end", page);
      assertThat(page.body().split("/end\"")).as("two others").hasSizeGreaterThan(2);
      desk.post(town.path("/account/sessions/" + other + "/end"), Map.of());
      assertThat(third.get(town.path("/account")).statusCode() + phone.get(town.path("/account")).statusCode())
          .as("one of the two is signed out").isEqualTo(302 + 200);

      desk.get(town.path("/account/password"));
      var wrong = desk.post(town.path("/account/password"),
          Map.of("current", "falsch", "password", OTHER, "again", OTHER));
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("href=\"#current\"");
      var right = desk.post(town.path("/account/password"),
          Map.of("current", Town.PASSWORD, "password", OTHER, "again", OTHER));
      assertThat(Town.location(right)).endsWith("done=password");
      assertThat(desk.get(town.path("/account")).statusCode()).isEqualTo(200);
      assertThat(third.get(town.path("/account")).statusCode()).isEqualTo(302);
      assertThat(phone.get(town.path("/account")).statusCode()).isEqualTo(302);
    }
  }

  @Test
  void aSessionEndsAfterHalfAnHourOfSilenceAndAfterTwelveHoursInAnyCase() throws Exception {
    int kim = town.person("kim", Role.CASEWORKER);
    try (var visitor = town.signedIn("kim")) {
      age(kim, "29 minutes", "11 hours");
      assertThat(visitor.get(town.path("/account")).statusCode()).isEqualTo(200);
      age(kim, "31 minutes", "11 hours");
      assertThat(visitor.get(town.path("/account")).statusCode()).as("idle").isEqualTo(302);
      age(kim, "0 minutes", "13 hours");
      assertThat(visitor.get(town.path("/account")).statusCode()).as("too long").isEqualTo(302);
    }
  }

  @Test
  void theCookieIsNewAtEverySignInHiddenFromScriptsAndStoredAsAHash() throws Exception {
    town.person("kim", Role.CASEWORKER);
    try (var visitor = town.signedIn("kim"); var thief = new PageVisitor(port)) {
      var first = visitor.cookie("city");
      visitor.get(town.path("/sign-in"));
      var again = visitor.post(town.path("/sign-in"), Map.of("name", "kim", "password", Town.PASSWORD));
      assertThat(again.headers().allValues("Set-Cookie").toString())
          .contains("HttpOnly", "SameSite=Lax", "Path=" + town.path(""));
      assertThat(visitor.cookie("city")).isNotEqualTo(first);
      thief.setCookie("city", first, town.path(""));
      assertThat(thief.get(town.path("/account")).statusCode()).as("the old cookie").isEqualTo(302);
      assertThat(JdbcClient.create(owner).sql("select count(*) from account_session where position(? in s::text) > 0"
          .replace("account_session", "account_session s")).param(visitor.cookie("city")).query(Integer.class).single())
          .as("tokens in the store").isZero();
    }
  }

  @Test
  void whoReadsAboutPersonsSaysWhatForAndItEnds() throws Exception {
    int kim = town.person("kim", Role.CASEWORKER);
    try (var visitor = town.signedIn("kim")) {
      visitor.get(town.path("/purpose?purpose=CASE_WORK&next=" + town.path("/account")));
      var wrong = visitor.post(town.path("/purpose"), Map.of("purpose", "FUN", "reference", "x"));
      assertThat(wrong.body()).contains("href=\"#purpose\"").contains("href=\"#reference\"");
      assertThat(visitor.post(town.path("/purpose"),
          Map.of("purpose", "CASE_WORK", "reference", "SN-2026-0147", "next", town.path("/account"))).statusCode())
          .isEqualTo(302);
      assertThat(visitor.get(town.path("/account")).body()).contains("Bearbeitung eines Vorgangs")
          .contains("SN-2026-0147");
      JdbcClient.create(owner).sql("update account_session set purpose_until = now() where account_id = ?").param(kim)
          .update();
      assertThat(visitor.get(town.path("/account")).body()).doesNotContain("SN-2026-0147");
    }
  }

  @Test
  void theAuthoritiesOfTheRequestSayPermissionsPurposeAndLevel() {
    int kim = town.person("kim", Role.CASEWORKER);
    var who = CurrentMunicipality.call(town.municipality(), () -> accounts.find(kim)).orElseThrow();
    var plain = new SignedIn(1, kim, who.name(), who.roles(), java.time.Instant.now(), 1, Assurance.BASIS,
        new SignedIn.StatedPurpose(Purpose.CASE_WORK, "SN", java.time.Instant.MAX), false);
    assertThat(plain.authorities()).extracting(Object::toString).contains("ROLE_CASEWORKER", "MAY_READ_PERSON_DATA",
        "FOR_CASE_WORK", "ASSURED_BASIS").doesNotContain("MAY_MANAGE_KEYS", "ASSURED_HOCH");
    var confined = new SignedIn(1, kim, who.name(), who.roles(), java.time.Instant.now(), 1, Assurance.BASIS,
        plain.purpose(), true);
    assertThat(confined.authorities()).extracting(Object::toString).noneMatch(name -> name.startsWith("MAY_"));
  }

  private void age(int account, String silent, String old) {
    JdbcClient.create(owner)
        .sql("update account_session set last_seen_at = now() - ?::interval, created_at = now() - ?::interval "
            + "where account_id = ?")
        .params(silent, old, account).update();
  }
}
