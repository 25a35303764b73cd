package de.citycloud.platform.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import de.citycloud.platform.hub.NewSource;
import de.citycloud.platform.hub.Sources;
import de.citycloud.platform.hub.page.LiveTown;
import de.citycloud.platform.identity.SetUpLinks;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.ui.BrowserTest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A walk through the whole house, as visitor and as staff: both languages, desktop and phone, with and without
 * JavaScript. Each page has one heading of the first rank, scrolls only downwards and breaks no rule of axe.
 */
class PagesWalkTest extends BrowserTest {
  private static final String TOWN = "walk-town";
  private static final String NAME = "erika@stadt.example";
  private static final String PASSWORD = "drei Igel tanzen im Mai";
  /** Each language, width and way without the other being left out; the most seen pages in every combination. */
  private static final List<Look> LOOKS = List.of(Look.DESKTOP, Look.PHONE.english().withoutJavaScript());
  private static final List<Look> ALL_LOOKS = List.of(Look.DESKTOP.english(), Look.PHONE, Look.PHONE.english(),
      Look.DESKTOP, Look.DESKTOP.withoutJavaScript(), Look.PHONE.english().withoutJavaScript());

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Sources sources;
  @Autowired
  private SetUpLinks links;
  @Autowired
  private JdbcClient jdbc;
  private int air;
  private int parking;
  private int silent;

  @BeforeEach
  void town() {
    var town = municipalities.ensure(TOWN, "Wanderstadt", 9.19222, 48.8975, false);
    CurrentMunicipality.run(town, () -> {
      if (links.isNeeded()) {
        var live = new LiveTown(jdbc);
        assertThat(live.air).isPositive();
        fillSources();
        makeAdministrator(town);
      }
      air = thing("Schlossstraße");
      parking = thing("Parkhaus Bahnhof");
      silent = thing("Bodenfeuchte Bärenwiese");
    });
  }

  private int thing(String name) {
    return jdbc.sql("select id from thing where name = ?").param(name).query(Integer.class).single();
  }

  private void fillSources() {
    sources.register(new NewSource("luft-innenstadt", "csv", "Luftmessnetz Innenstadt", List.of(),
        Duration.ofMinutes(5), null, "DL-DE/BY-2.0", "Stadt Wanderstadt"));
    sources.receive("luft-innenstadt", "werte.csv",
        new ByteArrayInputStream("id,zeit,co2\nA,2026-05-01T10:00:00Z,512\nA,gestern,530\nB,2026-05-01T10:10:00Z,viel\n"
            .getBytes(StandardCharsets.UTF_8)),
        Instant.now());
    sources.register(new NewSource("lorawan", "tts", "LoRaWAN der Stadtwerke", List.of(), Duration.ofHours(1), null,
        null, null));
    sources.receive("lorawan", "webhook",
        new ByteArrayInputStream("{\"end_device_ids\":{\"device_id\":\"x\"},\"join_accept\":{}}\n{\"broken\""
            .getBytes(StandardCharsets.UTF_8)),
        Instant.now());
  }

  /** Follows the set-up link as the first administrator does, and looks at the form on the way. */
  private void makeAdministrator(Municipality town) {
    var link = CurrentMunicipality.call(town, links::create);
    for (var look : LOOKS) {
      visit(look, link, page -> {
        looksRight(page, look, "set-up");
        page.locator("#name").press("Enter");
        assertThat(page.locator(".error-summary li").count()).isPositive();
        looksRight(page, look, "set-up-mistakes");
      });
    }
    visit(Look.DESKTOP, link, page -> {
      page.locator("#name").fill(NAME);
      page.locator("#password").fill(PASSWORD);
      page.locator("#again").fill(PASSWORD);
      page.locator("main button[type=submit]").click();
      page.waitForURL("**/account");
    });
  }

