package de.citycloud.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * The whole program on a free port with a database of its own, shared by all tests of the same configuration. Tests
 * add their own municipality ({@code municipalities.ensure(…)}) rather than clean up.
 */
@ExtendWith(SpringExtension.class)
@TestPropertySource(properties = "city.rate-limit.times=1000") // all calls come from one address
// Most tests sign in with a password alone; those of the second factor switch it on.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "city.identity.second-factor=")
public abstract class CityTest {
  /** Port of the program under test. */
  @org.springframework.boot.test.web.server.LocalServerPort
  protected int port;

  @DynamicPropertySource
  static void ownFolder(DynamicPropertyRegistry properties) {
    properties.add("city.database.data", CityTest::newFolder);
    properties.add("city.mqtt.port", () -> 0);
    properties.add("city.demo.enabled", () -> false);
    properties.add("management.server.port", () -> 0);
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target", "city")), "data");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
