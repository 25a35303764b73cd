package de.citycloud.platform.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.identity.Administrator;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.SetUpLinks;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.privacy.Retention;
import de.citycloud.platform.ui.BrowserTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** D20: the statement, the form in two kinds of words, and the answer within four weeks. */
class BarrierTest extends BrowserTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private SetUpLinks links;
  @Autowired
  private BarrierReports reports;
  @Autowired
  private Retention retention;
  @Autowired
  private JdbcClient jdbc;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  @Test
  void aReportGetsAReceiptAndAnAnswerAndIsForgottenAYearLater() throws Exception {
    var town = municipalities.ensure("barrier-town", "Hürdenstadt", 9, 48, true);
    try (var visitor = new PageVisitor(port); var admin = Administrator.signIn(port, links, town)) {
      assertThat(visitor.get("/barrier-town/accessibility").body()).contains("BITV 2.0", "§ 10",
          "href=\"/barrier-town/barrier\"", "href=\"/barrier-town/barrier/plain\"", "Schlichtungsstelle");
      visitor.get("/barrier-town/barrier?page=/barrier-town/map");
      var wrong = visitor.post("/barrier-town/barrier",
          Map.of("problem", " ", "email", "a@b@c", "page", "x".repeat(501)));
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("href=\"#problem\"", "href=\"#email\"", "href=\"#page\"");
      var sent = visitor.post("/barrier-town/barrier",
          Map.of("problem", "Knopf <b>ohne</b> Namen", "email", "ida@post.example", "name", "Ida", "page", "/map"));
      assertThat(sent.headers().firstValue("Location").orElse("")).endsWith("/barrier/thanks?answer");

      var list = admin.get("/barrier-town/barrier-reports").body();
      assertThat(list).contains("offen").doesNotContain("Ida", "ida@");
      var path = list.replaceFirst("(?s).*href=\"(/barrier-town/barrier-reports/\\d+)\".*", "$1");
      assertThat(admin.get(path).body()).contains("Knopf &lt;b&gt;ohne&lt;/b&gt; Namen", "ida@post.example");
      assertThat(admin.post(path, Map.of("answer", "")).statusCode()).isEqualTo(422);
      assertThat(admin.post(path, Map.of("answer", "Der Knopf hat jetzt einen Namen.")).statusCode()).isEqualTo(302);
      assertThat(admin.get(path).body()).contains("Beantwortet").doesNotContain("<textarea");
      assertThat(admin.get("/barrier-town/messages").body()).contains("ida@post.example", "barrier report");
      assertThat(admin.get("/barrier-town/audit").body()).contains("Meldung einer Barriere beantwortet");
      assertThat(visitor.get("/barrier-town/barrier-reports").statusCode()).isEqualTo(302);
    }
    JdbcClient.create(owner)
        .sql("update barrier_report set answered_at = now() - interval '366 days' where municipality_id = ?")
        .param(town.id()).update();
    CurrentMunicipality.run(town, () -> {
      assertThat(keysOfReports()).isOne();
      retention.runHere(Instant.now());
      assertThat(reports.list()).isEmpty();
      assertThat(keysOfReports()).as("its key ends with it").isZero();
    });
  }

  @Test
  void whatPeopleWriteIsEncryptedAndEndsAtOnceWhenTheyAskForIt() throws Exception {
    var town = municipalities.ensure("barrier-erase", "Löschstadt", 9, 48, false);
    try (var admin = Administrator.signIn(port, links, town)) {
      long id = CurrentMunicipality.call(town,
          () -> reports.take("/map", "Mein Vorleser schweigt", "Ottilie", "ottilie@post.example", Locale.GERMAN));
      CurrentMunicipality.run(town, () -> {
        for (var table : List.of("barrier_report", "outgoing_message")) {
          assertThat(jdbc.sql("select string_agg(encode(r::text::bytea, 'escape'), ' ') from " + table + " r")
              .query(String.class).single()).as("as it lies in " + table)
              .doesNotContain("Vorleser").doesNotContain("ttilie")
              .doesNotContain(HexFormat.of().formatHex("ttilie".getBytes(StandardCharsets.UTF_8)));
        }
      });
      var path = "/barrier-erase/barrier-reports/" + id;
      assertThat(admin.get(path).body()).contains("Mein Vorleser schweigt");
      assertThat(admin.post(path + "/erase", Map.of()).statusCode()).isEqualTo(302);
      assertThat(admin.get(path).statusCode()).isEqualTo(404);
      CurrentMunicipality.run(town, () -> {
        assertThat(keysOfReports()).isZero();
        assertThat(jdbc.sql("select count(*) from outgoing_message").query(Integer.class).single())
            .as("the receipt").isZero();
      });
    }
  }

  @Test
  void nobodyFloodsAnotherPersonsAddressWithReceipts() {
    var town = municipalities.ensure("barrier-flood", "Flutstadt", 9, 48, false);
    CurrentMunicipality.run(town, () -> {
      for (int i = 0; i < BarrierReports.RECEIPTS_A_DAY + 2; i++) {
        reports.take("", "Problem " + i, "", i % 2 == 0 ? "victim@post.example" : "Victim@post.example",
            Locale.ENGLISH);
      }
      reports.take("", "Another", "", "other@post.example", Locale.ENGLISH);
      assertThat(reports.list()).hasSize(BarrierReports.RECEIPTS_A_DAY + 3);
      assertThat(jdbc.sql("select count(*) from outgoing_message").query(Integer.class).single())
          .isEqualTo(BarrierReports.RECEIPTS_A_DAY + 1);
    });
  }

  private int keysOfReports() {
    return jdbc.sql("select count(*) from keystore.person_key where person like 'report:%'").query(Integer.class)
        .single();
  }

  @Test
  void aReportWithoutNameCountsTooAndBecomesLateAfterFourWeeks() throws Exception {
    var town = municipalities.ensure("barrier-quiet", "Stillstadt", 9, 48, false);
    try (var visitor = new PageVisitor(port); var admin = Administrator.signIn(port, links, town)) {
      visitor.get("/barrier-quiet/barrier/plain");
      assertThat(visitor.post("/barrier-quiet/barrier/plain", Map.of("problem", "Zu klein")).headers()
          .firstValue("Location").orElse("")).endsWith("/barrier/thanks");
      var report = CurrentMunicipality.call(town, reports::list).getFirst();
      assertThat(Duration.between(report.createdAt(), report.dueAt())).isCloseTo(Duration.ofDays(28),
          Duration.ofMinutes(1));
      JdbcClient.create(owner)
          .sql("update barrier_report set due_at = now() - interval '1 hour' where municipality_id = ?")
          .param(town.id()).update();
      assertThat(admin.get("/barrier-quiet/barrier-reports").body()).contains("überfällig");
      assertThat(admin.get("/barrier-quiet/messages").body()).contains("Es gibt keine Nachrichten");
    }
  }

  @Test
  void everybodyCanUseTheForm() throws Exception {
    var town = municipalities.ensure("barrier-look", "Blickstadt", 9, 48, false);
    for (var look : List.of(Look.DESKTOP, Look.PHONE.english(), Look.PHONE.wide(320).inTheDark())) {
      for (var path : List.of("barrier", "barrier/plain", "barrier/thanks", "accessibility")) {
        visit(look, "/barrier-look/" + path, page -> {
          assertThat(page.locator("h1").count()).isOne();
          assertAccessible(page);
          assertNoSidewaysScrolling(page);
        });
      }
    }
    visit(Look.PHONE.withoutJavaScript(), "/barrier-look/barrier/plain", page -> {
      page.locator("#problem").fill("Ich sehe nichts.");
      page.locator("main button[type=submit]").click();
      assertThat(page.locator("h1").textContent()).isEqualTo("Danke für Ihre Meldung");
    });
    visit(Look.DESKTOP, "/barrier-look/barrier", page -> {
      page.locator("main button[type=submit]").click();
      assertThat(page.locator("#error-summary a").count()).isOne();
      assertAccessible(page);
    });
    try (var admin = Administrator.signIn(port, links, town)) {
      long id = CurrentMunicipality.call(town, reports::list).getFirst().id();
      for (var path : List.of("/barrier-look/barrier-reports", "/barrier-look/barrier-reports/" + id)) {
        visitAs(Administrator.session(admin), Look.PHONE, path, page -> {
          assertThat(page.locator("h1").count()).isOne();
          assertAccessible(page);
          assertNoSidewaysScrolling(page);
        });
      }
    }
  }
}
