package de.citycloud.platform.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Observations;
import de.citycloud.platform.hub.page.LiveTown;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.ui.BrowserTest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The live map as people see it. The slug is the demo's, since the base map belongs to it. */
class LiveMapBrowserTest extends BrowserTest {
  private static final String MAP = "/ludwigsburg/map";
  @Autowired
  Municipalities municipalities;
  @Autowired
  Observations observations;
  @Autowired
  JdbcClient jdbc;
  private Municipality town;
  private LiveTown live;

  @BeforeEach
  void fill() {
    town = municipalities.ensure("ludwigsburg", "Ludwigsburg", 9.19222, 48.8975, true);
    live = CurrentMunicipality.call(town, () -> {
      jdbc.sql("delete from thing").update();
      jdbc.sql("delete from location").update();
      return new LiveTown(jdbc);
    });
  }

  private static void waitForMap(Page page) {
    page.locator("#main[data-ready]").waitFor(
        new Locator.WaitForOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
  }

  @Test
  void mapAndListShowTheSameInBothLanguagesOnAnyScreen() {
    for (var look : List.of(Look.DESKTOP, Look.PHONE, Look.DESKTOP.english(), Look.DESKTOP.inTheDark())) {
      visit(look, MAP + "?place=" + live.station, page -> {
        waitForMap(page);
        assertThat(page.locator("h1").textContent())
            .isEqualTo(look.language().equals("de") ? "Stadt live" : "City live");
        assertThat(page.locator(".marker[data-marker]").count()).isEqualTo(12);
        assertThat(page.locator("#places .place").count()).isEqualTo(12);
        assertThat(page.locator(".marker--chosen").textContent()).isEqualTo("P148");
        picture(page, "map-" + look.width() + "-" + look.language() + (look.dark() ? "-dark" : ""));
        assertNoSidewaysScrolling(page);
        assertAccessible(page);
      });
    }
  }

  @Test
  void withoutJavaScriptTheListAndItsFilterRemain() {
    visit(Look.DESKTOP.withoutJavaScript(), MAP, page -> {
      picture(page, "map-no-script");
      PlaywrightAssertions.assertThat(page.locator("#map")).isHidden();
      page.locator("#words").fill("solitudestrasse");
      page.locator("#filter button").click();
      assertThat(page.locator("#places .place h3").allTextContents()).containsExactly("Parkhaus Solitude");
      page.locator("#places .place a").click();
      PlaywrightAssertions.assertThat(page.locator("#chosen-name")).hasText("Parkhaus Solitude");
      PlaywrightAssertions.assertThat(page.locator(".chosen .value")).hasText("64");
    });
    visit(Look.PHONE.withoutJavaScript(), MAP + "?place=" + live.station, page -> {
      picture(page, "map-no-script-phone");
      assertNoSidewaysScrolling(page);
    });
  }

  @Test
  void choosingMarksBothSidesAndEscapeLetsGo() {
    visit(Look.DESKTOP, MAP, page -> {
      waitForMap(page);
      var marker = page.locator(".marker[aria-label^='Bärenwiese']");
      marker.focus();
      PlaywrightAssertions.assertThat(page.locator(".place--marked h3")).hasText("Bärenwiese");
      page.keyboard().press("Enter");
      PlaywrightAssertions.assertThat(page.locator("#chosen-name")).hasText("Bärenwiese");
      PlaywrightAssertions.assertThat(page.locator(".marker--chosen")).hasText("P37");
      assertThat(page.url()).contains("place=");
      page.keyboard().press("Escape");
      PlaywrightAssertions.assertThat(page.locator("#chosen-name")).hasCount(0);
      page.locator(".chip", new Page.LocatorOptions().setHasText("Luft")).click();
      PlaywrightAssertions.assertThat(page.locator("#places .place")).hasCount(1);
      PlaywrightAssertions.assertThat(page.locator(".marker[data-marker]")).hasCount(1);
    });
  }

  private void record(double free) {
    CurrentMunicipality.run(town, () -> {
      try {
        observations.record(List.of(NewObservation.of(live.stationFree, Instant.now(), free)),
            Observations.Repeats.KEEP, null).get(20, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });
  }

  @Test
  void aNewValueReplacesTheOldOneInPlace() {
    visit(Look.DESKTOP, MAP + "?place=" + live.station, page -> {
      waitForMap(page);
      record(9);
      PlaywrightAssertions.assertThat(page.locator(".marker--chosen")).hasText("P9");
      PlaywrightAssertions.assertThat(page.locator(".chosen .value")).hasText("9");
      PlaywrightAssertions.assertThat(page.locator(".chosen .status")).hasText("knapp");
    });
  }

  @Test
  void whatCameWhileTheStreamWasAwayIsThereAfterItIsBack() {
    visit(Look.DESKTOP, "/ludwigsburg", page -> {
      var asked = new java.util.concurrent.atomic.AtomicInteger();
      page.route("**/ludwigsburg/live", route -> {
        if (asked.incrementAndGet() == 1) {
          route.abort();
          return;
        }
        if (asked.get() == 2) {
          record(9); // in no event: it comes before the stream is open again
        }
        route.resume();
      });
      page.navigate(url(MAP + "?place=" + live.station));
      PlaywrightAssertions.assertThat(page.locator(".chosen .value")).hasText("9",
          new com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions().setTimeout(30_000));
      PlaywrightAssertions.assertThat(page.locator(".marker--chosen")).hasText("P9");
      assertThat(asked.get()).isGreaterThanOrEqualTo(2);
    });
  }

  @Test
  void anEmptyTownSaysWhatToDo() {
    municipalities.ensure("map-empty", "Leerstadt", 9.22, 49.14, false);
    visit(Look.DESKTOP, "/map-empty/map", page -> {
      waitForMap(page);
      picture(page, "map-empty");
      assertThat(page.locator("#places").textContent()).contains("Hier misst noch niemand.");
      assertAccessible(page);
    });
  }
}
