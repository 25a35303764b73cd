package de.citycloud.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServedFilesTest extends CityTest {
  @Test
  void nothingOfTheWorkshopIsServed() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      for (var path : List.of("/.git/config", "/.git/HEAD", "/.svn/entries", "/.env", "/application.yaml",
          "/ui/../application.yaml", "/ui/%2e%2e/application.yaml", "/ui/..%2fapplication.yaml", "/WEB-INF/web.xml",
          "/META-INF/MANIFEST.MF", "/messages_de.properties", "/db/migration/V1__foundation.sql", "/ui/", "/vendor/",
          "/vendor/%5c..%5capplication.yaml", "/templates/ui/layout.html", "/secrets/audit-signing-key",
          "/META-INF/sbom/application.cdx.json")) {
        var answer = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isIn(400, 404);
      }
      var trace = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
          .method("TRACE", HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(trace.statusCode()).isBetween(400, 499);
    }
  }
}
