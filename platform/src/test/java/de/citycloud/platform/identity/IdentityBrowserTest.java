package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.ui.BrowserTest;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** People sign in through a browser, with a virtual authenticator for passkeys, and every page is looked at. */
class IdentityBrowserTest extends BrowserTest {
  private static int counter;

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Accounts accounts;
  @Autowired
  private SetUpLinks links;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  @DynamicPropertySource
  static void administratorsMustHaveASecondFactor(DynamicPropertyRegistry properties) {
    properties.add("city.identity.second-factor", () -> "administrator");
  }

  @BeforeEach
  void allTestsComeFromOneAddressAndItCounts() {
    JdbcClient.create(owner).sql("delete from sign_in_attempt").update();
  }

  /** Passkeys are made for a name, and 127.0.0.1 is none. */
  @Override
  protected String url(String path) {
    return "http://localhost:" + port + path;
  }

  @Test
  void aPasskeyIsMadeAndSignsInAloneAndACancelledOneSaysSo() {
    var town = town();
    town.person("erika@stadt.example", Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER);
    visit(Look.DESKTOP, town.path("/sign-in"), page -> {
      var devices = page.context().newCDPSession(page);
      devices.send("WebAuthn.enable");
      var authenticator = devices.send("WebAuthn.addVirtualAuthenticator", authenticator()).get("authenticatorId")
          .getAsString();
      assertThat(page.getByText("Mit Passkey anmelden").isVisible()).isTrue();
      look(page, "identity-sign-in");
      signIn(page, "erika@stadt.example");
      assertThat(page.getByText("Richten Sie zuerst einen zweiten Faktor ein").isVisible()).isTrue();
      look(page, "identity-account-confined");

      click(page, "Passkey hinzufügen");
      look(page, "identity-account-passkey");
      page.getByLabel("Name des Passkeys").fill("Diensthandy");
      button(page, "Passkey hinzufügen");
      page.waitForSelector(".recovery-codes");
      look(page, "identity-account-recovery");
      click(page, "Ich habe die Codes aufbewahrt");
      assertThat(page.getByText("Passkey „Diensthandy“").isVisible()).isTrue();
      look(page, "identity-account");
      page.navigate(url(town.path("/people")));
      assertThat(page.locator("h1").textContent()).isEqualTo("Konten");

      page.navigate(url(town.path("/account")));
      page.locator("main form[action$='/sign-out'] button").click();
      page.waitForURL(url(town.path("")));
      page.navigate(url(town.path("/sign-in?next=" + town.path("/people"))));
      button(page, "Mit Passkey anmelden");
      page.waitForURL(url(town.path("/people")));
      assertThat(page.locator("h1").textContent()).isEqualTo("Konten");

      var off = new JsonObject();
      off.addProperty("authenticatorId", authenticator);
      off.addProperty("isUserVerified", false);
      devices.send("WebAuthn.setUserVerified", off);
      page.navigate(url(town.path("/sign-in")));
      button(page, "Mit Passkey anmelden");
      page.getByText("Das hat nicht geklappt").waitFor();
    });
  }

  @Test
  void withoutJavaScriptAnAppWithCodesDoesTheSame() {
    var town = town();
    var link = CurrentMunicipality.call(town.municipality(), links::create);
    visit(Look.PHONE.withoutJavaScript(), link, page -> {
      page.getByLabel("Anmeldename").fill("chef@stadt.example");
      page.getByLabel("Passwort", new Page.GetByLabelOptions().setExact(true)).fill(Town.PASSWORD);
      page.getByLabel("Passwort noch einmal").fill(Town.PASSWORD);
      button(page, "Konto anlegen");
      click(page, "App einrichten");
      assertNoSidewaysScrolling(page);
      picture(page, "identity-account-codes-phone");
      var secret = SecondFactorTest.fromBase32(page.locator("code.secret").textContent().replace(" ", ""));
      page.getByLabel("Code aus Ihrer App").fill(Totp.code(secret, Instant.now().getEpochSecond() / 30, 6));
      page.locator("#code").press("Enter");
      var recovery = page.locator(".recovery-codes code").first().textContent();
      assertNoSidewaysScrolling(page);
      picture(page, "identity-account-recovery-phone");
      click(page, "Ich habe die Codes aufbewahrt");
      page.locator("main form[action$='/sign-out'] button").click();
      page.waitForURL(url(town.path("")));

      page.navigate(url(town.path("/sign-in")));
      signIn(page, "chef@stadt.example");
      assertThat(page.locator("h1").textContent()).isEqualTo("Code eingeben");
      assertNoSidewaysScrolling(page);
      picture(page, "identity-sign-in-code-phone");
      page.getByLabel("Code aus Ihrer App").fill(recovery);
      page.locator("#code").press("Enter");
      assertThat(page.locator("h1").textContent()).isEqualTo("Mein Konto");
    });
  }

  @Test
  void everyPageIsAccessibleInBothLanguagesOnAPhoneAndInTheDark() {
    var town = town();
    int chef = town.person("chef@stadt.example", Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER);
    town.person("kim.beispiel@stadt.example", Role.CASEWORKER, Role.MODERATOR, Role.OFFICE_LEAD);
    var invited = CurrentMunicipality.call(town.municipality(),
        () -> accounts.invite("neu@stadt.example", java.util.Set.of(Role.DATA_STEWARD)).orElseThrow().path());
    for (var look : List.of(Look.DESKTOP, Look.PHONE.english(), Look.DESKTOP.inTheDark())) {
      var suffix = look.width() < 600 ? "-phone-en" : look.dark() ? "-dark" : "";
      visit(look, invited, page -> look(page, "identity-invitation" + suffix));
      visit(look, town.path("/sign-in"), page -> {
        signIn(page, "chef@stadt.example");
        JdbcClient.create(owner).sql("update account_session set factor = 'passkey' where account_id = ?").param(chef)
            .update();
        for (var path : List.of("account", "account/password", "account/codes", "account/passkey", "people",
            "people/invite", "people/" + (chef + 1), "people/" + chef, "keys", "purpose")) {
          page.navigate(url(town.path("/" + path)));
          assertThat(page.locator("h1").count()).as(path).isOne();
          look(page, "identity-" + path.replace('/', '-').replace("" + (chef + 1), "one").replace("" + chef, "me")
              + suffix);
        }
        page.navigate(url(town.path("/people/invite")));
        page.locator("main button[type=submit]").click();
        assertThat(page.locator(".error-summary a").count()).isEqualTo(2);
        look(page, "identity-people-invite-mistakes" + suffix);
      });
    }
  }

  private void look(Page page, String name) {
    assertAccessible(page);
    assertNoSidewaysScrolling(page);
    picture(page, name);
  }

  private static void signIn(Page page, String name) {
    page.locator("#name").fill(name);
    page.locator("#password").fill(Town.PASSWORD);
    page.locator("form[action$='/sign-in'] button").click();
  }

  private static void click(Page page, String link) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link)).first().click();
  }

  private static void button(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).first().click();
  }

  private static JsonObject authenticator() {
    var options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    options.addProperty("hasResidentKey", true);
    options.addProperty("hasUserVerification", true);
    options.addProperty("isUserVerified", true);
    options.addProperty("automaticPresenceSimulation", true);
    var parameters = new JsonObject();
    parameters.add("options", options);
    return parameters;
  }

  private Town town() {
    return new Town(municipalities.ensure("browser-" + ++counter, "Musterstadt", 9, 48, false), accounts, port);
  }
}
