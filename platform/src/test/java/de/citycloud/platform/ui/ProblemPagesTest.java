package de.citycloud.platform.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The type of every problem is an address that explains it. */
class ProblemPagesTest extends BrowserTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  /** A slug stands first in a CityProblem, or in the constructor of one with a name of its own. */
  private static final Pattern SLUG = Pattern
      .compile("(?:new \\w*Problem|CityProblem\\s*\\{[^}]*?super)\\(\\s*\"([a-z][a-z0-9-]+)\"");
  private final HttpClient http = HttpClient.newHttpClient();

  private static Set<String> slugs() throws IOException {
    var slugs = new TreeSet<String>();
    try (var files = Files.walk(SOURCES)) {
      for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        SLUG.matcher(Files.readString(file)).results().forEach(match -> slugs.add(match.group(1)));
      }
    }
    return slugs;
  }

  private HttpResponse<String> get(String path, String language) throws Exception {
    return http.send(HttpRequest.newBuilder(URI.create(url(path))).header("Accept", "text/html")
        .header("Accept-Language", language).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void everyTypeHasAPageInBothLanguages() throws Exception {
    var slugs = slugs();
    assertThat(slugs).as("found in the source").hasSizeGreaterThan(40).contains("hub-busy", "sensorthings-json",
        "not-found");
    slugs.addAll(Set.of("bad-request", "unauthorized", "forbidden", "method-not-allowed", "unsupported-media-type"));
    for (var slug : slugs) {
      var german = get("/errors/" + slug, "de");
      assertThat(german.statusCode()).as("%s: add problem.%s and problem.%s.text to both messages files", slug, slug,
          slug).isEqualTo(200);
      var english = get("/errors/" + slug, "en");
      assertThat(english.statusCode()).as(slug).isEqualTo(200);
      assertThat(heading(english.body())).as(slug).isNotBlank().isNotEqualTo(heading(german.body()));
    }
  }

  @Test
  void whatIsNoTypeIsNotFound() throws Exception {
    for (var path : new String[]{"/errors/no-such-type", "/errors/for", "/errors/hub-busy.text", "/errors/%00",
        "/errors/hub-busy/more"}) {
      assertThat(get(path, "de").statusCode()).as(path).isBetween(400, 404);
    }
  }

  @Test
  void thePageIsReadable() {
    for (var look : new Look[]{Look.DESKTOP, Look.PHONE.english()}) {
      visit(look, "/errors/observation-without-feature", page -> {
        assertThat(page.locator("h1").count()).isOne();
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo(look.language());
        picture(page, "problem-" + look.width() + "-" + look.language());
        assertNoSidewaysScrolling(page);
        assertAccessible(page);
      });
    }
  }

  private static String heading(String page) {
    return page.replaceAll("(?s).*<h1[^>]*>(.*?)</h1>.*", "$1");
  }
}
