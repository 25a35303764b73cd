package de.citycloud.platform.privacy.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentKeyTest {
  @TempDir
  Path folder = Path.of("");

  @Test
  void theFileAndTheSameKeyFromTheEnvironmentAreOne() throws Exception {
    var made = DeploymentKey.open(folder, null, true);
    var again = DeploymentKey.open(folder, "", false);
    var given = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve(DeploymentKey.FILE)));
    var elsewhere = DeploymentKey.open(folder.resolve("nowhere"), given, false);

    var sealed = made.wrapping().encrypt(bytes("x"), bytes("y"));
    assertThat(again.wrapping().decrypt(sealed, bytes("y"))).isEqualTo(bytes("x"));
    assertThat(elsewhere.wrapping().decrypt(sealed, bytes("y"))).isEqualTo(bytes("x"));
    assertThat(elsewhere.hash(bytes("z"))).isEqualTo(made.hash(bytes("z")));
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @Test
  void aLostKeyIsNotReplacedAndADamagedOneIsNamedWithoutItsContent() throws Exception {
    assertThatThrownBy(() -> DeploymentKey.open(folder, null, false)).hasMessageContaining("is missing")
        .hasMessageContaining("CITY_PRIVACY_KEY");
    assertThat(folder.resolve(DeploymentKey.FILE)).doesNotExist();
    Files.writeString(folder.resolve(DeploymentKey.FILE), "{\"wrapping\":\"secret-part\"}");
    assertThatThrownBy(() -> DeploymentKey.open(folder, null, true)).hasMessageContaining("is damaged")
        .hasMessageNotContaining("secret-part");
    assertThatThrownBy(() -> DeploymentKey.open(folder, "%%%", true)).hasMessageContaining("city.privacy.key");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
