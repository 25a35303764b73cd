package de.citycloud.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.SmartCityCloud;
import de.citycloud.platform.database.DatabaseProperties;
import de.citycloud.platform.database.StoreVisit;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.identity.TestStaff;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.procedure.RealTown;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The program is killed (kill -9) at random moments while people apply, upload and pay, and staff decides. Every
 * application that was confirmed must be there once and go to its end, with nothing half done.
 */
class CaseKillTest {
  private static final List<String> OPTIONS = List.of("--city.identity.second-factor=", "--city.rate-limit.times=1000");
  private static final String KEY = "bewohnerparkausweis";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path data;

  /** What clients need to know of the town. */
  private record Prepared(Municipality town, ProcedurePackage pack, Map<String, Object> answers) {}

  @Test
  @Timeout(600)
  void everyConfirmedApplicationIsThereOnceAndGoesToItsEndOverTwoKills() throws Exception {
    killAndCompare(2, 4, 20_261_127L);
  }

  @Test
  @Tag("long")
  @Timeout(2400)
  void everyConfirmedApplicationIsThereOnceAndGoesToItsEndOverThirtyKills() throws Exception {
    killAndCompare(30, 8, System.nanoTime());
  }

  private void killAndCompare(int kills, int between, long seed) throws Exception {
    var random = new Random(seed);
    var prepared = prepare();
    List<String> confirmed;
    try (var program = new ChildProgram(data, List.of(), OPTIONS)) {
      program.start();
      try (var people = new CasePeople(program.port(), prepared.town, prepared.pack, prepared.answers)) {
        people.start(3, List.of(signIn(program, prepared.town, "anna"), signIn(program, prepared.town, "berta")));
        for (int kill = 1; kill <= kills; kill++) {
          people.awaitSteps(between);
          program.runFor(Duration.ofMillis(random.nextInt(700)));
          program.kill(kill % 2 == 0);
          program.start();
        }
        people.awaitSteps(between);
        confirmed = people.finish();
      }
      program.stop();
    }
    assertThat(confirmed).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
    compare(confirmed, seed);
    assertThat(command("audit", "verify", "--data", data.toString())).isNotEmpty();
  }

  /** A town that adopted the procedure, with two of staff; then that program ends. */
  private Prepared prepare() {
    var context = SpringApplication.run(SmartCityCloud.class, "--server.port=0", "--city.mqtt.port=0",
        "--management.server.port=0", "--city.demo.enabled=false", "--city.database.data=" + data);
    try {
      var town = RealTown.ensure(context, 0, "kill", KEY);
      for (var name : List.of("anna", "berta")) {
        town.account(name, Role.CASEWORKER, town.procedure().office().key());
      }
      return new Prepared(town.municipality(), town.procedure().pack(), town.answers());
    } finally {
      SpringApplication.exit(context);
    }
  }

  private static PageVisitor signIn(ChildProgram program, Municipality town, String name) throws Exception {
    return TestStaff.signedIn(program.port(), town, name);
  }

  private void compare(List<String> confirmed, long seed) {
    try (var store = StoreVisit.open(new DatabaseProperties(data, null, "", "", "", "", 4))) {
      var access = store.access();
      var all = JdbcClient.create(new DriverManagerDataSource(access.url(), access.owner(), access.ownerPassword()));
      assertThat(all.sql("select reference from case_file").query(String.class).list())
          .as("confirmed and stored, each once, seed %d", seed).containsExactlyInAnyOrderElementsOf(confirmed);
      long cases = confirmed.size();
      none(all, "cases that did not go to their end",
          """
          select reference from case_file where state <> 'CLOSED' or outcome <> 'GRANTED' or closed_at is null
            or payment <> 'PAID'
          """, seed);
      none(all, "tasks that are open, or done twice",
          """
          select case_id || ' ' || node from case_task group by case_id, node
          having count(*) > 1 or count(*) filter (where done_at is null) > 0
          """, seed);
      none(all, "things in the engine that nobody ends",
          "select id_ from flowable.act_ru_execution union all select id_ from flowable.act_ru_task", seed);
      for (var key : List.of("received", "paid", "decided", "closed")) {
        none(all, "cases without exactly one \"" + key + "\"",
            """
            select f.reference from case_file f left join case_event e on e.case_id = f.id and e.key = '%s'
            group by f.reference having count(e.id) <> 1
            """.formatted(key), seed);
      }
      none(all, "cases without exactly one decision and one letter",
          """
          select f.reference from case_file f where (select count(*) from case_decision d where d.case_id = f.id
            and d.notified_at is not null) <> 1
            or (select count(*) from case_document d where d.case_id = f.id and d.from_office) <> 1
          """, seed);
      none(all, "cases that hold another number of uploads than the first one",
          """
          select case_id::text from case_document where not from_office group by case_id
          having count(*) <> (select count(*) from case_document where not from_office
            and case_id = (select min(id) from case_file))
          """, seed);
      none(all, "payments that are not paid, given up, or of a case that has another",
          """
          select reference from payment group by reference
          having count(*) filter (where state = 'PAID') <> 1
            or count(*) filter (where state not in ('PAID', 'EXPIRED')) > 1
          """, seed);
      for (var template : List.of("case.received", "case.decided")) {
        assertThat(all.sql("select count(*) from outgoing_message where template = ?").param(template)
            .query(Long.class).single()).as("mails %s, seed %d", template, seed).isEqualTo(cases);
      }
    }
  }

  private static void none(JdbcClient all, String what, String sql, long seed) {
    assertThat(all.sql(sql).query(String.class).list()).as("%s, seed %d", what, seed).isEmpty();
  }

  private static String command(String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code = CommandLine.run(List.of(words), new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }
}
