package de.citycloud.platform.ui;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.municipality.Municipalities;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes wrong is told in one form: a page to people, RFC 9457 to machines. */
class ErrorsTest extends BrowserTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private JsonMapper json;

  @BeforeEach
  void town() {
    municipalities.ensure("error-town", "Fehlerstadt", 9.19, 48.89, false);
  }

  @Test
  void peopleGetAPageInTheirLanguageThatSaysWhatToDo() {
    visit(Look.DESKTOP, "/error-town/nowhere", page -> {
      assertThat(page.locator("h1").textContent()).isEqualTo("Diese Seite gibt es nicht");
      assertThat(page.locator(".brand__name").textContent()).isEqualTo("Fehlerstadt");
      assertAccessible(page);
      picture(page, "error-404-de");
    });
    visit(Look.PHONE.english(), "/no-such-town", page -> {
      assertThat(page.locator("h1").textContent()).isEqualTo("This page does not exist");
      assertNoSidewaysScrolling(page);
    });
  }

  @Test
  void machinesGetAProblemThatNamesPlaceAndAdvice() throws Exception {
    var answer = get("/error-town/nowhere");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    var problem = problem(answer);
    assertThat(problem.path("type").asString()).isEqualTo("/errors/not-found");
    assertThat(problem.path("status").asInt()).isEqualTo(404);
    assertThat(problem.path("instance").asString()).isEqualTo("/error-town/nowhere");
    assertThat(problem.path("detail").asString()).contains("error-town/nowhere").contains("\nMaybe");
  }

  @Test
  void aMethodThatIsNotThereNamesThoseThatAre() throws Exception {
    var answer = send(HttpRequest.newBuilder(URI.create(url("/error-town"))).method("TRACE_", noBody()).build());
    assertThat(answer.statusCode()).isBetween(400, 499);
    var put = send(HttpRequest.newBuilder(URI.create(url("/error-town"))).PUT(noBody()).build());
    assertThat(put.statusCode()).isBetween(400, 499);
    assertThat(put.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void everyAnswerTellsTheBrowserToLoadNothingFromElsewhere() throws Exception {
    for (var path : new String[]{"/error-town", "/error-town/nowhere", "/ui/city.css", "/"}) {
      var headers = get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse("")).as(path).contains("default-src 'none'")
          .contains("frame-ancestors 'none'").doesNotContain("unsafe");
      assertThat(headers.allValues("X-Content-Type-Options")).as(path).containsExactly("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).as(path).isPresent();
      assertThat(headers.firstValue("Set-Cookie")).as(path).isEmpty();
    }
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url(path))).build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode problem(HttpResponse<String> answer) {
    return json.readTree(answer.body());
  }
}
