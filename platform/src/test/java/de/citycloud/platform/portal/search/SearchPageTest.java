package de.citycloud.platform.portal.search;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.hub.page.SomePlaces;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.ui.BrowserTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class SearchPageTest extends BrowserTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private JdbcClient jdbc;

  @BeforeEach
  void town() {
    if (municipalities.findBySlug("search-town").isEmpty()) {
      CurrentMunicipality.run(municipalities.ensure("search-town", "Suchstadt", 9.19, 48.89, false), () -> {
        var some = new SomePlaces(jdbc);
        int garage = some.thing("Akademiehofgarage", "{\"kind\":\"parking\",\"address\":\"Akademiehof 15\"}", 9.19,
            48.89);
        some.datastream(garage, "Freie Plätze", "1", "{\"role\":\"free\"}");
        int air = some.thing("Luftmessstelle Schlossstraße", "{\"kind\":\"air\"}", 9.19, 48.9);
        some.datastream(air, "Stickstoffdioxid", "ug/m3", "{\"role\":\"no2\"}");
      });
      CurrentMunicipality.run(municipalities.ensure("search-other", "Nachbarstadt", 9.19, 48.89, false),
          () -> new SomePlaces(jdbc).thing("Geheimgarage", "{\"kind\":\"parking\"}", 9.19, 48.89));
    }
  }

  @Test
  void resultsStandInGroupsAndLeadThere() {
    visit(Look.DESKTOP, "/search-town", page -> {
      page.locator("#q").fill("Parkhaus");
      page.keyboard().press("Enter");
      page.waitForURL("**/search?q=Parkhaus");
      assertThat(page.locator("h2").allTextContents()).contains("Seiten", "Orte und Messstellen");
      assertThat(page.locator(".results a").allTextContents()).contains("Akademiehofgarage", "Freie Parkplätze");
      assertAccessible(page);
      picture(page, "search-results");
    });
    visit(Look.PHONE.english(), "/search-town/search?q=stikstoffdioxid", page -> {
      assertThat(page.locator(".results a").allTextContents()).contains("Stickstoffdioxid");
      assertNoSidewaysScrolling(page);
    });
  }

  @Test
  void nobodyFindsWhatBelongsToAnotherMunicipality() {
    visit(Look.DESKTOP, "/search-town/search?q=Geheimgarage", page -> {
      assertThat(page.locator(".results a").allTextContents()).doesNotContain("Geheimgarage");
      assertAccessible(page);
    });
  }

  @Test
  void anEmptyResultAdvisesAndRepeatsTheQuestionHarmlessly() {
    visit(Look.DESKTOP, "/search-town/search?q=" + encoded("<script>alert(1)</script>qqqq"), page -> {
      assertThat(page.locator("main h2").textContent()).contains("<script>alert(1)</script>qqqq");
      assertThat(page.locator("main").textContent()).contains("Schreibweise", "115");
      assertAccessible(page);
      picture(page, "search-none");
    });
  }

  @Test
  void noQuestionBreaksTheSearch() {
    visit(Look.DESKTOP, "/search-town/search", page -> {
      for (var question : new String[]{"%00", "%", "%FF%FE", "%27%22--", "a".repeat(5000), "*", "%F0%9F%9A%97", "{0}",
          "%24%7B7*7%7D"}) {
        assertThat(page.request().get(url("/search-town/search?q=" + question)).status()).as(question)
            .isLessThan(500);
      }
      assertThat(page.request().get(url("/search-town/search?q=" + "wetter+".repeat(100))).text())
          .contains("höchstens 100 Zeichen");
    });
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
