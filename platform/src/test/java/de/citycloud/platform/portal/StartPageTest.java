package de.citycloud.platform.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import de.citycloud.platform.hub.page.SomePlaces;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.ui.BrowserTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class StartPageTest extends BrowserTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private JdbcClient jdbc;

  @BeforeEach
  void town() {
    if (municipalities.findBySlug("start-town").isEmpty()) {
      municipalities.ensure("start-empty", "Neustadt", 9.19, 48.89, false);
      CurrentMunicipality.run(municipalities.ensure("start-town", "Startstadt", 9.1886, 48.8952, true),
          () -> fill(new SomePlaces(jdbc)));
    }
  }

  private static void fill(SomePlaces some) {
    var now = Instant.now();
    parking(some, "Rathaustiefgarage", 240, 86, 9.192195, now.minusSeconds(60));
    parking(some, "Akademiehofgarage", 190, 15, 9.192956, now.minusSeconds(70));
    parking(some, "Parkhaus Solitude", 310, 64, 9.188451, now.minusSeconds(80));
    parking(some, "P+R Bahnhof Parkhaus", 78, 0, 9.184829, now.minusSeconds(20));
    parking(some, "Parkhaus Walckerpark", 125, 33, 9.190658, now.minus(Duration.ofHours(3)));
    parking(some, "Parkhaus Urbanharbor", 180, 121, 9.167806, now.minusSeconds(30));
    int air = some.thing("Luftmessstelle Schlossstraße", "{\"kind\":\"air\"}", 9.194, 48.8978);
    some.value(some.datastream(air, "Stickstoffdioxid", "ug/m3", "{\"role\":\"no2\",\"main\":true}"), now, 58.4);
    int traffic = some.thing("Verkehrszählung Sternkreuzung, B 27", "{\"kind\":\"traffic\"}", 9.194, 48.8962);
    some.value(some.datastream(traffic, "Fahrzeuge", "{vehicles}",
        "{\"role\":\"count\",\"main\":true,\"intervalSeconds\":900}"), now.minusSeconds(400), 612);
  }

  private static void parking(SomePlaces some, String name, int capacity, int free, double longitude, Instant time) {
    int thing = some.thing(name, "{\"kind\":\"parking\",\"capacity\":%d}".formatted(capacity), longitude, 48.895);
    some.value(some.datastream(thing, "Freie Plätze", "1", "{\"role\":\"free\",\"main\":true,\"intervalSeconds\":300}"),
        time, free);
  }

  @Test
  void theStartPageIsOneQuestionInTheReadersLanguageOnDesktopAndPhone() {
    for (var look : new Look[]{Look.DESKTOP, Look.PHONE, Look.DESKTOP.english(), Look.PHONE.english(),
        Look.DESKTOP.withoutJavaScript(), Look.PHONE.withoutJavaScript(), Look.DESKTOP.inTheDark(),
        Look.PHONE.inTheDark(), Look.PHONE.wide(320), Look.DESKTOP.wide(800)}) {
      boolean german = look.language().equals("de");
      visit(look, "/start-town", page -> {
        assertThat(page.locator("h1").allTextContents())
            .containsExactly(german ? "Was möchten Sie erledigen?" : "What would you like to do?");
        picture(page, "start-" + look.width() + "-" + look.language() + (look.dark() ? "-dark" : "")
            + (look.javaScript() ? "" : "-plain"));
        if (look.javaScript()) {
          assertThat(page.locator("html").getAttribute("lang")).isEqualTo(look.language());
          assertAccessible(page);
          assertNoSidewaysScrolling(page);
        }
      });
    }
  }

  @Test
  void theStripSaysWhatMattersNowWithItsAge() {
    visit(Look.DESKTOP.withoutJavaScript(), "/start-town", page -> {
      assertThat(words(page, ".strip__item--parking h3")).as("old numbers are not in the sum")
          .isEqualTo("286 freie Plätze");
      assertThat(words(page, ".strip__item--parking .strip__advice"))
          .isEqualTo("In 5 von 6 Parkhäusern. Knapp: P+R Bahnhof Parkhaus, Akademiehofgarage.");
      assertThat(words(page, ".strip__item--parking .strip__source")).matches("(?s).*(gerade eben|vor \\d+ Min[.])");
      assertThat(words(page, ".strip__item--air h3")).isEqualTo("58 µg/m³ Stickstoffdioxid");
      assertThat(words(page, ".strip__item--traffic h3")).isEqualTo("2.448 Fahrzeuge je Stunde");
      assertThat(words(page, ".strip__item--sensors h3")).isEqualTo("8 von 8 Messreihen");
    });
  }

  @Test
  void theMapBesideTheCarParksShowsTheirNumbers() {
    for (var look : new Look[]{Look.DESKTOP, Look.PHONE, Look.DESKTOP.inTheDark(), Look.PHONE.english()}) {
      visit(look, "/start-town", page -> {
        page.locator("#teaser-map").scrollIntoViewIfNeeded();
        page.locator("#teaser-map[data-ready]").waitFor();
        assertThat(page.locator("#teaser-map .marker__value").allTextContents()).as("as in the list")
            .isEqualTo(page.locator(".teaser__list strong").allTextContents());
        picture(page, "start-map-" + look.width() + (look.dark() ? "-dark" : ""));
        assertNoSidewaysScrolling(page);
        assertAccessible(page);
        var first = page.locator("#teaser-map .marker").first();
        assertThat(first.getAttribute("href")).contains("/start-town/things/");
        first.click();
        page.waitForURL("**/start-town/things/*");
      });
    }
    visit(Look.PHONE.withoutJavaScript(), "/start-town",
        page -> assertThat(page.locator("#teaser-map").isVisible()).as("the list takes the width").isFalse());
  }

  @Test
  void anOldNumberIsShownAsOld() {
    visit(Look.DESKTOP.withoutJavaScript(), "/start-town", page -> {
      var old = page.locator(".teaser__list li:has-text('Walckerpark')");
      assertThat(old.locator("strong").textContent()).isEqualTo("–");
      assertThat(old.textContent()).contains("keine aktuellen Daten").contains("zuletzt");
    });
  }

  @Test
  void whereNothingIsConnectedThePageSaysWhyAndWhatNext() {
    visit(Look.DESKTOP, "/start-empty", page -> {
      assertThat(words(page, ".empty")).contains("Noch misst hier nichts").contains("Datenquelle anschließen");
      assertThat(page.locator(".strip, .teaser").count()).isZero();
      assertAccessible(page);
      picture(page, "start-empty");
    });
  }

  @Test
  void theKeyboardReachesTheContentInOneStep() {
    visit(Look.DESKTOP, "/start-town", page -> {
      page.keyboard().press("Tab");
      assertThat(page.evaluate("document.activeElement.className")).isEqualTo("skip-link");
      page.keyboard().press("Enter");
      page.waitForURL("**/start-town#main");
      page.keyboard().press("Tab");
      assertThat(page.evaluate("document.activeElement.id")).isEqualTo("q");
    });
  }

  @Test
  void onPaperStandsTheContentWithoutTheFrame() {
    visit(Look.DESKTOP, "/start-town", page -> {
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertThat(page.locator(".site-header").isVisible()).isFalse();
      assertThat(page.locator(".site-footer").isVisible()).isFalse();
      assertThat(page.locator(".strip").isVisible()).isTrue();
      picture(page, "start-print");
    });
  }

  @Test
  void aChosenLanguageIsCarriedOnWithoutACookie() {
    visit(Look.DESKTOP, "/start-town", page -> {
      page.locator(".language summary").click();
      page.locator(".language a[lang=en]").click();
      assertThat(page.locator("h1").textContent()).isEqualTo("What would you like to do?");
      page.locator(".brand").click();
      assertThat(page.locator("h1").textContent()).isEqualTo("What would you like to do?");
      assertThat(page.locator(".search-field input[name=lang]").getAttribute("value")).isEqualTo("en");
      page.locator(".language summary").click();
      page.locator(".language a[lang=de]").click();
      page.locator(".brand").click();
      assertThat(page.url()).as("what the browser prefers needs no word in the address").doesNotContain("lang=");
      assertThat(page.context().cookies()).isEmpty();
    });
  }

  private static String words(Page page, String selector) {
    return page.locator(selector).textContent().strip().replaceAll("\\s+", " ");
  }
}
