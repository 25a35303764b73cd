package de.citycloud.platform.procedure.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.procedure.pack.Finding;
import de.citycloud.platform.procedure.pack.PackageReader;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.pack.Version;
import de.citycloud.platform.procedure.rules.AdoptionFile;
import de.citycloud.platform.procedure.rules.PackageProcedureRules;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packages in {@code procedures/} are right, and their example cases show enough and pass for two towns. */
class ShippedPackagesTest {
  private static final Path FOLDER = Path.of("..", "procedures");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);
  private final PackageProcedureRules rules = new PackageProcedureRules();

  static List<Path> packages() throws IOException {
    try (var folders = Files.list(FOLDER)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static ProcedurePackage read(Path folder) throws IOException {
    var reading = PackageReader.readFolder(folder);
    assertThat(reading.findings().stream().filter(Finding::error)).isEmpty();
    return reading.pack().orElseThrow();
  }

  private static AdoptionFile adoption(Path folder, String town, LocalDate on) throws IOException {
    return AdoptionFile.read(read(folder), Files.readAllBytes(folder.resolve("adoptions").resolve(town + ".json")), on);
  }

  @Test
  void allFourAreThere() throws IOException {
    assertThat(packages()).extracting(path -> path.getFileName().toString()).contains("bewohnerparkausweis",
        "hundesteuer-anmeldung", "meldebescheinigung", "veranstaltung-im-oeffentlichen-raum");
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageIsReadWithoutErrorHasEightExamplesAndSaysWhatIsInvented(Path folder) throws IOException {
    var pack = read(folder);
    assertThat(pack.manifest().key()).isEqualTo(folder.getFileName().toString());
    assertThat(pack.examples()).hasSizeGreaterThanOrEqualTo(8);
    assertThat(pack.manifest().invented()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void everyExamplePassesForBothTowns(Path folder) throws IOException {
    for (var town : List.of("ludwigsburg", "heilbronn")) {
      var adoption = adoption(folder, town, TODAY);
      assertThat(adoption.troubles()).as(town).isEmpty();
      assertThat(rules.runExamples(adoption.procedure().orElseThrow())).isNotEmpty()
          .allSatisfy(result -> assertThat(result.failures()).as("%s: %s", town, result.name()).isEmpty());
    }
  }

  @Test
  void theFeeOfLudwigsburgChangesWithTheYear() throws IOException {
    var folder = FOLDER.resolve("bewohnerparkausweis");
    assertThat(fee(folder, LocalDate.of(2026, 12, 31))).isEqualByComparingTo("120.00");
    assertThat(fee(folder, LocalDate.of(2027, 1, 1))).isEqualByComparingTo("132.00");
  }

  private BigDecimal fee(Path folder, LocalDate on) throws IOException {
    var procedure = adoption(folder, "ludwigsburg", on).procedure().orElseThrow();
    var answers = procedure.pack().examples().stream().filter(one -> one.name().startsWith("Ali Demir zahlt"))
        .findFirst().orElseThrow().answers();
    return rules.assess(procedure, answers, on.atStartOfDay()).fee();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.0", "2.0.0"})
  void laterVersionsForTestsAreRightToo(String version) throws IOException {
    var reading = PackageReader.read(LaterVersions.files("bewohnerparkausweis", version));
    assertThat(reading.findings().stream().filter(Finding::error)).isEmpty();
    var pack = reading.pack().orElseThrow();
    assertThat(pack.manifest().version()).isEqualTo(Version.parse(version).orElseThrow());
    var own = Files.readAllBytes(FOLDER.resolve("bewohnerparkausweis/adoptions/heilbronn.json"));
    var adoption = AdoptionFile.read(pack, own, TODAY);
    if (version.equals("2.0.0")) {
      assertThat(adoption.troubles()).singleElement().asString().contains("carsharingAllowed");
      adoption = AdoptionFile.read(pack, new String(own, java.nio.charset.StandardCharsets.UTF_8)
          .replaceFirst("\"parameters\": \\{", "\"parameters\": {\"carsharingAllowed\": true,")
          .getBytes(java.nio.charset.StandardCharsets.UTF_8), TODAY);
    }
    assertThat(rules.runExamples(adoption.procedure().orElseThrow()))
        .allSatisfy(result -> assertThat(result.failures()).as(result.name()).isEmpty());
  }
}
