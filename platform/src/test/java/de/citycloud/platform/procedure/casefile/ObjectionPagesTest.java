package de.citycloud.platform.procedure.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import de.citycloud.platform.identity.Administrator;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.identity.TestStaff;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.procedure.casefile.CaseDesk.DecisionWords;
import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.ui.BrowserTest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;

/** An objection over the pages of both sides, on a real case: sent online, ruled on by somebody else, read on a phone. */
@Import(CaseTown.Fakes.class)
class ObjectionPagesTest extends BrowserTest {
  private static final String TOWN = "/objection-pages";

  @Autowired
  private ApplicationContext program;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Offices offices;
  @Autowired
  private CitizenCases citizens;
  @Autowired
  private CaseDesk desk;
  @Autowired
  private JdbcClient jdbc;

  private CitizenCases.@Nullable Receipt receipt;

  private Municipality town() {
    return municipalities.ensure("objection-pages", "Einwendingen", 9, 48, true);
  }

  private <T> T here(Supplier<T> work) {
    return CurrentMunicipality.call(town(), work::get);
  }

  /** A case that was decided by an account of its own. */
  private String decided() {
    return here(() -> {
      LocaleContextHolder.setLocale(Locale.GERMAN);
      int first = CaseTown.colleague(jdbc, offices, "erste-" + System.nanoTime(), "buergerdienste");
      var pack = CaseTown.pack("bewohnerparkausweis");
      var example = CaseTown.granted(pack);
      var taken = citizens.submit(CaseTown.submission(CaseTown.resolved(pack, example), example, null));
      receipt = taken;
      try {
        CaseTown.signIn(first, "FOR_CASE_WORK");
        for (var kind : List.of(Flow.Task.Kind.REVIEW, Flow.Task.Kind.DECIDE)) {
          var opened = desk.open(taken.reference()).orElseThrow();
          desk.complete(taken.reference(), opened.tasks().getFirst().id(),
              kind == Flow.Task.Kind.REVIEW ? "complete" : "grant", "", kind == Flow.Task.Kind.REVIEW
                  ? null
                  : new DecisionWords(Outcome.GRANTED, "Sie wohnen in der Zone.", ""),
              opened.version());
        }
      } finally {
        SecurityContextHolder.clearContext();
      }
      return taken.reference().text();
    });
  }

  private PageVisitor citizen() throws Exception {
    var visitor = new PageVisitor(port);
    visitor.get(TOWN + "/cases");
    assertThat(visitor.post(TOWN + "/cases", Map.of("reference", taken().reference().text(), "code",
        taken().accessCode())).statusCode()).isEqualTo(302);
    return visitor;
  }

  private CitizenCases.Receipt taken() {
    return java.util.Objects.requireNonNull(receipt);
  }

  private PageVisitor lead() throws Exception {
    var visitor = TestStaff.signIn(program, port, town(), Role.OFFICE_LEAD);
    int number = here(
        () -> jdbc.sql("select id from account where name = 'office_lead'").query(Integer.class).single());
    here(() -> offices.join("buergerdienste", number));
    visitor.get(TOWN + "/purpose");
    assertThat(visitor.post(TOWN + "/purpose",
        Map.of("purpose", "CASE_WORK", "reference", "Widersprüche", "next", "")).statusCode()).isEqualTo(302);
    return visitor;
  }

  private static HttpResponse<String> send(PageVisitor visitor, String path, Map<String, String> fields)
      throws Exception {
    var page = visitor.get(path);
    var all = new LinkedHashMap<>(fields);
    var version = java.util.regex.Pattern.compile("name=\"version\" value=\"(\\d+)\"").matcher(page.body());
    if (version.find()) {
      all.put("version", version.group(1));
    }
    return visitor.post(path.replaceFirst("\\?.*", ""), all);
  }

  private static void checked(Page page) {
    assertThat(page.locator("h1").count()).as(page.url()).isOne();
    assertThat(page.content()).doesNotContain("??");
    assertAccessible(page);
    assertNoSidewaysScrolling(page);
  }

