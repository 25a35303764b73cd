package de.citycloud.platform.privacy.keys;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.privacy.Person;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A key is opened once in a transaction, and never remembered beyond it. */
class OpenedKeysTest extends CityTest {
  private static final Person LENA = new Person("test:opened-lena");

  @Autowired
  private PersonKeys keys;
  @Autowired
  private TransactionTemplate transaction;
  @Autowired
  private Municipalities municipalities;
  private Municipality here = new Municipality(0, "", "", 0, 0, false);
  private Municipality there = here;

  @BeforeEach
  void makeKeys() {
    here = municipalities.ensure("opened-here", "Hier", 9, 48, false);
    there = municipalities.ensure("opened-there", "Dort", 9, 48, false);
    CurrentMunicipality.run(here, () -> keys.findOrMake(LENA));
  }

  @Test
  void oneTransactionOpensAKeyOnceAndTheNextAnew() {
    CurrentMunicipality.run(here, () -> {
      var first = transaction.execute(running -> {
        var opened = keys.find(LENA).orElseThrow();
        assertThat(keys.find(LENA)).containsSame(opened);
        return opened;
      });
      transaction.executeWithoutResult(running -> assertThat(keys.find(LENA).orElseThrow()).isNotSameAs(first));
      assertThat(keys.find(LENA).orElseThrow()).as("without a transaction").isNotSameAs(keys.find(LENA).orElseThrow());
    });
  }

  @Test
  void aKeyThatEndsIsGoneInTheSameTransactionAndWhereverElse() {
    CurrentMunicipality.run(here, () -> {
      transaction.executeWithoutResult(running -> {
        assertThat(keys.find(LENA)).isPresent();
        assertThat(keys.destroy(LENA)).isTrue();
        assertThat(keys.find(LENA)).isEmpty();
      });
      assertThat(keys.find(LENA)).isEmpty();
    });
  }

  @Test
  void aKeyThatWasMadeInATransactionThatFailedIsNotKept() {
    var nobody = new Person("test:opened-nobody");
    CurrentMunicipality.run(here, () -> {
      transaction.executeWithoutResult(running -> {
        keys.findOrMake(nobody);
        running.setRollbackOnly();
      });
      transaction.executeWithoutResult(running -> assertThat(keys.find(nobody)).isEmpty());
      transaction.executeWithoutResult(running -> {
        var before = running.createSavepoint();
        keys.findOrMake(nobody);
        running.rollbackToSavepoint(before);
        assertThat(keys.find(nobody)).as("after the savepoint").isEmpty();
      });
    });
  }

  @Test
  void eachMunicipalityAndEachTransactionHasItsOwn() {
    var apart = new TransactionTemplate(java.util.Objects.requireNonNull(transaction.getTransactionManager()));
    apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    CurrentMunicipality.run(here, () -> transaction.executeWithoutResult(running -> {
      var outer = keys.find(LENA).orElseThrow();
      apart.executeWithoutResult(inner -> assertThat(keys.find(LENA).orElseThrow()).isNotSameAs(outer));
      assertThat(keys.find(LENA)).containsSame(outer);
    }));
    CurrentMunicipality.run(there, () -> assertThat(keys.find(LENA)).isEmpty());
  }
}