  @Test
  void visitorsFindEveryPageReadable() {
    for (var path : List.of("/map", "/data", "/search?q=parkhaus", "/search?q=xyzzy", "/sign-in", "/set-up?token=old",
        "/nowhere", "/things/" + parking, "/things/" + silent)) {
      for (var look : LOOKS) {
        visit(look, "/" + TOWN + path, page -> looksRight(page, look, pictureOf(path)));
      }
    }
  }

  @Test
  void aThingTellsItsHistoryInWordsPictureTableAndFiles() {
    for (var look : ALL_LOOKS) {
      visit(look, "/" + TOWN + "/things/" + air + "?span=7d", page -> {
        looksRight(page, look, "thing");
        boolean german = look.language().equals("de");
        assertThat(page.locator("h1").textContent()).isEqualTo("Schlossstraße");
        assertThat(page.locator(look.width() < 600 ? ".chart-narrow svg" : ".chart-wide svg").isVisible()).isTrue();
        assertThat(page.locator(".quality").textContent()).contains(german ? "Lücke" : "Gap");
        assertThat(page.locator("#values ~ .table-scroll tbody tr").count()).isPositive();
        assertThat(page.locator(".choices--small .chip").count()).as("24 h, 7 d, 30 d").isEqualTo(3);
        var files = page.locator(".take__files a").all().stream()
            .map(link -> Objects.requireNonNull(link.getAttribute("href"))).toList();
        assertThat(files).hasSize(3);
        for (var file : files) {
          var answer = page.request().get(url(file));
          assertThat(answer.status()).as(file).isEqualTo(200);
          assertThat(answer.text()).as(file).contains(file.contains(".csv") ? "78" : "\"");
        }
        assertThat(page.request().get(url(Objects
            .requireNonNull(page.locator(".take__call a").getAttribute("href")))).status()).isEqualTo(200);
      });
    }
  }

  @Test
  void staffFindEveryPageReadable() {
    for (var look : LOOKS) {
      signedIn(look, page -> {
        looksRight(page, look, "account");
        for (var path : List.of("/sources", "/sources/luft-innenstadt", "/sources/lorawan", "/keys", "/sources/gone")) {
          page.navigate(url("/" + TOWN + path));
          looksRight(page, look, pictureOf(path));
        }
        page.navigate(url("/" + TOWN + "/keys"));
        page.locator("#label").press("Enter");
        assertThat(page.locator(".error-summary a").count()).isPositive();
        looksRight(page, look, "keys-mistakes");
        page.locator("#label").fill("Gateway Marktplatz");
        page.locator("#label").press("Enter");
        assertThat(page.locator("main").textContent()).containsPattern("scc_\\d+_[a-z2-7]{32}");
        looksRight(page, look, "key-created");
        page.navigate(url("/" + TOWN + "/keys"));
        looksRight(page, look, "keys-some");
      });
    }
  }

  private void signedIn(Look look, Consumer<Page> walk) {
    visit(look, "/" + TOWN + "/sign-in", page -> {
      page.locator("#name").fill(NAME);
      page.locator("#password").fill(PASSWORD);
      page.locator("#password").press("Enter");
      page.waitForURL("**/account");
      walk.accept(page);
    });
  }

  private static String pictureOf(String path) {
    return path.isEmpty() ? "start" : path.substring(1).replaceAll("[^a-z0-9]+", "-");
  }

  private static void looksRight(Page page, Look look, String name) {
    assertThat(page.locator("h1").count()).as("one h1 on %s", page.url()).isOne();
    assertThat(page.locator("html").getAttribute("lang")).as(page.url()).isEqualTo(look.language());
    picture(page,
        "walk-" + name + "-" + look.width() + "-" + look.language() + (look.javaScript() ? "" : "-plain"));
    assertNoSidewaysScrolling(page);
    if (look.javaScript()) {
      assertAccessible(page);
    } else {
      assertAccessibleWithoutJavaScript(page, look);
    }
  }
}