  @Test
  void anObjectionIsSentRuledOnBySomebodyElseAndReadOnThePhone() throws Exception {
    var reference = decided();
    var mine = TOWN + "/cases/" + reference;
    var theirs = TOWN + "/desk/" + reference;
    try (var citizen = citizen(); var lead = lead()) {
      var session = Administrator.session(lead);
      assertThat(citizen.get(mine).body()).contains(mine + "/objection");
      citizen.get(mine + "/objection");
      assertThat(citizen.post(mine + "/objection", Map.of("text", "Ich brauche <b>zwei</b> Kennzeichen")).statusCode())
          .isEqualTo(302);
      assertThat(citizen.get(mine).body()).contains("Ihr Widerspruch", "Spätestens am", mine + "/objection/withdrawal")
          .doesNotContain("zu spät");

      assertThat(lead.get(theirs + "/objection").body()).as("nothing is set yet").contains(
          "Weitergeben geht noch nicht",
          TOWN + "/desk/objections");
      setRules(lead);
      var inbox = lead.get(TOWN + "/desk?view=objections").body();
      assertThat(inbox).contains("Über den Widerspruch entscheiden", "noch 9", reference);
      assertThat(lead.get(theirs).body()).contains("Noch nicht entschieden", theirs + "/objection");
      var choose = lead.get(theirs + "/objection").body();
      assertThat(choose).contains("value=\"REJECTED\"", "value=\"REMEDIED\"", "rechtzeitig")
          .doesNotContain("FORWARDED");
      assertThat(lead.get(theirs + "/objection?ruling=FORWARDED").statusCode()).isEqualTo(422);
      var form = theirs + "/objection?ruling=REJECTED";
      var empty = send(lead, form, Map.of("ruling", "REJECTED", "grounds", "", "step", "preview"));
      assertThat(empty.statusCode()).isEqualTo(422);
      assertThat(empty.body()).contains("href=\"#grounds\"");
      var preview = send(lead, form, Map.of("ruling", "REJECTED", "grounds", "Ein <i>Ausweis</i>.", "step", "preview"));
      assertThat(preview.statusCode()).as(preview.body()).isEqualTo(200);
      assertThat(preview.body()).contains("Ein &lt;i&gt;Ausweis&lt;/i&gt;.", "Verwaltungsgericht Musterstadt",
          "Klage", "id=\"remedy\"");
      assertThat(preview.body().split("<h1", -1)).as("one main heading").hasSize(2);
      for (var look : List.of(Look.DESKTOP, Look.PHONE.english(), Look.PHONE.inTheDark())) {
        var paths = new LinkedHashMap<String, String>();
        paths.put("choose", theirs + "/objection");
        paths.put("reject", form);
        paths.put("remedy", theirs + "/objection?ruling=REMEDIED");
        paths.put("rules", TOWN + "/desk/objections");
        paths.put("case", theirs);
        paths.put("inbox", TOWN + "/desk?view=objections");
        if (look.width() < 600) { // each part of the pages once more
          paths.keySet().retainAll(look.dark() ? List.of("inbox") : List.of("choose", "remedy", "case"));
        }
        for (var path : paths.entrySet()) {
          visitAs(session, look, path.getValue(), page -> {
            checked(page);
            picture(page, "objection-%s-%d-%s%s".formatted(path.getKey(), look.width(), look.language(),
                look.dark() ? "-dark" : ""));
          });
        }
      }
      visitAs(session, Look.PHONE.withoutJavaScript(), form, page -> {
        page.locator("#grounds").fill("Ein Ausweis gilt für ein Fahrzeug.");
        page.waitForNavigation(() -> page.locator("button[value=preview]").press("Enter"));
        picture(page, "objection-preview-360-de");
        page.waitForNavigation(() -> page.locator("button[value=send]").press("Enter"));
        assertThat(page.locator("[role=status]").first().textContent()).contains("beantwortet");
      });
      assertThat(
          send(lead, theirs + "/objection", Map.of("ruling", "REJECTED", "grounds", "noch einmal", "step", "send"))
              .statusCode())
          .as("it is over").isEqualTo(409);
      var after = citizen.get(mine).body();
      assertThat(after).contains("Wir haben Ihren Widerspruch zurückgewiesen", "Widerspruchsbescheid",
          "Ein Ausweis gilt für ein Fahrzeug.").doesNotContain(mine + "/objection\"");
    }
  }

