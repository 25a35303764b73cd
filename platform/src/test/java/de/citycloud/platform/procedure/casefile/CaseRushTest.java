package de.citycloud.platform.procedure.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.casefile.CaseDesk.DecisionWords;
import de.citycloud.platform.procedure.pack.ExampleCase;
import de.citycloud.platform.procedure.pack.VisibleState;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Many whole cases at once, sixteen hands for one office: each case comes to its end, none waits for another for ever, and
 * nothing of any is lost. How many there are in a second {@code ./city bench procedures} measures.
 */
@Import(CaseTown.Fakes.class)
class CaseRushTest extends CityTest {
  private static final int CASES = 96;
  private static final int HANDS = 16;

  @Autowired
  private CitizenCases citizens;
  @Autowired
  private CaseDesk desk;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Offices offices;
  @Autowired
  private JdbcClient jdbc;

  @Test
  void manyWholeCasesAtOnceAllEndWell() throws Exception {
    var town = municipalities.ensure("case-rush", "Eilstadt", 9, 48, false);
    var pack = CaseTown.pack("bewohnerparkausweis");
    var example = CaseTown.granted(pack);
    var procedure = CaseTown.resolved(pack, example);
    int anna = CurrentMunicipality.call(town, () -> CaseTown.colleague(jdbc, offices, "anna", "buergerdienste"));
    run(town, anna, procedure, example);
    CurrentMunicipality.run(town, () -> {
      assertThat(count("case_file where state = 'CLOSED' and outcome = 'GRANTED' and closed_at is not null"))
          .as("ended cases").isEqualTo(CASES);
      assertThat(count("case_task where done_at is null")).as("tasks left over").isZero();
      assertThat(count("case_decision d join case_document p on p.id = d.document where d.notified_at is not null"))
          .as("decisions with their document").isEqualTo(CASES);
      assertThat(count("reading where reader = 'account:" + anna + "'")).as("noted readings").isEqualTo(2 * CASES);
      assertThat(count("audit_entry where action in ('case.received', 'case.task-completed')")).as("log")
          .isEqualTo(3 * CASES);
      assertThat(count("outgoing_message")).as("mails: received, decided").isEqualTo(2 * CASES);
      var left = jdbc.sql("select count(*) from flowable.act_ru_execution where tenant_id_ = ?")
          .param(Integer.toString(town.id())).query(Integer.class).single();
      assertThat(left).as("places in the engine").isZero();
    });
  }

  private int count(String what) {
    return jdbc.sql("select count(*) from " + what).query(Integer.class).single();
  }

  private void run(Municipality town, int account, ResolvedProcedure procedure, ExampleCase example) throws Exception {
    try (var workers = Executors.newFixedThreadPool(HANDS)) {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < CASES; i++) {
        running.add(workers.submit(() -> CurrentMunicipality.run(town, () -> one(account, procedure, example))));
      }
      for (var one : running) {
        one.get();
      }
    }
  }

  private void one(int account, ResolvedProcedure procedure, ExampleCase example) {
    var reference = citizens.submit(CaseTown.submission(procedure, example, null)).reference();
    CaseTown.signIn(account, "FOR_CASE_WORK");
    try {
      var review = desk.open(reference).orElseThrow();
      desk.complete(reference, review.tasks().getFirst().id(), "complete", "", null, review.version());
      var decide = desk.open(reference).orElseThrow();
      assertThat(decide.status().state()).isEqualTo(VisibleState.IN_REVIEW);
      desk.complete(reference, decide.tasks().getFirst().id(), "grant", "", new DecisionWords(Outcome.GRANTED, "", ""),
          decide.version());
    } finally {
      SecurityContextHolder.clearContext();
    }
  }
}
