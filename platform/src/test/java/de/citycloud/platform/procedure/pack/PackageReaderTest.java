package de.citycloud.platform.procedure.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One rule, one line: what is changed in a package that is right, and which rule tells it. */
class PackageReaderTest {
  private static final PackageFiles FINE = PackageFiles.parkausweis();
  /** Between two changes that break a rule together. */
  private static final String AND = " AND ";

  @Test
  void aPackageThatIsRightIsReadWithoutFindings() {
    var reading = FINE.read();
    assertThat(reading.findings()).isEmpty();
    var pack = reading.pack().orElseThrow();
    assertThat(pack.id()).isEqualTo("parkausweis@1.0.0");
    assertThat(pack.steps()).hasSize(4);
    assertThat(pack.flow().nodes()).containsKeys("start", "split", "decide", "second", "end");
    assertThat(pack.examples()).extracting(ExampleCase::name).contains("Zone 16 costs 10.20 euros");
    assertThat(pack.digest()).hasSize(64);
  }

  @ParameterizedTest(name = "{0}: {2} -> {3}")
  @MethodSource("rules")
  void brokenRulesAreTold(String rule, String file, String from, String to) {
    var changed = FINE;
    for (int i = 0; i < file.split(AND).length; i++) {
      changed = changed.replace(file.split(AND)[i], from.split(AND)[i], to.split(AND, -1)[i]);
    }
    var reading = changed.read();
    assertThat(reading.findings()).as("findings").anySatisfy(finding -> {
      assertThat(finding.rule()).isEqualTo(rule);
      assertThat(finding.error()).isEqualTo(!rule.startsWith("no-"));
      assertThat(finding.message()).isNotBlank();
    });
    assertThat(reading.pack().isPresent()).isEqualTo(rule.startsWith("no-"));
  }

