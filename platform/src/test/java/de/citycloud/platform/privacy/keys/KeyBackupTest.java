package de.citycloud.platform.privacy.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.PersonCipher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class KeyBackupTest extends CityTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @TempDir
  Path folder = Path.of("");
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private PersonCipher cipher;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  @Test
  void aLostKeyComesBackFromItsBackupAndOpensWhatItSealed() throws Exception {
    var town = municipalities.ensure("key-backup", "Ort", 9, 48, false);
    var jdbc = JdbcClient.create(owner);
    var person = new Person("test:backup");
    var sealed = CurrentMunicipality.call(town, () -> cipher.encryptText(person, "x.y", "bleibt"));
    var file = new KeyBackup(folder).write(jdbc, NOW);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");

    jdbc.sql("delete from keystore.person_key where municipality_id = ?").param(town.id()).update();
    assertThat(CurrentMunicipality.call(town, () -> cipher.decryptText(person, "x.y", sealed))).isEmpty();
    assertThat(KeyBackup.read(jdbc, file)).isPositive();
    assertThat(CurrentMunicipality.call(town, () -> cipher.decryptText(person, "x.y", sealed))).contains("bleibt");
    assertThat(KeyBackup.read(jdbc, file)).as("a second time changes nothing").isZero();
  }

  @Test
  void backupsAreKeptThirtyDaysAndTheNewestIsFound() throws Exception {
    var jdbc = JdbcClient.create(owner);
    var backup = new KeyBackup(folder);
    var old = backup.write(jdbc, NOW.minus(Duration.ofDays(31)));
    var kept = backup.write(jdbc, NOW.minus(Duration.ofDays(29)));
    var newest = backup.write(jdbc, NOW);
    assertThat(backup.forget(NOW, 30)).isEqualTo(1);
    assertThat(old).doesNotExist();
    assertThat(kept).exists();
    assertThat(backup.findNewest()).contains(newest);
    var foreign = Files.writeString(folder.resolve("other.txt"), "hello");
    assertThatThrownBy(() -> KeyBackup.read(jdbc, foreign)).hasMessageContaining("is no backup of a key store");
  }
}
