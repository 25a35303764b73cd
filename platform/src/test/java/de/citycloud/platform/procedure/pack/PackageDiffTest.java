package de.citycloud.platform.procedure.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.procedure.pack.PackageDiff.Level;
import org.junit.jupiter.api.Test;

class PackageDiffTest {
  private static final PackageFiles FINE = PackageFiles.parkausweis();

  private static PackageDiff diff(PackageFiles after) {
    return PackageDiff.between(FINE.get(), after.get());
  }

  private static PackageFiles version(String version, PackageFiles files) {
    return files.replace("manifest.json", "\"version\": \"1.0.0\",\n  \"name\"",
        "\"version\": \"" + version + "\",\n  \"name\"")
        .replace("manifest.json", "{\"version\": \"1.0.0\", \"citizens\"", "{\"version\": \"" + version
            + "\", \"citizens\"");
  }

  @Test
  void theSameIsNoDifference() {
    assertThat(diff(FINE).differences()).isEmpty();
    assertThat(diff(FINE).versionFinding()).isEmpty();
  }

  @Test
  void textsAreAPatch() {
    var changed = FINE.replace("texts.json", "Vielen Dank.", "Danke.").replace("flow.bpmn", "name=\"Entscheiden\"",
        "name=\"Beschließen\"").replace("fields.json", "\"Familienname\"", "\"Nachname\"");
    assertThat(diff(changed).level()).contains(Level.PATCH);
    assertThat(diff(changed).differences()).extracting(PackageDiff.Difference::key)
        .containsExactlyInAnyOrder("text.block.thanks", "flow", "familyName");
    assertThat(diff(changed).versionFinding()).isPresent();
    assertThat(diff(version("1.0.1", changed)).versionFinding()).isEmpty();
  }

  @Test
  void optionalFieldsAndParametersWithADefaultAreMinor() {
    var changed = FINE
        .replace("fields.json", "{\"key\": \"price\"",
            """
            {"key": "note", "type": "text", "label": {"de": "Notiz", "en": "Note"}, "legalBasis": "§ 45 StVO",
              "purpose": {"de": "Wozu.", "en": "What for."}},
              {"key": "price\"""")
        .replace("form.json", "\"price\"]", "\"price\", \"note\"]")
        .replace("parameters.json", "{\"key\": \"changeFee\"",
            "{\"key\": \"limit\", \"type\": \"integer\", \"required\": true, \"default\": \"3\", \"label\": "
                + "{\"de\": \"Grenze\", \"en\": \"Limit\"}}, {\"key\": \"changeFee\"");
    assertThat(diff(changed).level()).contains(Level.MINOR);
    assertThat(diff(changed).requiredParameters()).isEmpty();
    assertThat(diff(version("1.0.1", changed)).versionFinding()).get()
        .satisfies(finding -> assertThat(finding.message()).contains("expected at least 1.1.0"));
    assertThat(diff(version("1.1.0", changed)).versionFinding()).isEmpty();
  }

  @Test
  void aParameterThatMustBeSetIsMajorAndNamed() {
    var changed = FINE.replace("parameters.json", "{\"key\": \"changeFee\"",
        "{\"key\": \"carsharing\", \"type\": \"boolean\", \"required\": true, \"label\": "
            + "{\"de\": \"Carsharing erlaubt?\", \"en\": \"Car sharing allowed?\"}}, {\"key\": \"changeFee\"");
    assertThat(diff(changed).level()).contains(Level.MAJOR);
    assertThat(diff(changed).requiredParameters()).containsExactly("carsharing");
    assertThat(diff(version("1.1.0", changed)).versionFinding()).isPresent();
    assertThat(diff(version("2.0.0", changed)).versionFinding()).isEmpty();
  }

  @Test
  void decisionsFlowAndPromisesAreMajor() {
    for (var changed : new PackageFiles[]{FINE.replace("decisions/fee.dmn", "[1].fee", "[1].fee + 1"),
        FINE.replace("flow.bpmn", "city:role=\"fire\"", "city:role=\"own\""),
        FINE.replace("manifest.json", "\"processing\": \"P2W\"", "\"processing\": \"P3W\""),
        FINE.replace("fields.json", "\"maxLength\": 60", "\"maxLength\": 50")}) {
      assertThat(diff(changed).level()).contains(Level.MAJOR);
    }
  }

  @Test
  void otherProceduresAreNotCompared() {
    assertThatThrownBy(
        () -> diff(FINE.replace("manifest.json", "\"key\": \"parkausweis\"", "\"key\": \"hundesteuer\"")))
        .hasMessageContaining("two versions of one procedure");
  }
}