  private static Stream<Arguments> rules() {
    return Stream.of(
        rule("json", "manifest.json", "\"format\": 1", "\"format\": 2"),
        rule("json", "manifest.json", "\"format\": 1,", "\"format\": 1, \"format\": 1,"),
        rule("json", "manifest.json", "\"version\": \"1.0.0\",\n  \"name\"", "\"version\": \"1\",\n  \"name\""),
        rule("json", "manifest.json", "\"P1M\"", "\"P1M1D\""),
        rule("json", "manifest.json", "{\"de\": \"Parkausweis\", \"en\": \"Parking permit\"}",
            "{\"de\": \"Parkausweis\"}"),
        rule("json", "manifest.json", "<verfahren@ludwigsburg.example>", ""),
        rule("json", "parameters.json", "\"default\": \"15.00\"", "\"default\": \"15.001\""),
        rule("json", "parameters.json", "\"default\": \"15.00\"", "\"default\": \"150.00\""),
        rule("json", "parameters.json", "\"fee\": \"30.70\"", "\"fee\": 30.70"),
        rule("json", "fields.json", "\"type\": \"email\"", "\"type\": \"password\""),
        rule("json", "fields.json", "\"key\": \"plate\"", "\"key\": \"kind\""),
        rule("unknown-member", "manifest.json", "\"format\": 1", "\"format\": 1, \"script\": \"x\""),
        rule("unknown-member", "texts.json", "\"fee\":", "\"charge\":"),
        rule("manifest-value", "manifest.json", "\"mobility\"", "\"parking\""),
        rule("manifest-value", "manifest.json", "\"none\"", "\"super\""),
        rule("platform-too-old", "manifest.json", "\"minimumPlatform\": \"0.1.0\"", "\"minimumPlatform\": \"99.0.0\""),
        rule("changes", "manifest.json", "{\"version\": \"1.0.0\", \"citizens\"",
            "{\"version\": \"0.9.0\", \"citizens\""),
        rule("no-leika", "manifest.json", "99108012012000", ""),
        rule("intake", "manifest.json", "\"intake\": false", "\"intake\": true"),
        rule("intake", "manifest.json", "\"objectionWithin\": \"P1M\"", "\"objectionWithin\": null"),
        rule("discretion", "flow.bpmn", "city:call=\"notify\" city:with=\"text=received\"",
            "city:call=\"decideByTable\"",
            "manifest.json", "\"discretion\": false", "\"discretion\": true"),
        rule("key-twice", "fields.json", "\"key\": \"years\"", "\"key\": \"changeFee\""),
        rule("reserved-key", "fields.json", "\"key\": \"years\"", "\"key\": \"today\""),
        rule("reserved-key", "fields.json", "\"key\": \"years\"", "\"key\": \"reference\""),
        rule("field-without-basis", "fields.json", "\"legalBasis\": \"Art. 6 Abs. 1 e DSGVO\",", ""),
        rule("options", "fields.json", "\"optionsFrom\": \"zones.zone\"", "\"optionsFrom\": \"zones.number\""),
        rule("options", "fields.json", "\"optionsFrom\": \"zones.zone\",", ""),
        rule("field-limits", "fields.json", "\"min\": \"1\", \"max\": \"2\"", "\"min\": \"3\", \"max\": \"2\""),
        rule("field-limits", "fields.json", "\"autocomplete\": \"email\"", "\"autocomplete\": \"cc-number\""),
        rule("pattern", "fields.json", "[A-ZÄÖÜ]{1,3}-", "(a+)+b"),
        rule("pattern", "fields.json", "[A-ZÄÖÜ]{1,3}-", "(?=a)"),
        rule("pattern", "fields.json", "[A-ZÄÖÜ]{1,3}-", "(a)\\\\1"),
        rule("pattern", "fields.json", "[A-ZÄÖÜ]{1,3}-", "("),
        rule("form", "form.json", "\"email\", ", ""),
        rule("form", "form.json", "\"email\", ", "\"email\", \"email\", "),
        rule("form", "form.json", "\"email\", ", "\"mail\", \"email\", "),
        rule("condition", "fields.json", "\"is\": \"renewal\"", "\"is\": \"renew\""),
        rule("condition", "form.json", "{\"field\": \"kind\", \"is\": \"change\"}",
            "{\"field\": \"truth\", \"answered\": true}"),
        rule("outcome-without-words", "flow.bpmn", "grant refuse", "grant maybe"),
        rule("bpmn", "flow.bpmn", "city:nameEn=\"Decide\"", ""),
        rule("bpmn", "flow.bpmn", "city:kind=\"decide\"", "city:kind=\"dice\""),
        rule("unknown-call", "flow.bpmn", "sendDocument", "runShell"),
        rule("flow-ends", "flow.bpmn", "<endEvent id=\"end\"/>", "<endEvent id=\"end\"/><startEvent id=\"again\"/>"),
        rule("flow-links", "flow.bpmn", "targetRef=\"end\"", "targetRef=\"nowhere\""),
        rule("flow-ways", "flow.bpmn", "sourceRef=\"send\" targetRef=\"end\"",
            "sourceRef=\"send\" targetRef=\"merge\""),
        rule("flow-loop", "flow.bpmn", "id=\"f12\" sourceRef=\"approved\" targetRef=\"merge\"",
            "id=\"f12\" sourceRef=\"approved\" targetRef=\"approved\""),
        rule("outcome-without-way", "flow.bpmn", "city:task=\"second\" city:outcome=\"approve\"",
            "city:task=\"second\" city:outcome=\"accept\""),
        rule("outcome-without-way", "flow.bpmn", " default=\"f12\"/>", "/>", "flow.bpmn",
            "id=\"f12\" sourceRef=\"approved\" targetRef=\"merge\"",
            "id=\"f12\" sourceRef=\"approved\" targetRef=\"merge\" city:task=\"second\" city:outcome=\"approve\""),
        rule("outcome-without-way", "flow.bpmn", "targetRef=\"split\"/>",
            "targetRef=\"split\" city:task=\"second\" city:outcome=\"approve\"/>"),
        rule("task", "flow.bpmn", "city:role=\"fire\"", "city:role=\"navy\""),
        rule("task", "flow.bpmn", "city:outcomes=\"approve return\"", "city:outcomes=\"approve\""),
        rule("service", "flow.bpmn", "document=decision", "document=poster"),
        rule("service", "flow.bpmn", "text=received", "text=nothing"),
        rule("flow-stuck", "flow.bpmn", "sourceRef=\"review\" targetRef=\"join\"",
            "sourceRef=\"review\" targetRef=\"merge\""),
        rule("flow-decide", "flow.bpmn", "city:kind=\"hearing\" city:role=\"fire\" city:outcomes=\"complete\"",
            "city:kind=\"decide\" city:role=\"fire\" city:outcomes=\"grant\""),
        rule("placeholder", "texts.json", "{{changeFee}}. Mehr", "{{plate}}. Mehr"),
        rule("placeholder", "texts.json", "{{changeFee}}. Mehr", "{{{changeFee}}}. Mehr"),
        rule("placeholder", "texts.json", "{{/zones}}", ""),
        rule("placeholder", "documents/decision.de.html", "{{familyName}}", "{{givenName}}"),
        rule("placeholder", "manifest.json", "Parken in Ihrer Zone.", "Parken für {{changeFee}}."),
        rule("sections", "texts.json", "\"what\":", "\"notes\":"),
        rule("reason-without-text", "decisions/eligibility.dmn", "\"too-early\"", "\"too-late\""),
        rule("decision-output", "decisions/fee.dmn", "name=\"fee\" typeRef", "name=\"price2\" typeRef"),
        rule("unknown-variable", "decisions/fee.dmn", "<text>changeFee</text>", "<text>changedFee</text>"),
        rule("remedy", "documents/decision.en.html", "{{objectionUntil}}", "soon"),
        rule("example", "examples/granted.json", "\"decide\": \"grant\"", "\"decide\": \"partly\""),
        rule("outcome-without-example", "examples/refused.json", "\"decide\": \"refuse\"", "\"decide\": \"grant\""),
        rule("outcome-without-example", "examples/too-early.json", "\"eligible\": false", "\"eligible\": true"));
  }

