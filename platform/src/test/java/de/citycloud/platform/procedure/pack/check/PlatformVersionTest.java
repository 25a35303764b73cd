package de.citycloud.platform.procedure.pack.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Packages ask for the version that is built. */
class PlatformVersionTest {
  @Test
  void itIsTheVersionOfTheBuild() throws Exception {
    assertThat(Files.readString(Path.of("pom.xml"))).contains("<version>%s-SNAPSHOT</version>".formatted(
        ManifestRules.PLATFORM));
  }
}