  private void setRules(PageVisitor lead) throws Exception {
    var path = TOWN + "/desk/objections";
    var wrong = send(lead, path, Map.of("court", "VG Musterstadt"));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).as("a court has a seat").contains("href=\"#courtAddress\"");
    assertThat(send(lead, path, Map.of("own", "bewohnerparkausweis", "authority", "Regierungspräsidium", "court",
        "Verwaltungsgericht Musterstadt", "courtAddress", "Gerichtsweg 5, 70000 Musterstadt")).statusCode())
        .isEqualTo(302);
    try (var caseworker = TestStaff.signIn(program, port, town(), Role.CASEWORKER)) {
      assertThat(caseworker.get(path).statusCode()).as("whoever leads an office says it").isEqualTo(403);
    }
  }

  @Test
  void oneOnPaperIsTakenInRemediedAndTakenBackByItsOwner() throws Exception {
    var reference = decided();
    var mine = TOWN + "/cases/" + reference;
    var theirs = TOWN + "/desk/" + reference;
    try (var citizen = citizen(); var lead = lead()) {
      var session = Administrator.session(lead);
      assertThat(lead.get(theirs).body()).contains(theirs + "/objection/received");
      assertThat(lead.get(theirs + "/objection").statusCode()).as("there is none").isEqualTo(409);
      var path = theirs + "/objection/received";
      assertThat(send(lead, path, Map.of("onDay", "31", "onMonth", "2", "onYear", "2026")).statusCode()).isEqualTo(422);
      visitAs(session, Look.PHONE, path, ObjectionPagesTest::checked);
      var today = java.time.LocalDate.now(java.time.ZoneId.of("Europe/Berlin"));
      var day = Map.of("onDay", "" + today.getDayOfMonth(), "onMonth", "" + today.getMonthValue(), "onYear",
          "" + today.getYear(), "text", "Mit Brief");
      assertThat(send(lead, path, day).statusCode()).isEqualTo(302);
      citizen.get(mine + "/objection/withdrawal");
      assertThat(citizen.post(mine + "/objection/withdrawal", Map.of()).statusCode()).isEqualTo(302);
      assertThat(citizen.get(mine).body()).contains("Sie haben den Widerspruch zurückgenommen");
      assertThat(send(lead, path, day).statusCode()).isEqualTo(302);
      var remedy = Map.of("ruling", "REMEDIED", "outcome", "grant", "grounds", "Beide Kennzeichen.", "conditions", "");
      var seen = new LinkedHashMap<>(remedy);
      seen.put("step", "preview");
      assertThat(send(lead, theirs + "/objection?ruling=REMEDIED", seen).body()).contains("Beide Kennzeichen.",
          "Wir bewilligen Ihren Antrag");
      seen.put("step", "send");
      assertThat(send(lead, theirs + "/objection?ruling=REMEDIED", seen).statusCode()).isEqualTo(302);
      assertThat(citizen.get(mine).body()).contains("Ihr Widerspruch hatte Erfolg");
      for (var look : List.of(Look.DESKTOP, Look.PHONE.english())) {
        visit(look, TOWN + "/cases", page -> {
          page.locator("#reference").fill(reference);
          page.locator("#code").fill(taken().accessCode());
          page.waitForNavigation(() -> page.locator("#code").press("Enter"));
          checked(page);
          picture(page, "objection-mine-%d-%s".formatted(look.width(), look.language()));
        });
      }
    }
  }
}