  private static Arguments rule(String rule, String file, String from, String to) {
    return Arguments.of(rule, file, from, to);
  }

  private static Arguments rule(String rule, String file, String from, String to, String other, String otherFrom,
      String otherTo) {
    return Arguments.of(rule, file + AND + other, from + AND + otherFrom, to + AND + otherTo);
  }

  @Test
  void filesThatAreMissingOrUnknownAreTold() {
    assertThat(FINE.without("form.json").read().findings()).anyMatch(one -> one.rule().equals("missing-file"));
    assertThat(FINE.with("run.sh", "rm").read().findings()).anyMatch(one -> one.rule().equals("unknown-file"));
    assertThat(FINE.without("documents/decision.en.html").read().findings())
        .anyMatch(one -> one.rule().equals("document-language"));
  }

  @Test
  void allMistakesAreToldAtOnce() {
    var reading = FINE.replace("manifest.json", "\"mobility\"", "\"x\"").replace("fields.json", "\"email\"", "7")
        .replace("flow.bpmn", "sendDocument", "x").read();
    assertThat(reading.findings()).extracting(Finding::rule).contains("manifest-value", "json", "unknown-call");
  }

  @Test
  void aFolderWithLinksIsRefusedAndItsAdoptionsAreNoPart(@TempDir Path folder) throws Exception {
    for (var file : FINE.files().entrySet()) {
      Files.createDirectories(folder.resolve(file.getKey()).getParent());
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    Files.createDirectory(folder.resolve("adoptions"));
    Files.writeString(folder.resolve("adoptions/town.json"), "{}");
    assertThat(PackageReader.readFolder(folder).pack().orElseThrow().digest()).isEqualTo(FINE.get().digest());
    Files.createSymbolicLink(folder.resolve("documents/secret.de.html"), Path.of("/etc/hostname"));
    assertThat(PackageReader.readFolder(folder).findings()).singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("is a link"));
  }
}
