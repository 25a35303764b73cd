package de.citycloud.platform.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class RetentionTest extends CityTest {
  private static final Person ERIKA = new Person("test:erika");
  private static final Person HANS = new Person("test:hans");

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Retention retention;
  @Autowired
  private LegalHolds holds;
  @Autowired
  private Erasures erasures;
  @Autowired
  private JdbcClient jdbc;

  @Test
  void afterItsTimeARowIsGoneAndOnlyItsCountStays() {
    var town = municipalities.ensure("retention-time", "Ort", 9, 48, false);
    var now = Instant.now();
    CurrentMunicipality.run(town, () -> {
      read(ERIKA);
      read(ERIKA);
      read(HANS);
      assertThat(due(now)).containsEntry("reading", 0L);
      var later = now.plus(Duration.ofDays(366));
      assertThat(due(later)).as("a dry run").containsEntry("reading", 3L);
      assertThat(readings()).as("deletes nothing").isEqualTo(3);

      retention.runHere(now.plus(Duration.ofDays(364)));
      assertThat(readings()).as("not yet").isEqualTo(3);
      retention.runHere(later);

      assertThat(readings()).isZero();
      assertThat(retention.listRuns(10)).singleElement().satisfies(run -> {
        assertThat(run.rule()).isEqualTo("reading");
        assertThat(run.deleted()).isEqualTo(3);
        assertThat(run.held()).isZero();
      });
    });
  }

  @Test
  void aHoldOnAPersonKeepsTheirRowsAndAHoldOnAKindKeepsAll() {
    var town = municipalities.ensure("retention-hold", "Ort", 9, 48, false);
    var later = Instant.now().plus(Duration.ofDays(366));
    CurrentMunicipality.run(town, () -> {
      read(ERIKA);
      read(HANS);
      holds.holdPerson(ERIKA, "Klage 7 K 12/26");
      holds.holdRule("reading", "Prüfung");
      retention.runHere(later);
      assertThat(readings()).as("the kind is held").isEqualTo(2);
      assertThat(retention.preview(later)).filteredOn(due -> due.rule().equals("reading"))
          .singleElement().satisfies(due -> assertThat(due.held()).isTrue());

      var ofTheKind = holds.listAll().stream().filter(hold -> hold.rule() != null).findFirst().orElseThrow();
      assertThat(holds.lift(ofTheKind.id())).isTrue();
      retention.runHere(later);
      assertThat(jdbc.sql("select person from reading").query(String.class).list()).containsExactly(ERIKA.id());
      assertThat(retention.listRuns(1)).singleElement()
          .satisfies(run -> assertThat(run).extracting(Retention.Run::deleted, Retention.Run::held)
              .containsExactly(1L, 1L));
      assertThatThrownBy(() -> erasures.erase(ERIKA)).isInstanceOf(CityProblem.class)
          .hasMessageContaining("legal hold");

      holds.listAll().forEach(hold -> holds.lift(hold.id()));
      retention.runHere(later);
      assertThat(readings()).isZero();
    });
  }

  @Test
  void oneRunDeletesInAllMunicipalitiesAndWritesEachItsOwnLog() {
    var here = municipalities.ensure("retention-here", "Hier", 9, 48, false);
    var there = municipalities.ensure("retention-there", "Dort", 9, 48, false);
    CurrentMunicipality.run(here, () -> read(ERIKA));
    CurrentMunicipality.run(there, () -> {
      read(ERIKA);
      read(HANS);
    });
    retention.runEverywhere(Instant.now().plus(Duration.ofDays(366)));
    assertThat(deletedReadings(here)).isEqualTo(1);
    assertThat(deletedReadings(there)).isEqualTo(2);
  }

  private long deletedReadings(Municipality town) {
    return CurrentMunicipality.call(town, () -> retention.listRuns(50)).stream()
        .filter(run -> run.rule().equals("reading")).mapToLong(Retention.Run::deleted).sum();
  }

  private Map<String, Long> due(Instant now) {
    return retention.preview(now).stream().collect(Collectors.toMap(Retention.Due::rule, Retention.Due::due));
  }

  private void read(Person person) {
    jdbc.sql("""
             insert into reading (municipality_id, person, reader, activity, reference, what)
             values (?, ?, 'account:1', 'person-rights', 'A-1', 'privacy.reading.all')
             """).params(CurrentMunicipality.get().id(), person.id()).update();
  }

  private int readings() {
    return jdbc.sql("select count(*) from reading").query(Integer.class).single();
  }
}
