package de.citycloud.platform.portal.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.ui.BrowserTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiDescriptionTest extends BrowserTest {
  @Autowired
  private JsonMapper json;

  @Test
  void bothVersionsDescribeTheSamePaths() throws Exception {
    var newer = get("/v3/api-docs");
    var older = get("/v3/api-docs/openapi-3.0");
    assertThat(newer.path("openapi").asString()).startsWith("3.1");
    assertThat(older.path("openapi").asString()).isEqualTo("3.0.3");
    assertThat(newer.path("paths").propertyNames()).contains("/{municipality}/sta/v1.1/{entitySet}",
        "/{municipality}/datastreams/{id}.csv", "/{municipality}/live")
        .noneMatch(path -> path.contains("**"));
    assertThat(older.path("paths").propertyNames()).isEqualTo(newer.path("paths").propertyNames());
    assertThat(older.toString()).doesNotContain("\"type\":[");
    assertThat(newer.at("/components/securitySchemes/apiKey/name").asString()).isEqualTo("X-API-Key");
  }

  @Test
  void swaggerShowsTheDescriptionUnderOurStrictPolicy() {
    visit(Look.DESKTOP, "/swagger-ui", page -> {
      page.locator(".opblock").first().waitFor();
      assertThat(page.locator(".info .title").textContent()).contains("Smart City Cloud");
      assertThat(page.locator(".opblock").count()).isGreaterThan(10);
      picture(page, "swagger-ui");
    });
  }

  private JsonNode get(String path) throws Exception {
    var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url(path))).build(),
        HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }
}
