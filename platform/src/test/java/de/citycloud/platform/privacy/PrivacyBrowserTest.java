package de.citycloud.platform.privacy;

import com.microsoft.playwright.Page;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.identity.TestStaff;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.ui.BrowserTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every page of data protection, as those who use it see it: phone and desktop, both languages, without JavaScript. */
class PrivacyBrowserTest extends BrowserTest {
  private static final Map<Role, List<String>> PAGES = Map.of(
      Role.DATA_PROTECTION_OFFICER,
      List.of("/data-protection/register", "/data-protection/retention", "/data-protection/requests", "/account/data",
          "/account/data/request", "/account/data/erasure"),
      Role.DATA_STEWARD, List.of("/releases", "/releases/privacy-requests"));

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private ApplicationContext program;
  @Autowired
  private LegalHolds holds;
  @Autowired
  private JdbcClient jdbc;

  @Test
  void everyPageIsAccessibleOnPhoneAndDesktopInBothLanguages() {
    var town = municipalities.ensure("privacy-browser", "Musterstadt", 9, 48, false);
    CurrentMunicipality.run(town, () -> {
      holds.holdRule("reading", "Prüfung");
      jdbc.sql("""
               insert into retention_run (municipality_id, rule, ran_at, started_before, deleted, held)
               values (?, 'reading', now(), now(), 3, 1)
               """).param(town.id()).update();
    });
    PAGES.forEach((role, paths) -> {
      var name = role.name().toLowerCase(java.util.Locale.ROOT);
      TestStaff.make(program, town, name, role);
      for (var look : List.of(Look.PHONE, Look.PHONE.english().withoutJavaScript(), Look.DESKTOP.english())) {
        visit(look, "/privacy-browser/sign-in", page -> {
          page.fill("#name", name);
          page.fill("#password", TestStaff.PASSWORD);
          page.click("main button[type=submit]");
          for (var path : paths) {
            page.navigate(url("/privacy-browser" + path));
            check(look, page);
            picture(page, "privacy" + path.replace('/', '-') + "-" + look.width());
          }
        });
      }
    });
  }

  @Test
  void theFormsNameTheirMistakesAccessibly() {
    var town = municipalities.ensure("privacy-mistakes", "Musterstadt", 9, 48, false);
    TestStaff.make(program, town, "officer", Role.DATA_PROTECTION_OFFICER);
    visit(Look.PHONE, "/privacy-mistakes/sign-in", page -> {
      page.fill("#name", "officer");
      page.fill("#password", TestStaff.PASSWORD);
      page.click("main button[type=submit]");
      for (var path : List.of("/account/data/request", "/account/data/erasure", "/data-protection/retention")) {
        page.navigate(url("/privacy-mistakes" + path));
        page.locator("main form").last().locator("button[type=submit]").click();
        page.waitForSelector("#error-summary");
        check(Look.PHONE, page);
      }
    });
  }

  @Test
  void thePublicPagesAreAccessible() {
    municipalities.ensure("privacy-public", "Musterstadt", 9, 48, false);
    for (var look : List.of(Look.PHONE, Look.PHONE.english().inTheDark(), Look.DESKTOP.withoutJavaScript())) {
      for (var path : List.of("/privacy/notices", "/data/statistics", "/sign-in")) {
        visit(look, "/privacy-public" + path, page -> check(look, page));
      }
    }
  }

  /** axe itself needs JavaScript; the page without it is the same one. */
  private static void check(Look look, Page page) {
    org.assertj.core.api.Assertions.assertThat(page.locator("h1").count()).as("one h1 on %s", page.url()).isEqualTo(1);
    if (look.javaScript()) {
      page.evaluate("() => document.querySelectorAll('main details').forEach(part => part.open = true)");
      assertAccessible(page);
    }
    assertNoSidewaysScrolling(page);
  }
}
