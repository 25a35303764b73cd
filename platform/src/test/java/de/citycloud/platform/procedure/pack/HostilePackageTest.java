package de.citycloud.platform.procedure.pack;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.guard.LimitExceeded;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that want something else than to be read. Each is refused with words, within seconds. */
@Timeout(20)
class HostilePackageTest {
  private static final PackageFiles FINE = PackageFiles.parkausweis();

  private static void refused(PackageFiles files, String rule) {
    var reading = files.read();
    assertThat(reading.pack()).isEmpty();
    assertThat(reading.findings()).as("findings").anyMatch(one -> one.error() && one.rule().equals(rule));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil.json", "/etc/passwd", "a/../../b.json", "..", "C:/x.json", "documents\\x.html",
      "a//b.json", ".hidden", "x\u0000y.json", "documents/.x.html", "a/"})
  void namesThatLeaveTheFolderAreRefused(String name) throws Exception {
    var files = new TreeMap<>(FINE.files());
    files.put(name, "{}".getBytes(StandardCharsets.UTF_8));
    assertThat(PackageReader.read(files).pack()).isEmpty();
    assertThat(PackageReader.readArchive(zip(files)).pack()).isEmpty();
  }

  @Test
  void anArchiveIsTheSameForTheSameFilesAndReadAgain() throws Exception {
    var archive = PackageArchive.pack(FINE.files());
    assertThat(PackageArchive.pack(new TreeMap<>(FINE.files()).descendingMap())).isEqualTo(archive);
    assertThat(PackageReader.readArchive(archive).pack().orElseThrow().digest())
        .isEqualTo(PackageArchive.digest(archive)).isEqualTo(FINE.get().digest());
  }

  @Test
  void oneChangedByteAnywhereIsNoticed() throws Exception {
    var archive = PackageArchive.pack(FINE.files());
    var keys = PackageSignature.newKeys();
    var signature = PackageSignature.sign(FINE.get(), archive, keys.getPrivate(), keys.getPublic());
    assertThat(signature.troublesOf(archive, keys.getPublic())).isEmpty();
    for (int at = 0; at < archive.length; at += 97) {
      var changed = archive.clone();
      changed[at] ^= 1;
      assertThat(signature.troublesOf(changed, keys.getPublic())).as("byte " + at).isNotEmpty();
    }
    assertThat(signature.troublesOf(Arrays.copyOf(archive, archive.length + 1), keys.getPublic())).isNotEmpty();
  }

  @Test
  void anArchiveWrittenInAnotherWayIsRefused() throws Exception {
    assertThat(PackageReader.readArchive(zip(FINE.files())).findings()).singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("not written as archives of packages"));
    assertThat(PackageReader.readArchive("<html>".getBytes(StandardCharsets.UTF_8)).pack()).isEmpty();
    assertThat(PackageReader.readArchive(new byte[0]).pack()).isEmpty();
  }

  @Test
  void bombsAndFloodsOfEntriesAreRefused() throws Exception {
    long start = System.nanoTime();
    var bomb = zip(Map.of("manifest.json", new byte[300 << 20]));
    assertThat(bomb.length).isLessThan(1 << 20);
    assertThat(PackageReader.readArchive(bomb).pack()).isEmpty();
    var flood = flood(1_000_000);
    long made = System.nanoTime();
    assertThat(PackageReader.readArchive(flood).findings()).singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("bytes, expected at most"));
    assertThat(System.nanoTime() - made).isLessThan(1_000_000_000L);
    // few enough bytes to be looked into, and still far too many entries
    assertThat(PackageReader.readArchive(flood(100_000)).pack()).isEmpty();
    var many = new TreeMap<String, byte[]>();
    for (int i = 0; i < 1_000; i++) {
      many.put("examples/e%d.json".formatted(i), new byte[0]);
    }
    assertThat(PackageReader.readArchive(zip(many)).pack()).isEmpty();
    System.out.printf("bomb, 10^6 and 10^5 entries, 1,000 files: %d ms with making them%n",
        (System.nanoTime() - start) / 1_000_000);
  }

  @Test
  void forgedAndForeignSignaturesAreRefused() throws Exception {
    var archive = PackageArchive.pack(FINE.files());
    var origin = PackageSignature.newKeys();
    var stranger = PackageSignature.newKeys();
    var foreign = PackageSignature.sign(FINE.get(), archive, stranger.getPrivate(), stranger.getPublic());
    assertThat(foreign.troublesOf(archive, origin.getPublic())).singleElement().asString().contains("The key is");
    // the stranger writes the id of the origin's key over it
    var forged = new PackageSignature(1, foreign.key(), foreign.version(), foreign.origin(), foreign.digest(),
        PackageSignature.idOf(origin.getPublic()), foreign.signature());
    assertThat(forged.troublesOf(archive, origin.getPublic())).singleElement().asString()
        .contains("The signature does not fit");
    var signed = PackageSignature.sign(FINE.get(), archive, origin.getPrivate(), origin.getPublic());
    for (var renamed : new PackageSignature[]{
        new PackageSignature(1, "other", signed.version(), signed.origin(), signed.digest(), signed.keyId(),
            signed.signature()),
        new PackageSignature(1, signed.key(), "2.0.0", signed.origin(), signed.digest(), signed.keyId(),
            signed.signature()),
        new PackageSignature(1, signed.key(), signed.version(), signed.origin(), signed.digest(), signed.keyId(),
            "AAAA"),
        new PackageSignature(1, signed.key(), signed.version(), signed.origin(), signed.digest(), signed.keyId(),
            "no base64 !")}) {
      assertThat(renamed.troublesOf(archive, origin.getPublic())).isNotEmpty();
    }
  }

  @Test
  void aSignatureAndItsKeysSurviveTheirFiles() throws Exception {
    var archive = PackageArchive.pack(FINE.files());
    var keys = PackageSignature.keysOf(PackageSignature.pem(PackageSignature.newKeys()));
    var signature = PackageSignature.sign(FINE.get(), archive, keys.getPrivate(), keys.getPublic());
    assertThat(PackageSignature.parse(signature.toJson()).orElseThrow().troublesOf(archive,
        PackageSignature.publicOf(PackageSignature.pem(keys.getPublic())))).isEmpty();
    var json = new String(signature.toJson(), StandardCharsets.UTF_8);
    assertThat(
        PackageSignature.parse(json.replace("\"format\"", "\"more\":1,\"format\"").getBytes(StandardCharsets.UTF_8)))
        .isEmpty();
    assertThat(PackageSignature.parse("{}".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(PackageSignature.parse(new byte[10_000])).isEmpty();
  }

  @Test
  void loopsOfTheFlowWithoutAPersonAreRefused() {
    refused(FINE.replace("flow.bpmn", "id=\"f12\" sourceRef=\"approved\" targetRef=\"merge\"",
        "id=\"f12\" sourceRef=\"approved\" targetRef=\"approved\""), "flow-loop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<scriptTask id=\"x\"><script>1</script></scriptTask>", "<callActivity id=\"x\"/>",
      "<subProcess id=\"x\"/>", "<intermediateCatchEvent id=\"x\"/>", "<extensionElements/>",
      "<boundaryEvent id=\"x\"/>",
      "<serviceTask id=\"x\" xmlns:f=\"http://flowable.org/bpmn\" f:class=\"java.lang.Runtime\" city:call=\"notify\"/>",
      "<serviceTask id=\"x\" xmlns:f=\"http://flowable.org/bpmn\" f:expression=\"${1}\" city:call=\"notify\"/>",
      "<f:x xmlns:f=\"http://flowable.org/bpmn\"/>", "<?php x?>", "<dataObject id=\"x\"/>"})
  void scriptsListenersAndEnginesAreRefused(String element) {
    refused(FINE.replace("flow.bpmn", "<endEvent id=\"end\"/>", "<endEvent id=\"end\"/>" + element),
        "bpmn-not-allowed");
  }

  @Test
  void expressionsOfTheFlowAreRefused() {
    refused(FINE.replace("flow.bpmn", "city:outcome=\"approve\"/>",
        "city:outcome=\"approve\"><conditionExpression>${true}</conditionExpression></sequenceFlow>"),
        "bpmn-not-allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"flow.bpmn", "decisions/fee.dmn"})
  void entitiesAreRefusedWithoutReadingOtherFiles(String file) {
    var xml = FINE.text(file).replace("<definitions",
        "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY y \"&x;&x;\">]><definitions");
    refused(FINE.with(file, xml), file.endsWith("bpmn") ? "bpmn" : "dmn");
  }

  @Test
  void aTableWithAMillionRulesIsRefusedAtOnce() {
    var rule = "<rule id=\"r\"><inputEntry id=\"a\"><text>-</text></inputEntry><outputEntry id=\"b\"><text>1</text>"
        + "</outputEntry><outputEntry id=\"c\"><text></text></outputEntry></rule>";
    var million = FINE.replace("decisions/fee.dmn", "</decisionTable>", rule.repeat(1_000_000) + "</decisionTable>");
    long start = System.nanoTime();
    refused(million, "limits");
    long whole = System.nanoTime() - start;
    // one that keeps within the size of a file
    var small = rule.repeat(5_000);
    start = System.nanoTime();
    refused(FINE.replace("decisions/fee.dmn", "</decisionTable>", small + "</decisionTable>"), "limits");
    long bounded = System.nanoTime() - start;
    System.out.printf("DMN with 10^6 rules: %d ms, with 5,000 rules: %d ms%n", whole / 1_000_000, bounded / 1_000_000);
    assertThat(bounded).isLessThan(3_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"for x in 1..1000000000 return x", "count(for x in zones return x.fee)",
      "some x in zones satisfies x.fee &gt; 1", "{f: function(x) f(x), y: f(1)}.y", "10 ** 999999999",
      "function(x) external {java: {class: \"java.lang.Runtime\", method signature: \"getRuntime()\"}}",
      "count(zones[count(zones[count(zones) &gt; 1]) &gt; 1])", "now()", "today()", "repeat(\"x\", 1000000)",
      "((((((((((((((((1))))))))))))))))", "1 +", "replace(\"aaaa\", \"(a+)+\", \"b\")"})
  void loopsAndTricksOfFeelAreRefused(String feel) {
    long start = System.nanoTime();
    refused(FINE.replace("decisions/fee.dmn", "<text>changeFee</text>", "<text>" + feel + "</text>"), "feel");
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
  }

  @Test
  void longExpressionsAndOtherLanguagesAreRefused() {
    refused(FINE.replace("decisions/fee.dmn", "<text>changeFee</text>", "<text>" + "1+".repeat(300) + "1</text>"),
        "feel");
    refused(FINE.replace("decisions/fee.dmn", "<outputEntry id=\"r1o1\">",
        "<outputEntry id=\"r1o1\" expressionLanguage=\"javascript\">"), "dmn-not-allowed");
    refused(FINE.replace("decisions/fee.dmn", "<decisionTable id",
        "<literalExpression id=\"l\"><text>1</text></literalExpression><decisionTable id"), "dmn-not-allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<script>alert(1)</script>", "<img src=\"file:///etc/passwd\"/>", "<p onclick=\"x\">a</p>",
      "<p style=\"x\">a</p>", "<a href=\"https://evil.example\">x</a>", "<!-- {{plate}} -->", "<object data=\"x\"/>",
      "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "<p id=\"{{plate}}\">x</p>"})
  void documentsHoldNothingButWords(String html) {
    refused(FINE.replace("documents/decision.de.html", "<p>{{familyName}}</p>", html + "{{familyName}}"),
        "document-not-allowed");
  }

  @Test
  void deepAndHugeJsonIsRefused() {
    refused(FINE.with("fields.json", "[".repeat(100_000)), "json");
    refused(FINE.with("manifest.json", "{\"format\": 1" + "0".repeat(10_000) + "}"), "json");
    refused(FINE.replace("texts.json", "\"Sie dürfen parken.\"", "\"" + "x".repeat(30_000) + "\""), "json");
    refused(FINE.replace("fields.json", "{\"field\": \"kind\", \"is\": \"renewal\"}",
        "{\"not\": ".repeat(12) + "{\"field\": \"kind\", \"is\": \"new\"}" + "}".repeat(12)), "json");
  }

  /** Heads of empty entries, one after the other. */
  private static byte[] flood(int entries) {
    var out = java.nio.ByteBuffer.allocate(entries * 38).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < entries; i++) {
      out.putInt(0x04034b50).putShort((short) 10).putShort((short) 0).putShort((short) 0).putInt(0).putInt(0)
          .putInt(0).putInt(0).putShort((short) 8).putShort((short) 0)
          .put("e%07d".formatted(i).getBytes(StandardCharsets.US_ASCII));
    }
    return out.array();
  }

  private static byte[] zip(Map<String, byte[]> files) throws Exception {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return out.toByteArray();
  }

  @Test
  void tooManyOrTooLargeFilesAreNotPacked() {
    assertThat(org.assertj.core.api.Assertions
        .catchThrowable(() -> PackageArchive.pack(Map.of("manifest.json", new byte[2 << 20]))))
        .isInstanceOf(LimitExceeded.class);
  }
}
