package de.citycloud.platform.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.DatabaseProperties;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PersonCipherTest extends CityTest {
  private static final Person ERIKA = new Person("test:erika");
  private static final Person HANS = new Person("test:hans");

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private PersonCipher cipher;
  @Autowired
  private Erasures erasures;
  @Autowired
  private DatabaseProperties database;
  private Municipality here = new Municipality(0, "", "", 0, 0, false);
  private Municipality there = here;

  @BeforeEach
  void towns() {
    here = municipalities.ensure("cipher-here", "Hier", 9, 48, false);
    there = municipalities.ensure("cipher-there", "Dort", 9, 48, false);
  }

  @Test
  void aValueOpensForItsPersonPlaceAndMunicipalityOnly() {
    CurrentMunicipality.run(here, () -> {
      var encrypted = cipher.encryptText(ERIKA, "case_file.address", "Am Markt 1");
      assertThat(new String(encrypted, StandardCharsets.ISO_8859_1)).doesNotContain("Markt");
      assertThat(cipher.decryptText(ERIKA, "case_file.address", encrypted)).contains("Am Markt 1");
      assertThat(cipher.encryptText(ERIKA, "case_file.address", "Am Markt 1")).as("never the same twice")
          .isNotEqualTo(encrypted);

      assertThatThrownBy(() -> cipher.decryptText(ERIKA, "case_file.phone", encrypted))
          .hasMessageContaining("case_file.phone");
      cipher.encryptText(HANS, "case_file.address", "anywhere");
      assertThatThrownBy(() -> cipher.decryptText(HANS, "case_file.address", encrypted))
          .isInstanceOf(IllegalStateException.class);
      encrypted[encrypted.length - 1] ^= 1;
      assertThatThrownBy(() -> cipher.decryptText(ERIKA, "case_file.address", encrypted))
          .isInstanceOf(IllegalStateException.class);
    });
    var encrypted = CurrentMunicipality.call(here, () -> cipher.encryptText(ERIKA, "x.y", "hier"));
    CurrentMunicipality.run(there, () -> {
      assertThat(cipher.decryptText(ERIKA, "x.y", encrypted)).as("no key of hers there").isEmpty();
      cipher.encryptText(ERIKA, "x.y", "dort");
      assertThatThrownBy(() -> cipher.decryptText(ERIKA, "x.y", encrypted)).isInstanceOf(IllegalStateException.class);
    });
  }

  @Test
  void whatBelongsToSomebodyErasedIsGoneAndNothingIsAdded() {
    CurrentMunicipality.run(here, () -> {
      var person = new Person("test:gone");
      var encrypted = cipher.encryptText(person, "x.y", "weg");
      var receipt = erasures.erase(person);
      assertThat(receipt.number()).matches("[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}");
      assertThat(erasures.findReceipt(receipt.number())).contains(receipt.at());
      assertThat(cipher.decryptText(person, "x.y", encrypted)).isEmpty();
      assertThatThrownBy(() -> cipher.encryptText(person, "x.y", "neu")).isInstanceOf(PersonErased.class);
      assertThat(cipher.encryptText(HANS, "x.y", "bleibt")).isNotEmpty();
    });
  }

  @Test
  void aKeyedHashFindsEqualValuesInOneMunicipalityAndContext() {
    var hash = CurrentMunicipality.call(here, () -> cipher.hash("contact.email", "erika@example.org"));
    CurrentMunicipality.run(here, () -> {
      assertThat(cipher.hash("contact.email", "erika@example.org")).hasSize(32).isEqualTo(hash);
      assertThat(cipher.hash("contact.phone", "erika@example.org")).isNotEqualTo(hash);
    });
    assertThat(CurrentMunicipality.call(there, () -> cipher.hash("contact.email", "erika@example.org")))
        .isNotEqualTo(hash);
  }

  @Test
  void theDeploymentsKeyIsForItsOwnerAloneAndNotInTheDatabaseFolder() throws Exception {
    var file = database.data().resolve("keys").resolve("deployment-key.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent()))).isEqualTo("rwx------");
  }
}
