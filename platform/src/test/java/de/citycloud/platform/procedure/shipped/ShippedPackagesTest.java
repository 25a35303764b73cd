package de.citycloud.platform.procedure.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.procedure.pack.Finding;
import de.citycloud.platform.procedure.pack.PackageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages in {@code procedures/} are right, and their example cases show enough. */
class ShippedPackagesTest {
  private static final Path FOLDER = Path.of("..", "procedures");

  static List<Path> packages() throws IOException {
    try (var folders = Files.list(FOLDER)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  @Test
  void thereAreSome() throws IOException {
    assertThat(packages()).extracting(path -> path.getFileName().toString()).contains("bewohnerparkausweis", "hundesteuer-anmeldung",
        "meldebescheinigung", "veranstaltung-im-oeffentlichen-raum");
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageIsReadWithoutError(Path folder) throws IOException {
    var reading = PackageReader.readFolder(folder);
    assertThat(reading.findings().stream().filter(Finding::error)).isEmpty();
    assertThat(reading.pack().orElseThrow().manifest().key()).isEqualTo(folder.getFileName().toString());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageHasEightExamplesOrMoreAndSaysWhatIsInvented(Path folder) throws IOException {
    var pack = PackageReader.readFolder(folder).pack().orElseThrow();
    assertThat(pack.examples()).hasSizeGreaterThanOrEqualTo(8);
    assertThat(pack.manifest().invented()).isNotEmpty();
  }
}
