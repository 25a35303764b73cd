package de.citycloud.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import tools.jackson.databind.json.JsonMapper;

/** What the program is made of (SBOM): the build writes it, the management port serves it, the port of the pages does not. */
class PartsListTest extends CityTest {
  private static final String FILE = "META-INF/sbom/application.cdx.json";

  @LocalManagementPort
  private int managementPort;

  @Test
  void theBuildWritesItWhereTheProgramLooksForIt() throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    var pom = factory.newDocumentBuilder().parse(Path.of("pom.xml").toFile());
    var plugin = "//plugin[artifactId='cyclonedx-maven-plugin']/executions/execution[goals/goal='makeBom']";
    var path = XPathFactory.newInstance().newXPath();
    assertThat(path.evaluate(plugin + "/phase", pom)).as("before the jar is made").isEqualTo("prepare-package");
    assertThat(path.evaluate(plugin + "/configuration/outputDirectory", pom) + "/"
        + path.evaluate(plugin + "/configuration/outputName", pom) + "."
        + path.evaluate(plugin + "/configuration/outputFormat", pom))
        .isEqualTo("${project.build.outputDirectory}/" + FILE);
  }

  /** Only a packaged program has the list; where one was packaged before, the running one serves it. */
  @Test
  void theManagementPortServesItAndThePortOfThePagesDoesNot() throws Exception {
    assertThat(get(port, "/actuator/sbom").statusCode()).isEqualTo(404);
    assertThat(get(managementPort, "/actuator/sbom").statusCode()).isEqualTo(200);
    Assumptions.assumeTrue(Files.exists(Path.of("target", "classes").resolve(FILE)),
        "there is no list before the program was packaged");
    assertThat(get(managementPort, "/actuator/sbom").body()).contains("application");
    var answer = get(managementPort, "/actuator/sbom/application");
    assertThat(answer.statusCode()).isEqualTo(200);
    var list = JsonMapper.builder().build().readTree(answer.body());
    assertThat(list.path("bomFormat").asString()).isEqualTo("CycloneDX");
    assertThat(list.path("components").size()).as("parts, those of parts included").isGreaterThan(100);
    assertThat(list.path("components").valueStream().map(part -> part.path("name").asString()))
        .contains("spring-security-core", "postgresql", "tink");
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
