package de.citycloud.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcedureCommandsTest {
  private static final String PACKAGE = "src/test/resources/packages/parkausweis";
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir
  private Path folder;

  private int run(Object... words) {
    out.reset();
    err.reset();
    return CommandLine.run(List.of(Arrays.stream(words).map(Object::toString).toArray(String[]::new)),
        new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private Path copy() throws Exception {
    var copy = folder.resolve("copy");
    try (var files = Files.walk(Path.of(PACKAGE))) {
      for (var file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(Path.of(PACKAGE).relativize(file).toString()));
      }
    }
    return copy;
  }

  private static void change(Path file, String from, String to) throws Exception {
    Files.writeString(file, Files.readString(file).replace(from, to));
  }

  @Test
  void aPackageIsCheckedAndTried() throws Exception {
    assertThat(run("procedures", "check", PACKAGE)).isZero();
    assertThat(said()).contains("parkausweis@1.0.0 is right", "with its defaults: 3 of 3 example cases pass");
    assertThat(run("procedures", "test", PACKAGE)).isZero();
    assertThat(said()).contains("passed Zone 16 costs 10.20 euros");
    assertThat(run("procedures", "test", PACKAGE, "--municipality", "ulm")).isEqualTo(2);

    var copy = copy();
    Files.createDirectory(copy.resolve("adoptions"));
    Files.writeString(copy.resolve("adoptions/ulm.json"),
        "{\"parameters\": {\"changeFee\": [{\"value\": \"9.00\"}, {\"value\": \"99.00\", \"from\": \"2999-01-01\"}]}}");
    assertThat(run("procedures", "test", copy, "--municipality", "ulm")).as(said()).isZero();
    Files.writeString(copy.resolve("adoptions/ulm.json"), "{\"parameters\": {\"changeFee\": \"900\"}}");
    assertThat(run("procedures", "check", copy)).isEqualTo(1);
    assertThat(said()).contains("with ulm: The value of \"changeFee\" does not fit");

    change(copy.resolve("examples/granted.json"), "10.20\"", "11.20\"");
    Files.delete(copy.resolve("adoptions/ulm.json"));
    assertThat(run("procedures", "test", copy)).isEqualTo(1);
    assertThat(said()).contains("FAILED", "The fee is 10.20, expected 11.20.");
    change(copy.resolve("manifest.json"), "\"mobility\"", "\"x\"");
    assertThat(run("procedures", "check", copy)).isEqualTo(1);
    assertThat(said()).contains("error manifest.json /topic: The topic is \"x\"", "[manifest-value]");
    assertThat(run("procedures", "pack", copy, "--out", folder.resolve("x.zip"))).isEqualTo(2);
  }

  @Test
  void aPackageIsPackedSignedVerifiedAndCompared() throws Exception {
    var archive = folder.resolve("a.zip");
    var signature = folder.resolve("a.sig.json");
    var key = folder.resolve("key");
    assertThat(run("procedures", "pack", PACKAGE, "--out", archive)).isZero();
    assertThat(run("procedures", "key", "--out", key)).isZero();
    assertThat(Files.getPosixFilePermissions(key)).hasSize(2);
    assertThat(run("procedures", "key", "--out", key)).isEqualTo(2);
    var taken = folder.resolve("taken");
    Files.writeString(folder.resolve("taken.pub"), "of somebody else");
    assertThat(run("procedures", "key", "--out", taken)).isEqualTo(2);
    assertThat(taken).as("no half pair is left").doesNotExist();
    assertThat(folder.resolve("taken.pub")).hasContent("of somebody else");
    assertThat(run("procedures", "sign", PACKAGE, "--key", key, "--out", signature)).isZero();
    assertThat(run("procedures", "verify", archive, "--signature", signature, "--key", key + ".pub")).isZero();
    assertThat(said()).contains("nothing was changed");
    assertThat(run("procedures", "sign", PACKAGE, "--key", key + ".pub")).isEqualTo(2);

    run("procedures", "key", "--out", folder.resolve("other"));
    assertThat(run("procedures", "verify", archive, "--signature", signature, "--key", folder.resolve("other.pub")))
        .isEqualTo(1);
    var bytes = Files.readAllBytes(archive);
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder.resolve("b.zip"), bytes);
    assertThat(run("procedures", "verify", folder.resolve("b.zip"), "--signature", signature, "--key", key + ".pub"))
        .isEqualTo(1);
    assertThat(said()).contains("Maybe it was changed on its way");
    assertThat(run("procedures", "check", folder.resolve("b.zip"))).isEqualTo(1);

    var copy = copy();
    change(copy.resolve("decisions/fee.dmn"), "[1].fee", "[1].fee + 1");
    assertThat(run("procedures", "diff", archive, copy)).isEqualTo(1);
    assertThat(said()).contains("major decision fee changed", "expected at least 2.0.0");
    assertThat(run("procedures", "diff", archive, PACKAGE)).isZero();
  }

  @Test
  void whatIsNotUnderstoodIsSaid() {
    assertThat(run("procedures")).isEqualTo(2);
    assertThat(run("procedures", "check")).isEqualTo(2);
    assertThat(run("procedures", "check", "nowhere")).isEqualTo(2);
    assertThat(run("procedures", "bake", PACKAGE)).isEqualTo(2);
    assertThat(run("procedures", "diff", PACKAGE)).isEqualTo(2);
    assertThat(run("procedures", "verify", PACKAGE)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--signature FILE");
  }
}
