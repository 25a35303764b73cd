package de.citycloud.platform.procedure.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.NotedStatements;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.procedure.casefile.CaseDesk.View;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The inbox reads along an index, as the application role and behind row-level security: then a hundred thousand open cases
 * cost what ten do. How long it takes {@code ./city bench procedures} measures.
 */
class CaseInboxQueriesTest extends CityTest {
  private static final int MANY = 6_000;
  private static final Pattern PART = Pattern.compile("\\((select f\\.id, .*? limit \\d+)\\)", Pattern.DOTALL);
  private static final CaseStaff.Colleague ANNA = new CaseStaff.Colleague(7, List.of("amt-1", "amt-2"), List.of(7, 8));
  private static final Map<View, List<String>> INDEXES = Map.of(View.OWN, List.of("case_file_own", "case_task_own"),
      View.OPEN, List.of("case_file_unassigned", "case_task_elsewhere"), View.TEAM,
      List.of("case_file_team", "case_task_elsewhere"), View.DUE, List.of("case_file_team", "case_task_elsewhere"),
      View.OBJECTIONS, List.of("case_file_objection"), View.DONE, List.of("case_file_done"));

  @Autowired
  private DataSource source;
  @Autowired
  @OwnerConnections
  private DataSource owner;
  @Autowired
  private Municipalities municipalities;

  private Municipality town;

  @BeforeEach
  void fillTheTown() {
    town = municipalities.ensure("case-many", "Vielstadt", 9, 48, false);
    CurrentMunicipality.run(town, () -> {
      if (JdbcClient.create(source).sql("select count(*) from case_file").query(Integer.class).single() == 0) {
        fill();
      }
    });
  }

  @Test
  void everyViewReadsItsOwnIndexInTheOrderOfThePage() {
    CurrentMunicipality.run(town, () -> {
      for (var view : View.values()) {
        var indexes = Objects.requireNonNull(INDEXES.get(view), view.name());
        var parts = new ArrayList<String>();
        for (var text : statements(inbox -> inbox.list(ANNA, view, null, null, 0))) {
          assertThat(plan(text)).as("%s: %s", view, text).doesNotContain("Seq Scan on case_");
          PART.matcher(text).results().map(match -> match.group(1)).forEach(parts::add);
        }
        assertThat(parts).as("offices or accounts of %s, their cases and their tasks", view)
            .hasSize(2 * indexes.size());
        for (var part : parts) {
          assertThat(plan(part)).as("%s: %s", view, part).doesNotContain("Sort", "Seq Scan")
              .containsAnyOf(indexes.toArray(String[]::new));
        }
      }
    });
  }

  @Test
  void filtersAndCountsReachAnIndexToo() {
    CurrentMunicipality.run(town, () -> {
      for (var text : statements(inbox -> {
        inbox.counts(ANNA);
        inbox.list(ANNA, View.TEAM, "bewohnerparkausweis", null, 3);
        inbox.list(ANNA, View.OPEN, null, "2026-XX", 0);
      })) {
        assertThat(plan(text)).as(text).doesNotContain("Seq Scan on case_");
      }
    });
  }

  @Test
  void countsAndOrderAreRight() {
    CurrentMunicipality.run(town, () -> {
      var inbox = new CaseInbox(JdbcClient.create(source));
      // Of six thousand a third is of each office; every fifth has somebody, one of fifty; one in nine is heard elsewhere.
      long elsewhere = MANY / 9;
      assertThat(inbox.counts(ANNA)).containsEntry(View.TEAM, 1_000L).containsEntry(View.DONE, 0L);
      var team = inbox.list(ANNA, View.TEAM, null, null, 0);
      assertThat(team.total()).isEqualTo(MANY / 3 * 2 + elsewhere);
      assertThat(team.rows()).hasSize(50)
          .isSortedAccordingTo(Comparator.comparing(CaseDesk.Row::dueOn, Comparator.nullsLast(
              Comparator.naturalOrder())));
      long own = jdbcCount("select count(*) from case_file where assignee in (7, 8)")
          + jdbcCount("select count(*) from case_task where elsewhere and assignee in (7, 8)");
      assertThat(own).isPositive();
      assertThat(inbox.list(ANNA, View.OWN, null, null, 0).total()).isEqualTo(own);
      assertThat(inbox.list(ANNA, View.OWN, null, null, 0).rows()).extracting(CaseDesk.Row::assignee).contains(7);
    });
  }

  private long jdbcCount(String sql) {
    return JdbcClient.create(source).sql(sql).query(Long.class).single();
  }

  private List<String> statements(java.util.function.Consumer<CaseInbox> work) {
    var texts = new ArrayList<String>();
    work.accept(new CaseInbox(JdbcClient.create(new NotedStatements(source, texts))));
    return texts;
  }

  /** The plan for any parameters, as the driver's prepared statements get it after a few calls. */
  private String plan(String text) {
    var numbered = new StringBuilder();
    int parameters = 0;
    for (char c : text.toCharArray()) {
      numbered.append(c == '?' ? "$" + ++parameters : String.valueOf(c));
    }
    var values = parameters == 0 ? "" : "(" + "null, ".repeat(parameters - 1) + "null)";
    try (var connection = source.getConnection(); var statement = connection.createStatement()) {
      statement.execute("set plan_cache_mode = force_generic_plan");
      statement.execute("prepare inbox as " + numbered);
      var plan = new StringBuilder();
      try (var lines = statement.executeQuery("explain execute inbox" + values)) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
      statement.execute("deallocate inbox");
      statement.execute("reset plan_cache_mode");
      return plan.toString();
    } catch (SQLException e) {
      throw new AssertionError(String.format(Locale.ROOT, "No plan for %s", text), e);
    }
  }

  private void fill() {
    JdbcClient.create(owner)
        .sql(
            """
            insert into case_file (municipality_id, reference, person, submission, activation, procedure, procedure_de,
              procedure_en, state, state_since, received_at, archive, channel, language, office, assignee, due_on, fee, payment,
              code_hash, application)
            select ?, '2026-' || c || '-' || d, 'case:' || i, gen_random_uuid(), 1, 'bewohnerparkausweis', 'Bewohnerparkausweis',
              'Permit', 'IN_REVIEW', now(), now() - i * interval '1 minute', false, 'ONLINE', 'de',
              case when i %% 3 = 0 then 'amt-2' when i %% 3 = 1 then 'amt-1' else 'amt-3' end, case when i %% 5 = 0 then i %% 50 + 7 end,
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
    // In every third case of amt-3 one of the two others is heard; some have taken it.
    JdbcClient.create(owner)
        .sql(
            """
            insert into case_task (municipality_id, case_id, node, kind, name_de, name_en, office, elsewhere, engine_task,
              since, due_on, assignee)
            select municipality_id, id, 'hear', 'HEARING', 'Anhören', 'Hear', 'amt-1', true, 'h' || id, now(), due_on,
              case when number % 7 = 0 then 7 end
            from (select *, row_number() over (order by id) number from case_file where municipality_id = ? and office = 'amt-3') f
            where number % 3 = 0
            """)
        .param(town.id()).update();
    JdbcClient.create(owner).sql("analyze case_file, case_task").update();
  }
}
