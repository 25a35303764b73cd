package de.citycloud.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** The SHA-1 rows of RFC 6238, appendix B. */
  @ParameterizedTest
  @CsvSource({"59, 94287082", "1111111109, 07081804", "1111111111, 14050471", "1234567890, 89005924",
      "2000000000, 69279037", "20000000000, 65353130"})
  void codesAreThoseOfTheStandard(long second, String code) {
    assertThat(Totp.code(SECRET, second / 30, 8)).isEqualTo(code);
  }

  @Test
  void oneStepEarlierOrLaterIsAcceptedTwoAreNot() {
    var now = Instant.ofEpochSecond(1_234_567_890);
    long step = now.getEpochSecond() / 30;
    for (int off = -3; off <= 3; off++) {
      assertThat(Totp.stepOf(Totp.code(SECRET, step + off, 6), SECRET, now).isPresent()).as("%d steps off", off)
          .isEqualTo(Math.abs(off) <= 1);
    }
    assertThat(Totp.stepOf("", SECRET, now)).isEmpty();
  }

  @Test
  void secretsAreWrittenInBase32() {
    assertThat(Totp.base32(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assertThat(Totp.base32("foobar".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTBOI");
  }

  @Test
  void aBoxOpensForItsUseUnderItsKeyOnly(@TempDir Path folder) throws Exception {
    var file = folder.resolve("deep").resolve("key");
    var box = SecretBox.under(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    var closed = box.close(SECRET, "totp 1 1");
    assertThat(new String(closed, StandardCharsets.ISO_8859_1)).doesNotContain("1234567890");
    assertThat(SecretBox.under(file).open(closed, "totp 1 1")).hasValue(SECRET);
    assertThat(box.open(closed, "totp 1 2")).as("another account").isEmpty();
    assertThat(SecretBox.under(folder.resolve("other")).open(closed, "totp 1 1")).as("another key").isEmpty();
    closed[closed.length - 1] ^= 1;
    assertThat(box.open(closed, "totp 1 1")).as("changed").isEmpty();

    var note = box.note("kim", "step", Duration.ofMinutes(1));
    assertThat(box.read(note, "step")).hasValue("kim");
    assertThat(box.read(note, "leap")).isEmpty();
    assertThat(box.read(box.note("kim", "step", Duration.ofSeconds(-1)), "step")).as("too old").isEmpty();
    assertThat(box.read("öä", "step")).isEmpty();
  }
}
