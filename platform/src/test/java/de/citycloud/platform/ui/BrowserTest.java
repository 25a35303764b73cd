package de.citycloud.platform.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import de.citycloud.platform.CityTest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * The whole program seen through a browser: Chromium from the property {@code citycloud.chromium}, the environment's
 * {@code CHROMIUM} or its usual places; without one these tests are skipped. Pictures go to {@code
 * target/screenshots}.
 *
 * <p>Use {@link #visit} with a {@link Look}; it fails the test if the page asks a foreign host, writes an error to the
 * console or breaks the content security policy.
 */
@Tag("browser")
public abstract class BrowserTest extends CityTest {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static @Nullable Playwright playwright;
  private static @Nullable Browser browser;

  /**
   * How somebody looks at a page.
   *
   * @param width of the window, in px
   * @param language {@code de} or {@code en}, as the browser prefers it
   * @param javaScript false for a browser without
   * @param dark true for somebody who prefers dark pages
   */
  protected record Look(int width, String language, boolean javaScript, boolean dark) {
    /** A desktop with German, JavaScript, light. */
    public static final Look DESKTOP = new Look(1280, "de", true, false);
    /** A phone with German, JavaScript, light. */
    public static final Look PHONE = new Look(360, "de", true, false);

    /** The same in English. */
    public Look english() {
      return new Look(width, "en", javaScript, dark);
    }

    /** The same without JavaScript. */
    public Look withoutJavaScript() {
      return new Look(width, language, false, dark);
    }

    /** The same for somebody who prefers dark pages. */
    public Look inTheDark() {
      return new Look(width, language, javaScript, true);
    }

    /** The same in a window of another width in px. */
    public Look wide(int newWidth) {
      return new Look(newWidth, language, javaScript, dark);
    }
  }

  @BeforeAll
  static void startBrowser() {
    var executable = findChromium();
    Assumptions.assumeTrue(executable.isPresent(),
        "No Chromium found. Install it (Debian: apt-get install chromium) or name it with -Dcitycloud.chromium=PATH.");
    var started = Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    playwright = started;
    browser = started.chromium()
        .launch(new BrowserType.LaunchOptions().setExecutablePath(executable.get()).setHeadless(true)
            .setArgs(List.of("--no-sandbox", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--no-first-run", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")));
  }

  @AfterAll
  static void stopBrowser() {
    if (playwright != null) {
      playwright.close();
      playwright = null;
      browser = null;
    }
  }

  private static Optional<Path> findChromium() {
    return Stream
        .of(System.getProperty("citycloud.chromium"), System.getenv("CHROMIUM"), "/usr/bin/chromium",
            "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium")
        .filter(Objects::nonNull).map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /** Address of a path of the program under test. */
  protected String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /** Opens a page, lets {@code checks} look at it, then closes it. */
  protected void visit(Look look, String path, Consumer<Page> checks) {
    visitAs("", look, path, checks);
  }

  /**
   * As above, as somebody who is signed in.
   *
   * @param session value of the session's cookie; empty for a visitor
   */
  protected void visitAs(String session, Look look, String path, Consumer<Page> checks) {
    var troubles = new ArrayList<String>();
    try (BrowserContext context = Objects.requireNonNull(browser)
        .newContext(new Browser.NewContextOptions().setViewportSize(look.width(), look.width() < 600 ? 780 : 960)
            .setLocale(look.language().equals("de") ? "de-DE" : "en-GB").setJavaScriptEnabled(look.javaScript())
            .setColorScheme(look.dark()
                ? com.microsoft.playwright.options.ColorScheme.DARK
                : com.microsoft.playwright.options.ColorScheme.LIGHT)
            .setDeviceScaleFactor(look.width() < 600 ? 2 : 1))) {
      if (!session.isEmpty()) {
        context.addCookies(List.of(new com.microsoft.playwright.options.Cookie("city", session).setUrl(url("/"))));
      }
      var page = context.newPage();
      page.setDefaultTimeout(30_000);
      page.onRequest(request -> {
        var address = URI.create(request.url());
        if (address.getHost() != null && !List.of("127.0.0.1", "localhost").contains(address.getHost())) {
          troubles.add("asked a foreign host: " + request.url());
        }
      });
      page.onConsoleMessage(message -> {
        // The browser itself writes a line for each answer of 400 and more, also where that is what we test.
        if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
          troubles.add("console: " + message.text());
        }
      });
      page.onPageError(error -> troubles.add("script: " + error));
      page.navigate(url(path));
      checks.accept(page);
    }
    assertThat(troubles).as("%s at %s", path, look).isEmpty();
  }

  /**
   * As {@link #assertAccessible}, for a page that was opened without JavaScript. Axe needs it, so a twin of what stands
   * there is looked at: without scripts, and with what {@code noscript} shows.
   */
  protected static void assertAccessibleWithoutJavaScript(Page page, Look look) {
    var html = page.content().replaceAll("(?s)<script.*?</script>", "").replaceAll("</?noscript[^>]*>", "");
    try (var context = Objects.requireNonNull(browser)
        .newContext(new Browser.NewContextOptions().setViewportSize(look.width(), 960))) {
      var twin = context.newPage();
      twin.setDefaultTimeout(30_000);
      twin.route(page.url(), route -> route
          .fulfill(new Route.FulfillOptions().setContentType("text/html; charset=utf-8").setBody(html)));
      twin.navigate(page.url());
      assertAccessible(twin);
    }
  }

  /** Fails if axe-core finds a breach of WCAG 2.2 A/AA or of its best practices. */
  protected static void assertAccessible(Page page) {
    var found = new AxeBuilder(page)
        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")).analyze();
    assertThat(found.getViolations().stream().map(rule -> rule.getId() + ": " + rule.getHelp() + " "
        + rule.getNodes().stream().map(node -> String.valueOf(node.getHtml())).limit(5).toList()).toList())
        .as("axe on %s", page.url()).isEmpty();
  }

  /** Fails if the page scrolls sideways; names what sticks out. */
  protected static void assertNoSidewaysScrolling(Page page) {
    var wider = page.evaluate("""
                              () => { const wide = document.documentElement.clientWidth;
                                return document.documentElement.scrollWidth <= wide ? [] :
                                  [...document.querySelectorAll('body *')]
                                    .filter(e => e.getBoundingClientRect().right > wide + 1)
                                    .slice(0, 8).map(e => e.tagName + '.' + e.className); }
                              """);
    assertThat((List<?>) wider).as("sticks out of %s", page.url()).isEmpty();
  }

  /** Keeps a picture of the whole page as {@code target/screenshots/<name>.png}. */
  protected static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }
}
