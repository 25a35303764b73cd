package de.citycloud.platform.procedure.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.Job;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.municipality.Offices;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;

/** One case or one town whose deadlines cannot be carried on keeps no other from its turn. */
@Import(CaseTown.Fakes.class)
class CaseDeadlinesTest extends CityTest {
  @Autowired
  private CitizenCases citizens;
  @Autowired
  private CaseDesk desk;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Offices offices;
  @Autowired
  private List<Job> jobs;
  @Autowired
  private JdbcClient jdbc;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  @AfterEach
  void mend() {
    SecurityContextHolder.clearContext();
    JdbcClient.create(owner)
        .sql("drop trigger if exists breaks on case_file; drop trigger if exists breaks on case_event")
        .update();
  }

  /** Two cases whose day to answer was yesterday. */
  private List<CaseReference> overdue(Municipality town) {
    return CurrentMunicipality.call(town, () -> {
      int anna = CaseTown.colleague(jdbc, offices, "anna", CaseTown.OFFICE.key());
      var pack = CaseTown.pack("bewohnerparkausweis");
      var example = CaseTown.granted(pack);
      var references = Stream.of(1, 2)
          .map(number -> citizens.submit(CaseTown.submission(CaseTown.resolved(pack, example), example, null))
              .reference())
          .toList();
      CaseTown.signIn(anna, "FOR_CASE_WORK");
      references.forEach(reference -> desk.requestInformation(reference, "Bitte", LocalDate.now(),
          desk.open(reference).orElseThrow().version()));
      jdbc.sql("update case_file set due_on = current_date - 1").update();
      return references;
    });
  }

  private void breaks(String table, String when) {
    var all = JdbcClient.create(owner);
    all.sql("create or replace function breaks() returns trigger language plpgsql as $$ begin raise 'broken'; end $$")
        .update();
    all.sql("create trigger breaks before insert or update on %s for each row when (%s) execute function breaks()"
        .formatted(table, when)).update();
  }

  private List<String> states(Municipality town) {
    return CurrentMunicipality.call(town,
        () -> jdbc.sql("select state from case_file order by id").query(String.class).list());
  }

  @Test
  void oneCaseOrTownThatFailsKeepsNoOtherFromItsTurn() {
    var first = municipalities.ensure("deadline-a", "Aaden", 9, 48, false);
    var last = municipalities.ensure("deadline-z", "Zzell", 9, 48, false);
    overdue(first);
    overdue(last);
    long broken = CurrentMunicipality.call(first,
        () -> jdbc.sql("select min(id) from case_file").query(Long.class).single());
    breaks("case_event", "new.key = 'answer-overdue' and new.case_id = %d and new.municipality_id = %d"
        .formatted(broken, first.id()));
    breaks("case_file", "new.warned_on is not null and new.municipality_id = " + first.id());
    CurrentMunicipality.run(first, () -> jdbc.sql("update case_file set clock_left = 1").update());

    var job = jobs.stream().filter(one -> one.name().equals("case-deadlines")).findFirst().orElseThrow();
    job.work().run();
    assertThat(states(first)).as("the broken case waits, the other one goes on")
        .containsExactly("INFORMATION_NEEDED", "IN_REVIEW");
    assertThat(states(last)).as("a town later in the alphabet").containsExactly("IN_REVIEW", "IN_REVIEW");

    mend();
    job.work().run();
    assertThat(states(first)).containsExactly("IN_REVIEW", "IN_REVIEW");
  }
}
