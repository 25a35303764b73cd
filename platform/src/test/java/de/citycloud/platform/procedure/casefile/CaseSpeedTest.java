package de.citycloud.platform.procedure.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.casefile.CaseDesk.DecisionWords;
import de.citycloud.platform.procedure.casefile.CaseDesk.View;
import de.citycloud.platform.procedure.pack.ExampleCase;
import de.citycloud.platform.procedure.pack.VisibleState;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;

/** The inbox with a hundred thousand open cases, and whole cases a second. The figures are printed. */
@Import(CaseTown.Fakes.class)
class CaseSpeedTest extends CityTest {
  private static final int MANY = 100_000;

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
  @Autowired
  @OwnerConnections
  private DataSource owner;

  @AfterEach
  void signOut() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void theInboxIsQuickWithManyOpenCases() {
    var town = municipalities.ensure("case-many", "Vielstadt", 9, 48, false);
    CurrentMunicipality.run(town, () -> {
      int anna = CaseTown.colleague(jdbc, offices, "anna", "amt-1");
      offices.ensure(new de.citycloud.platform.municipality.Office("amt-2", "Amt 2", "", "", "", ""));
      offices.join("amt-2", anna);
      fill(town);
      CaseTown.signIn(anna);
      for (var view : View.values()) {
        var times = new ArrayList<Long>();
        for (int i = 0; i < 25; i++) {
          long begin = System.nanoTime();
          desk.list(view, null, null, i % 3);
          times.add((System.nanoTime() - begin) / 1_000);
        }
        times.sort(null);
        System.out.printf("inbox %s: median %.1f ms, p95 %.1f ms%n", view, times.get(12) / 1000.0,
            times.get(23) / 1000.0);
        assertThat(times.get(12)).as("median of %s in µs", view).isLessThan(100_000);
      }
      long begin = System.nanoTime();
      assertThat(desk.counts()).containsEntry(View.TEAM, 1_000L);
      System.out.printf("inbox counts: %.1f ms%n", (System.nanoTime() - begin) / 1e6);
      assertThat(desk.list(View.TEAM, null, null, 0).rows()).hasSize(50).isSortedAccordingTo(
          java.util.Comparator.comparing(CaseDesk.Row::dueOn, java.util.Comparator.nullsLast(
              java.util.Comparator.naturalOrder())));
      var plan = String.join("\n", jdbc.sql("""
                                            explain select f.id from case_file f where f.office = 'amt-1'
                                              and f.closed_at is null order by f.due_on, f.id limit 50
                                            """).query(String.class).list());
      assertThat(plan).as("behind the wall").contains("case_file_team").doesNotContain("Sort", "Seq Scan");
    });
  }

  private void fill(Municipality town) {
    JdbcClient.create(owner)
        .sql(
            """
            insert into case_file (municipality_id, reference, person, submission, activation, procedure, procedure_de,
              procedure_en, state, state_since, received_at, archive, channel, language, office, assignee, due_on, fee, payment,
              code_hash, application)
            select ?, '2026-' || c || '-' || d, 'case:' || i, gen_random_uuid(), 1, 'bewohnerparkausweis', 'Bewohnerparkausweis',
              'Permit', 'IN_REVIEW', now(), now() - i * interval '1 minute', false, 'ONLINE', 'de',
              case when i %% 3 = 0 then 'amt-2' when i %% 3 = 1 then 'amt-1' else 'amt-3' end, case when i %% 5 = 0 then i %% 50 end,
              current_date + (i %% 90)::int, 0, 'NONE', decode(repeat('00', 32), 'hex'), '\\x00'
            from (select i, translate(upper(lpad(to_hex(i %% 65536), 4, '0')), '01', 'XY') as d, translate(upper(lpad(to_hex(i / 65536), 4, '0')), '01', 'XY') as c
              from generate_series(1, %d) i) n
            """.formatted(
                MANY))
        .param(town.id()).update();
    JdbcClient.create(owner)
        .sql(
            """
            insert into case_task (municipality_id, case_id, node, kind, name_de, name_en, office, elsewhere, engine_task, since,
              due_on)
            select municipality_id, id, 'review', 'REVIEW', 'Prüfen', 'Review', office, false, id::text, now(), due_on
            from case_file where municipality_id = ?
            """)
        .param(town.id()).update();
    JdbcClient.create(owner).sql("analyze case_file, case_task").update();
  }

  @Test
  void wholeCasesRunThroughAtTheirRate() throws Exception {
    var town = municipalities.ensure("case-rate", "Eilstadt", 9, 48, false);
    var pack = CaseTown.pack("bewohnerparkausweis");
    var example = CaseTown.granted(pack);
    var procedure = CaseTown.resolved(pack, example);
    int anna = CurrentMunicipality.call(town, () -> CaseTown.colleague(jdbc, offices, "anna", "buergerdienste"));
    run(town, anna, procedure, example, 60);
    int cases = 300;
    long begin = System.nanoTime();
    run(town, anna, procedure, example, cases);
    double rate = cases / ((System.nanoTime() - begin) / 1e9);
    System.out.printf("whole cases: %.1f a second%n", rate);
    CurrentMunicipality.run(town,
        () -> assertThat(jdbc.sql("select count(*) from case_file where state = 'CLOSED' and outcome = 'GRANTED'")
            .query(Integer.class).single()).isEqualTo(60 + cases));
    assertThat(rate).as("cases a second, also on a busy machine").isGreaterThan(3);
  }

  private void run(Municipality town, int account, ResolvedProcedure procedure, ExampleCase example, int cases)
      throws Exception {
    try (var workers = Executors.newFixedThreadPool(4)) {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < cases; i++) {
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
      desk.complete(reference, decide.tasks().getFirst().id(), "grant", "", new DecisionWords(Outcome.GRANTED, "", ""),
          decide.version());
      assertThat(decide.status().state()).isEqualTo(VisibleState.IN_REVIEW);
    } finally {
      SecurityContextHolder.clearContext();
    }
  }
}
