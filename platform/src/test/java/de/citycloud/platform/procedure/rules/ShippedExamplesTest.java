package de.citycloud.platform.procedure.rules;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.procedure.pack.PackageReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every package that comes with the program is right, and its example cases pass for every municipality beside it. */
class ShippedExamplesTest {
  private static final Path FOLDER = Path.of("..", "procedures");

  @TestFactory
  Stream<DynamicTest> shippedPackages() throws Exception {
    try (var folders = Files.list(FOLDER)) {
      return folders.filter(Files::isDirectory).sorted().toList().stream()
          .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> passes(folder)));
    }
  }

  private static void passes(Path folder) throws Exception {
    var reading = PackageReader.readFolder(folder);
    // a LeiKa key that nobody could look up is left out rather than invented
    assertThat(reading.findings()).as("findings").allMatch(finding -> finding.rule().equals("no-leika"));
    var pack = reading.pack().orElseThrow();
    assertThat(pack.manifest().key()).isEqualTo(folder.getFileName().toString());
    List<Path> adoptions;
    try (var files = Files.list(folder.resolve("adoptions"))) {
      adoptions = files.sorted().toList();
    }
    assertThat(adoptions).extracting(file -> file.getFileName().toString()).contains("heilbronn.json",
        "ludwigsburg.json");
    for (var file : adoptions) {
      var adoption = AdoptionFile.read(pack, Files.readAllBytes(file), LocalDate.of(2026, 12, 1));
      assertThat(adoption.troubles()).as(file.toString()).isEmpty();
      assertThat(new PackageProcedureRules().runExamples(adoption.procedure().orElseThrow())).allSatisfy(
          result -> assertThat(result.failures()).as(file.getFileName() + ": " + result.name()).isEmpty());
    }
  }
}
