package de.citycloud.platform.procedure.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.identity.Administrator;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.identity.TestStaff;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.privacy.Retention;
import de.citycloud.platform.ui.BrowserTest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Nothing that the archive has to see is deleted before it has answered, or has not for too long. */
@Import(CaseTown.Fakes.class)
class ArchiveOfferTest extends BrowserTest {
  private static final String PAGE = "/archive-town/desk/archive";

  @Autowired
  private ApplicationContext program;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Offices offices;
  @Autowired
  private CitizenCases citizens;
  @Autowired
  private Retention retention;
  @Autowired
  private JdbcClient jdbc;

  private Municipality town() {
    return municipalities.ensure("archive-town", "Archivstadt", 9, 48, true);
  }

  private <T> T here(Supplier<T> work) {
    return CurrentMunicipality.call(town(), work::get);
  }

  /** A case whose time was over ten days ago. */
  private CaseReference over(String key) {
    return over(key, null);
  }

  /** @param account whose it is; null for somebody without one */
  private CaseReference over(String key, @Nullable Integer account) {
    var pack = CaseTown.pack(key);
    var example = CaseTown.granted(pack);
    var reference = citizens.submit(CaseTown.submission(CaseTown.resolved(pack, example), example, account))
        .reference();
    citizens.withdraw(reference);
    jdbc.sql("""
             update case_file set closed_at = now() - interval '20 days', delete_after = now() - interval '10 days'
             where reference = ?
             """).param(reference.text()).update();
    return reference;
  }

  private PageVisitor lead() throws Exception {
    var visitor = TestStaff.signIn(program, port, town(), Role.OFFICE_LEAD);
    int number = here(
        () -> jdbc.sql("select id from account where name = 'office_lead'").query(Integer.class).single());
    here(() -> {
      CaseTown.colleague(jdbc, offices, "archivkollegin", "buergerdienste");
      return offices.join("buergerdienste", number);
    });
    return visitor;
  }

  private List<String> left() {
    return here(() -> jdbc.sql("select reference from case_file order by reference").query(String.class).list());
  }

  private static Map<String, byte[]> unzip(byte[] content) throws Exception {
    var files = new LinkedHashMap<String, byte[]>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  @Test
  void whatIsDueIsOfferedPackedAnsweredAndOnlyThenDeleted() throws Exception {
    var event = here(() -> over("veranstaltung-im-oeffentlichen-raum")).text();
    var second = here(() -> over("veranstaltung-im-oeffentlichen-raum")).text();
    var permit = here(() -> over("bewohnerparkausweis")).text();
    try (var lead = lead(); var caseworker = TestStaff.signIn(program, port, town(), Role.CASEWORKER)) {
      assertThat(caseworker.get(PAGE).statusCode()).isEqualTo(403);
      CurrentMunicipality.run(town(), () -> retention.runHere(Instant.now()));
      assertThat(left()).as("the permit need not be offered").contains(event, second).doesNotContain(permit);
      var page = lead.get(PAGE).body();
      assertThat(page).contains("Veranstaltung im öffentlichen Raum", "2 Vorgänge");
      var which = Map.of("office", "buergerdienste", "procedure", "veranstaltung-im-oeffentlichen-raum");
      assertThat(lead.post(PAGE, which).statusCode()).isEqualTo(302);
      assertThat(lead.get(PAGE).body()).contains("Jetzt ist nichts anzubieten", "Antwort fehlt noch");
      assertThat(lead.post(PAGE, which).statusCode()).as("all are offered").isEqualTo(409);
      long offer = here(() -> jdbc.sql("select max(id) from archive_offer").query(Long.class).single());
      var path = PAGE + "/" + offer;
      assertThat(lead.get(path + "/package.zip").statusCode()).as("for what purpose?").isEqualTo(302);
      lead.get("/archive-town/purpose");
      lead.post("/archive-town/purpose", Map.of("purpose", "CASE_WORK", "reference", "Archiv", "next", ""));
      assertPackage(unzip(lead.download(path + "/package.zip")), event, second);
      var own = here(() -> over("veranstaltung-im-oeffentlichen-raum",
          jdbc.sql("select id from account where name = 'office_lead'").query(Integer.class).single())).text();
      assertThat(lead.get(PAGE).body()).as("one's own is a colleague's").contains("Jetzt ist nichts anzubieten");
      here(() -> jdbc.sql("update case_file set archive_offer = ? where reference = ?").params(offer, own).update());
      assertThat(lead.get(path + "/package.zip").statusCode()).as("no package that lacks a case").isEqualTo(403);
      here(() -> jdbc.sql("update case_file set archive_offer = null where reference = ?").param(own).update());
      var session = Administrator.session(lead);
      for (var look : List.of(Look.DESKTOP, Look.PHONE.english(), Look.PHONE.inTheDark())) {
        visitAs(session, look, PAGE, found -> {
          assertThat(found.locator("h1").count()).isOne();
          assertAccessible(found);
          assertNoSidewaysScrolling(found);
          picture(found, "archive-%d-%s".formatted(look.width(), look.language()));
        });
      }
      CurrentMunicipality.run(town(), () -> retention.runHere(Instant.now()));
      assertThat(left()).as("offered is not answered").contains(event, second);
      lead.get(PAGE);
      assertThat(lead.post(path, Map.of("result", "TAKEN")).statusCode()).isEqualTo(302);
      assertThat(lead.get(PAGE).body()).contains("Vom Archiv übernommen");
      assertThat(lead.post(path, Map.of("result", "DECLINED")).statusCode()).as("once").isEqualTo(404);
      CurrentMunicipality.run(town(), () -> retention.runHere(Instant.now()));
      assertThat(left()).doesNotContain(event, second);
      assertThat(lead.get(path + "/package.zip").statusCode()).isEqualTo(404);
      var silent = here(() -> over("veranstaltung-im-oeffentlichen-raum")).text();
      CurrentMunicipality.run(town(), () -> retention.runHere(Instant.now().plus(Duration.ofDays(350))));
      assertThat(left()).contains(silent);
      CurrentMunicipality.run(town(), () -> retention.runHere(Instant.now().plus(Duration.ofDays(360))));
      assertThat(left()).as("the archive did not answer for too long").doesNotContain(silent);
    }
  }

  private void assertPackage(Map<String, byte[]> files, String... references) {
    var manifest = JsonMapper.shared().readTree(java.util.Objects.requireNonNull(files.get("manifest.json")));
    assertThat(manifest.get("cases").asInt()).isEqualTo(2);
    assertThat(manifest.get("files")).hasSize(files.size() - 1);
    manifest.get("files").forEach(file -> assertThat(file.get("sha256").asString()).isEqualTo(HexFormat.of()
        .formatHex(CasePapers.sha256(java.util.Objects.requireNonNull(files.get(file.get("path").asString()))))));
    for (var reference : references) {
      var data = JsonMapper.shared()
          .readTree(new String(java.util.Objects.requireNonNull(files.get("cases/" + reference + "/case.json")),
              StandardCharsets.UTF_8));
      assertThat(data.get("reference").asString()).isEqualTo(reference);
      assertThat(data.get("answers")).isNotEmpty();
      assertThat(files.keySet()).anyMatch(name -> name.startsWith("cases/" + reference + "/documents/01-"));
      assertThat(
          here(() -> jdbc.sql("select count(*) from reading where reference = ? and what = 'case.reading.archive'")
              .param(reference).query(Long.class).single()))
          .as("opening is logged").isPositive();
    }
  }
}
