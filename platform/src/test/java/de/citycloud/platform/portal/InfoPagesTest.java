package de.citycloud.platform.portal;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.ui.BrowserTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class InfoPagesTest extends BrowserTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Profiles profiles;

  @BeforeEach
  void town() {
    CurrentMunicipality.run(municipalities.ensure("info-town", "Infostadt", 9.19, 48.89, true),
        () -> profiles.save(new Profile("Stadt Infostadt", "Marktplatz 1", "71999", "Infostadt", "07999 110-0",
            "post@infostadt.example", "Oberbürgermeister")));
    municipalities.ensure("info-bare", "Kahlstadt", 9.19, 48.89, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "contact", "imprint", "privacy", "accessibility", "plain", "licences", "search"})
  void everyPageIsReadableInBothLanguagesOnDesktopAndPhone(String name) {
    for (var look : new Look[]{Look.DESKTOP, Look.PHONE.english(), Look.PHONE.wide(320).inTheDark()}) {
      visit(look, "/info-town/" + name, page -> {
        assertThat(page.locator("h1").count()).as("one h1").isOne();
        assertAccessible(page);
        assertNoSidewaysScrolling(page);
        picture(page, name + "-" + look.width() + "-" + look.language());
      });
    }
  }

  @Test
  void theImprintNamesTheAuthorityAndSaysWhatIsDemo() {
    visit(Look.DESKTOP, "/info-town/imprint", page -> assertThat(page.locator("main").textContent())
        .contains("Marktplatz 1", "71999 Infostadt", "kein Angebot der Stadt Infostadt"));
    visit(Look.DESKTOP, "/info-bare/imprint",
        page -> assertThat(page.locator("main").textContent()).contains("noch nicht eingetragen"));
  }

  @Test
  void noLinkOfThePortalLeadsNowhere() {
    visit(Look.DESKTOP, "/info-town/data", page -> {
      var own = page.locator("a[href^='/']").all().stream().map(link -> link.getAttribute("href"))
          .map(link -> link.replaceFirst("#.*", "")).distinct().toList();
      assertThat(own).hasSizeGreaterThan(8);
      for (var link : own) {
        assertThat(page.request().get(url(link)).status()).as(link).isLessThan(400);
      }
      var anchors = page.locator("a[href*='#']").all().stream().map(link -> link.getAttribute("href")).toList();
      assertThat(anchors).contains("#main");
    });
  }

  @Test
  void everyPartTheBrowserGetsIsNamedWithItsLicence() throws IOException {
    var parts = Files.readString(Path.of("src", "main", "resources", "parts.csv")).toLowerCase(java.util.Locale.ROOT);
    assertThat(parts).contains("fira mono", "fira sans", "kern", "echarts", "htmx", "maplibre");
    var dependencies = Files.readString(Path.of("web", "package.json")).replaceAll("(?s).*\"dependencies\"", "");
    assertThat(dependencies.lines().filter(line -> line.matches(".*\"\\^?\\d.*")).count())
        .as("parts in package.json: name a new one in parts.csv").isEqualTo(7);
  }
}
