package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** What holds for every page and form, asked of the routes as they are: later pages are asked, too. */
@ExtendWith(OutputCaptureExtension.class)
class LivePagesTest extends CityTest {
  private static final Pattern INLINE = Pattern.compile(
      "<style|\\sstyle=|<script(?![^>]*\\ssrc=)|\\son[a-z]+=\"|javascript:", Pattern.CASE_INSENSITIVE);

  @Autowired
  private ApplicationContext context;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private SetUpLinks links;
  private Municipality town = new Municipality(0, "", "", 0, 0, false);

  @BeforeEach
  void town() {
    town = municipalities.ensure("live-pages", "Seitenstadt", 9, 48, true);
  }

  private Stream<LiveRoute> routes(Predicate<LiveRoute> wanted) {
    return LiveRoute.of(context).stream().filter(route -> !route.isFiles()).filter(wanted)
        .filter(route -> !route.pattern().contains("/sta/") && !route.pattern().startsWith("/v1.1")
            && !route.pattern().contains("/in/"));
  }

  private String path(LiveRoute route) {
    return route.pattern().replaceFirst("\\{municipality[^}]*}", town.slug())
        .replaceAll("\\{\\w+:(\\w+)\\|[^}]*}", "$1")
        .replaceAll("\\{\\*?[^}]*}", "1").replace("**", "x");
  }

  @Test
  void everyPageHasTheStrictPolicyAndNothingInline() throws Exception {
    int seen = 0;
    try (var admin = Administrator.signIn(port, links, town)) {
      for (var route : routes(route -> "GET".equals(route.method()) || route.method() == null).toList()) {
        if (route.pattern().endsWith("/live") || route.pattern().contains("swagger")) {
          continue; // a stream that does not end; a page of others with a policy of its own
        }
        var answer = admin.get(path(route));
        var policy = answer.headers().firstValue("Content-Security-Policy").orElse("");
        assertThat(policy).as("%s", route).contains("default-src 'none'", "script-src 'self'", "style-src 'self'",
            "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'").doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).as("%s", route).contains("nosniff");
        assertThat(answer.statusCode()).as("%s", route).isLessThan(500);
        if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
          seen++;
          assertThat(INLINE.matcher(answer.body()).results().map(java.util.regex.MatchResult::group).toList())
              .as("%s", route).isEmpty();
        }
      }
    }
    assertThat(seen).isGreaterThan(20);
  }

  @Test
  void everyFormIsRefusedWithoutItsTokenAlsoForThoseSignedIn() throws Exception {
    var open = new ArrayList<String>();
    try (var admin = Administrator.signIn(port, links, town); var http = HttpClient.newHttpClient()) {
      var forms = routes(route -> route.method() != null && !List.of("GET", "HEAD", "OPTIONS").contains(route.method()))
          .toList();
      assertThat(forms).hasSizeGreaterThan(8);
      for (var form : forms) {
        if (form.pattern().endsWith("}/procedures/feedback")) {
          continue; // a door of machines: the message itself is signed, no session counts
        }
        var answer = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path(form)))
            .header("Cookie", "city=" + Administrator.session(admin)).header("Accept", "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(String.valueOf(form.method()), HttpRequest.BodyPublishers.ofString("a=b")).build(),
            HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 403) {
          open.add(form + ": " + answer.statusCode());
        }
      }
    }
    assertThat(open).isEmpty();
  }

  /** D16: whatever people type, the log does not repeat it, and holds no whole address. */
  @Test
  void theLogRepeatsNothingThatPeopleType(CapturedOutput log) throws Exception {
    var marker = "Mondschaf" + System.nanoTime();
    try (var visitor = new PageVisitor(port)) {
      visitor.get("/live-pages/sign-in");
      visitor.post("/live-pages/sign-in", Map.of("name", marker + "@post.example", "password", marker));
      visitor.get("/live-pages/search?q=" + marker);
      visitor.get("/live-pages/" + marker);
      visitor.get("/live-pages/barrier");
      visitor.post("/live-pages/barrier", Map.of("problem", marker, "name", marker, "email", marker + "@post.example"));
      visitor.post("/live-pages/barrier", Map.of("problem", marker, "name", "\u0000" + marker));
      visitor.get("/live-pages/set-up?token=" + marker);
    }
    try (var http = HttpClient.newHttpClient()) {
      for (var path : List.of("/live-pages/in/" + marker,
          "/live-pages/sta/v1.1/Things(" + marker + ")?$filter=" + marker)) {
        http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).header("X-API-Key", marker)
            .header("X-Forwarded-For", "198.51.100.77").POST(HttpRequest.BodyPublishers.ofString("{" + marker)).build(),
            HttpResponse.BodyHandlers.discarding());
      }
    }
    assertThat(log.getAll()).doesNotContain(marker).doesNotContain("198.51.100.77");
  }
}
