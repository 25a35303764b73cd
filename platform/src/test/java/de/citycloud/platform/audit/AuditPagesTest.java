package de.citycloud.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.identity.Administrator;
import de.citycloud.platform.identity.ApiKeys;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.Scope;
import de.citycloud.platform.identity.SetUpLinks;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.ui.BrowserTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class AuditPagesTest extends BrowserTest {
  private static int counter;

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private SetUpLinks links;
  @Autowired
  private AuditLog log;
  @Autowired
  private ApiKeys keys;
  private Municipality town = new Municipality(0, "", "", 0, 0, false);
  private PageVisitor admin;

  @BeforeEach
  void aTownWithAnAdministrator() throws Exception {
    town = municipalities.ensure("audit-page-" + ++counter, "Protokollstadt", 9, 48, false);
    admin = Administrator.signIn(port, links, town);
  }

  @AfterEach
  void leave() {
    admin.close();
  }

  @Test
  void whatSomebodyDoesStandsThereInPlainWords() throws Exception {
    admin.get(path("/keys"));
    admin.post(path("/keys"), Map.of("label", "Gateway Erika", "scope", "write", "days", "365"));
    var key = admin.get(path("/keys")).body().replaceFirst("(?s).*/keys/(\\d+)/revoke.*", "$1");
    admin.post(path("/keys/" + key + "/revoke"), Map.of());
    var page = admin.get(path("/audit")).body();
    assertThat(page).contains("Einrichtungslink erzeugt", "Einrichtung abgeschlossen", "Angemeldet",
        "Schlüssel angelegt", "Schlüssel widerrufen", "key " + key, "Konto ", "scope: write");
    assertThat(page).as("names and labels are no part of the log").doesNotContain("Erika");
    admin.post(path("/sign-out"), Map.of());
    assertThat(admin.get(path("/audit")).statusCode()).isEqualTo(302);
    try (var visitor = new PageVisitor(port)) {
      assertThat(visitor.get(path("/audit/export.jsonl")).statusCode()).isEqualTo(302);
    }
  }

  @Test
  void theListCanBeFilteredAndTurnedOver() throws Exception {
    CurrentMunicipality.run(town, () -> {
      for (int i = 1; i <= AuditPages.ROWS + 5; i++) {
        log.record(AuditEntry.of("test.many", "thing " + i, new AuditActor.Key(7)));
      }
      keys.create("one", Scope.READ, null);
    });
    var first = admin.get(path("/audit?action=test.many&actor=key:7")).body();
    assertThat(first).contains("thing 55<", "thing 6<").doesNotContain("thing 5<", "Schlüssel angelegt</td>");
    var older = first.replaceFirst("(?s).*href=\"([^\"]*before=[^\"]*)\".*", "$1").replace("&amp;", "&");
    assertThat(admin.get(older).body()).contains("thing 5<", "thing 1<").doesNotContain("thing 6<", "Ältere Einträge");
    assertThat(admin.get(path("/audit?from=2020-01-01&to=2020-12-31")).body()).contains("Kein Eintrag passt dazu");
    for (var nonsense : List.of("from=31.12.", "from=999999999-01-01&to=-5", "before=x", "before=99999999999999999999",
        "action=%27%20or%201=1", "actor=%00", "actor=" + "x".repeat(3_000))) {
      assertThat(admin.get(path("/audit?" + nonsense)).statusCode()).as(nonsense).isLessThan(500);
    }
  }

  @Test
  void everybodyCanReadThePage() {
    CurrentMunicipality.run(town, () -> log.record(AuditEntry.of("test.done", "thing 1").with("count", 3)
        .forPurpose("Prüfung der Kasse")));
    var session = Administrator.session(admin);
    for (var look : List.of(Look.DESKTOP, Look.PHONE.english(), Look.DESKTOP.withoutJavaScript(),
        Look.PHONE.inTheDark())) {
      visitAs(session, look, path("/audit"), page -> {
        assertThat(page.locator("h1").allTextContents())
            .containsExactly(look.language().equals("de") ? "Protokoll" : "Log");
        assertThat(page.locator("tbody tr").count()).isGreaterThanOrEqualTo(3);
        assertNoSidewaysScrolling(page);
        if (look.javaScript()) {
          assertAccessible(page);
        }
        picture(page, "audit-" + look.width() + "-" + look.language());
      });
    }
  }

  private String path(String rest) {
    return "/" + town.slug() + rest;
  }
}
