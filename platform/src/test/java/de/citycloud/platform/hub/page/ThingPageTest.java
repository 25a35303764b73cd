package de.citycloud.platform.hub.page;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class ThingPageTest extends CityTest {
  private final HttpClient http = HttpClient.newHttpClient();
  @Autowired
  Municipalities municipalities;
  @Autowired
  JdbcClient jdbc;
  private LiveTown live;

  @BeforeEach
  void fill() {
    var town = municipalities.ensure("thing-page", "Messstadt", 9.19, 48.89, false);
    live = Objects.requireNonNull(CurrentMunicipality.call(town, () -> new LiveTown(jdbc)));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/thing-page" + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void itShowsTheLastValueTheHistoryAndHowGoodItIs() throws Exception {
    for (var span : new String[]{"", "?span=24h", "?span=7d", "?span=30d", "?span=nonsense&datastream=x"}) {
      var page = get("/things/" + live.air + span);
      assertThat(page.statusCode()).as(span).isEqualTo(200);
      assertThat(page.body()).as(span).contains("<h1>Schlossstraße</h1>", "µg/m³", "chart__line", "% vollständig");
    }
    assertThat(get("/things/" + live.air + "?span=7d").body()).contains("chart__gap", "chart__doubtful", "auffällig",
        "liegt der Wert über dem Üblichen");
  }

  @Test
  void anotherLanguageChangesEveryWord() throws Exception {
    assertThat(get("/things/" + live.air + "?lang=en").body()).contains("Last value", "complete", "html lang=\"en\"");
  }

  @Test
  void whatIsNotThereIsAPageThatSaysSo() throws Exception {
    for (var missing : new String[]{"/things/2147483647", "/things/x", "/things/-1"}) {
      assertThat(get(missing).statusCode()).as(missing).isEqualTo(404);
    }
  }
}
