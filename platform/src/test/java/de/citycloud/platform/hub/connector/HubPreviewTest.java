package de.citycloud.platform.hub.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HubPreviewTest {
  private static final String TABLE = "id,zeit,co2\nA,2026-05-01T10:00:00Z,500\nA,2026-05-01T10:10:00Z,viel\n";
  @TempDir
  Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void itPrintsWhatAConnectorWouldTake() throws Exception {
    var file = Files.writeString(folder.resolve("werte.csv"),
        "id,zeit,co2\nA,2026-05-01T10:00:00Z,500\nB,2026-05-01T10:10:00Z,512\n");
    assertThat(run("csv", file.toString())).isZero();
    var json = json();
    assertThat(json.propertyNames()).containsExactly("kind", "things", "datastreams", "observations", "events",
        "alerts",
        "sample", "rejected");
    assertThat(json.get("kind").asString()).isEqualTo("csv");
    assertThat(json.get("things").asInt()).isEqualTo(2);
    assertThat(json.get("observations").asInt()).isEqualTo(2);
    assertThat(json.get("sample")).isNotEmpty();
    assertThat(json.get("rejected")).isEmpty();
  }

  @Test
  void rejectedRowsStillEndWellAndNameTheirPlace() throws Exception {
    var mapping = Files.writeString(folder.resolve("m.yaml"),
        "thing: {id: id}\ntime: {columns: zeit}\nvalues: [{column: co2}]");
    var file = Files.writeString(folder.resolve("werte.csv"), TABLE);
    assertThat(run("auto", file.toString(), "--mapping", mapping.toString())).isZero();
    assertThat(json().get("rejected").get(0).get("place").asString()).isEqualTo("line 3, column co2");
    assertThat(json().get("rejected").get(0).get("reason").asString()).contains("viel");
  }

  @Test
  void packedFilesAreRead() throws Exception {
    var gz = folder.resolve("werte.csv.gz");
    try (var packed = new GZIPOutputStream(Files.newOutputStream(gz))) {
      packed.write("id,zeit,co2\nA,2026-05-01T10:00:00Z,500\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(run("auto", gz.toString())).isZero();
    assertThat(json().get("observations").asInt()).isOne();
    out.reset();
    var zip = folder.resolve("werte.zip");
    try (var packed = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (var name : new String[]{"a.csv", "b.csv"}) {
        packed.putNextEntry(new ZipEntry(name));
        packed.write("id,zeit,co2\nA,2026-05-01T10:00:00Z,500\n".getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(run("csv", zip.toString())).isZero();
    assertThat(json().get("observations").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   \n", "<html></html>", "BEGIN:VCALENDAR\n", "{\"@iot.selfLink\":\"x\"}", "{}",
      "Lorem ipsum",
      "<!DOCTYPE x [<!ENTITY a \"b\">]><d2LogicalModel>&a;</d2LogicalModel>"})
  void whatNobodyCanReadIsRefused(String text) throws Exception {
    assertThat(run("auto", Files.writeString(folder.resolve("x"), text).toString())).as(text).isEqualTo(2);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isNotBlank();
  }

  @Test
  void aWrongCommandSaysHowItGoes() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("csv")).isEqualTo(2);
    assertThat(run("csv", "nowhere.csv")).isEqualTo(2);
    assertThat(run("csv", folder.toString())).isEqualTo(2);
    assertThat(run("nonsense", "nowhere.csv")).isEqualTo(2);
    assertThat(run("csv", "x", "--mapping")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Usage: hub preview").contains("nowhere.csv");
  }

  @Test
  void anAddressGoesThroughTheDoor() {
    assertThat(run("csv", "http://127.0.0.1:9/x.csv")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("city.outgoing.allow");
  }

  private int run(String... arguments) {
    return HubPreview.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private JsonNode json() throws IOException {
    return new JsonMapper().readTree(out.toByteArray());
  }
}
