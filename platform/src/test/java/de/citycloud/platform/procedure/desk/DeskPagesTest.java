package de.citycloud.platform.procedure.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import de.citycloud.platform.identity.Administrator;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.identity.Staff;
import de.citycloud.platform.identity.TestStaff;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.casefile.CitizenCases;
import de.citycloud.platform.procedure.casefile.Submission;
import de.citycloud.platform.procedure.pack.Flow.Task.Kind;
import de.citycloud.platform.procedure.pack.VisibleState;
import de.citycloud.platform.ui.BrowserTest;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** The pages of the desk on a case that stands where the test wants it; the journey tests walk over real cases. */
@Import(DeskPagesTest.Fakes.class)
class DeskPagesTest extends BrowserTest {
  private static final String CASE = "/desk/2026-7K3F-9QXD";
  private static final List<Submission> SUBMITTED = new ArrayList<>();

  @Autowired
  private ApplicationContext program;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private FakeCases cases;

  private Municipality town;

  @Autowired
  DeskPagesTest(Municipalities municipalities) {
    town = municipalities.ensure("desk-town", "Amtsstadt", 9, 48, true);
  }

  @TestConfiguration
  static class Fakes {
    @Bean
    @Primary
    FakeCases fakeCases(Staff staff) {
      return new FakeCases(SampleProcedure.resolved(), staff);
    }

    @Bean
    @Primary
    Procedures fakeProcedures() {
      return new Procedures() {
        @Override
        public List<ResolvedProcedure> listOffered(Instant at) {
          return List.of(SampleProcedure.resolved());
        }

        @Override
        public Optional<ResolvedProcedure> find(String key, Instant at) {
          return listOffered(at).stream().filter(one -> one.key().equals(key)).findFirst();
        }

        @Override
        public ResolvedProcedure ofCase(long activationId, Instant receivedAt) {
          return SampleProcedure.resolved();
        }
      };
    }

    @Bean
    @Primary
    CitizenCases fakeCitizenCases() {
      return (CitizenCases) Proxy.newProxyInstance(Fakes.class.getClassLoader(), new Class<?>[]{CitizenCases.class},
          (self, method, arguments) -> {
            if (method.getName().equals("submit")) {
              SUBMITTED.add((Submission) arguments[0]);
              return new CitizenCases.Receipt(FakeCases.REFERENCE, "7K3F9QXD2345", new BigDecimal("45.00"),
                  LocalDate.of(2026, 12, 24));
            }
            return method.getName().equals("toString") ? "cases" : null;
          });
    }
  }

  @BeforeEach
  void oneCase() {
    cases.done.clear();
    cases.state = VisibleState.IN_REVIEW;
    cases.kind = Kind.DECIDE;
    cases.secondLook = false;
    cases.decided = false;
    cases.version = 7;
    cases.answers = SampleProcedure.answers();
    SUBMITTED.clear();
  }

  private PageVisitor caseworker() throws Exception {
    return opened(TestStaff.signIn(program, port, town, Role.CASEWORKER));
  }

  private PageVisitor opened(PageVisitor visitor) throws Exception {
    visitor.get("/desk-town/purpose");
    assertThat(visitor.post("/desk-town/purpose",
        Map.of("purpose", "CASE_WORK", "reference", "2026-7K3F-9QXD", "next", "/desk-town" + CASE)).statusCode())
        .isEqualTo(302);
    return visitor;
  }

  private HttpResponse<String> send(PageVisitor visitor, String path, Map<String, String> fields) throws Exception {
    visitor.get("/desk-town" + path);
    return visitor.post("/desk-town" + path, fields);
  }

  private void assertDone(HttpResponse<String> answer, String what) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    assertThat(cases.done).containsExactly(what);
    cases.done.clear();
  }

  private void assertWrong(HttpResponse<String> answer, String... fields) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    for (var field : fields) {
      assertThat(answer.body()).contains("href=\"#" + field + "\"");
    }
    assertThat(cases.done).isEmpty();
  }

  @Test
  void onlyStaffWhoWorkOnCasesComeInAndSayWhatForFirst() throws Exception {
    try (var visitor = new PageVisitor(port); var citizen = TestStaff.signIn(program, port, town, Role.CITIZEN)) {
      assertThat(visitor.get("/desk-town/desk").statusCode()).isEqualTo(302);
      for (var path : List.of("/desk", CASE, "/desk/new", "/desk/statistics", "/desk/statistics.csv",
          "/desk/substitutes", CASE + "/tasks/5")) {
        assertThat(citizen.get("/desk-town" + path).statusCode()).as(path).isEqualTo(403);
      }
    }
    try (var caseworker = TestStaff.signIn(program, port, town, Role.CASEWORKER)) {
      assertThat(caseworker.get("/desk-town/desk").statusCode()).isEqualTo(200);
      var asked = caseworker.get("/desk-town" + CASE);
      assertThat(asked.headers().firstValue("Location").orElse("")).contains("/desk-town/purpose?next=",
          "purpose=CASE_WORK");
      opened(caseworker);
      assertThat(caseworker.get("/desk-town" + CASE).statusCode()).isEqualTo(200);
      for (var wrong : List.of("2026-AAAA-AAAA", "x", "..", "%00", "a".repeat(300))) {
        assertThat(caseworker.get("/desk-town/desk/" + wrong).statusCode()).as(wrong).isBetween(400, 404);
      }
      for (var wrong : List.of("/tasks/99", "/tasks/x", "/decisions/3/correction", "/documents/99", "/documents/x")) {
        assertThat(caseworker.get("/desk-town" + CASE + wrong).statusCode()).as(wrong).isEqualTo(404);
      }
    }
  }

  @Test
  void theInboxSaysWhatIsDueAndFindsByReference() throws Exception {
    try (var caseworker = caseworker()) {
      var own = caseworker.get("/desk-town/desk").body();
      assertThat(own).contains("seit 2 Tagen überfällig", "noch 2 Tage", "Frist ruht", "über 1.000",
          "/desk-town/desk/2026-7K3F-9QXD").doesNotContain("Vogt");
      assertThat(caseworker.get("/desk-town/desk?view=open").body()).contains("Alles ist vergeben");
      assertThat(caseworker.get("/desk-town/desk?view=done").body()).contains("bewilligt");
      assertThat(caseworker.get("/desk-town/desk?search=2026-8mnp").body()).contains("2026-8MNP-2345")
          .doesNotContain("2026-WXYZ-7777");
      assertThat(caseworker.get("/desk-town/desk?view=team&page=3").body()).contains("Seite 4 von 4");
      for (var odd : List.of("?view=x", "?page=-1", "?page=99999999999999", "?procedure=%3Cscript%3E",
          "?search=%00%3Cscript%3E")) {
        assertThat(caseworker.get("/desk-town/desk" + odd)).satisfies(answer -> {
          assertThat(answer.statusCode()).as(odd).isEqualTo(200);
          assertThat(answer.body()).doesNotContain("<script>");
        });
      }
    }
  }

  @Test
  void theCaseShowsWhatPeopleWroteAsTheyWroteItAndNeverAsCode() throws Exception {
    try (var caseworker = caseworker()) {
      var page = caseworker.get("/desk-town" + CASE).body();
      assertThat(page).contains("Vogt &lt;i&gt;x&lt;/i&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;",
          "Lageplan &lt;b&gt;fett", "Rettungsweg freihalten.", "Telefonat geführt.", "24. Dezember 2026", "45,00 €",
          "auf Papier").doesNotContain("<script>alert");
      var file = caseworker.get("/desk-town" + CASE + "/documents/11");
      assertThat(file.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
      assertThat(file.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    }
  }

  @Test
  void aDecisionIsSeenBeforeItGoesAndTextBlocksNeedNoScript() throws Exception {
    try (var caseworker = caseworker()) {
      var path = CASE + "/tasks/5";
      assertWrong(send(caseworker, path, Map.of("version", "7", "outcome", "refuse", "step", "preview")), "grounds");
      assertWrong(send(caseworker, path, Map.of("version", "7", "outcome", "burn", "grounds", "x", "step", "send")),
          "outcome");
      assertWrong(send(caseworker, path,
          Map.of("version", "7", "outcome", "refuse", "grounds", "x".repeat(5_001), "step", "send")), "grounds");
      var inserted = send(caseworker, path,
          Map.of("version", "7", "outcome", "refuse", "grounds", "Zu laut.", "insert", "block.quiet"));
      assertThat(inserted.body()).contains("Zu laut.\n\nAb 22 Uhr ist Ruhe.");
      var preview = send(caseworker, path,
          Map.of("version", "7", "outcome", "refuse", "grounds", "Zu laut <b>!", "step", "preview"));
      assertThat(preview.statusCode()).isEqualTo(200);
      assertThat(preview.body()).contains("Wir lehnen ab.", "Zu laut &lt;b&gt;!", "id=\"remedy\"", "2026-7K3F-9QXD");
      assertThat(preview.body().split("<h1", -1)).as("one main heading").hasSize(2);
      assertThat(cases.done).isEmpty();
      assertDone(send(caseworker, path,
          Map.of("version", "7", "outcome", "refuse", "grounds", "Zu laut.", "conditions", "", "step", "send")),
          "complete 5 refuse [] DecisionWords[outcome=REFUSED, grounds=Zu laut., conditions=]");
    }
  }

  @Test
  void whoComesTooLateReadsWhatHappenedAndLosesNothing() throws Exception {
    try (var caseworker = caseworker()) {
      caseworker.get("/desk-town" + CASE + "/tasks/5");
      cases.version = 8;
      var late = caseworker.post("/desk-town" + CASE + "/tasks/5",
          Map.of("version", "7", "outcome", "refuse", "grounds", "Meine lange Begründung", "step", "send"));
      assertThat(late.statusCode()).isEqualTo(409);
      assertThat(late.body()).contains("hat sich inzwischen geändert", "Meine lange Begründung",
          "href=\"/desk-town/desk/2026-7K3F-9QXD\"");
      cases.decided = true;
      assertThat(caseworker.post("/desk-town" + CASE + "/tasks/5",
          Map.of("version", "7", "outcome", "refuse", "grounds", "Noch da", "step", "send")).body())
          .contains("hat sich inzwischen geändert", "Noch da");
    }
  }

  @Test
  void hearingsAndSecondLooksAskForWordsWhereTheyAreNeeded() throws Exception {
    try (var caseworker = caseworker()) {
      cases.kind = Kind.HEARING;
      assertWrong(send(caseworker, CASE + "/tasks/5", Map.of("version", "7", "outcome", "fine", "step", "send")),
          "text");
      assertDone(send(caseworker, CASE + "/tasks/5",
          Map.of("version", "7", "outcome", "fine", "text", "Gut so.", "step", "send")),
          "complete 5 fine [Gut so.] null");
      cases.kind = Kind.SECOND_LOOK;
      assertThat(caseworker.get("/desk-town" + CASE + "/tasks/5").body()).contains("Nur bis 22 Uhr.",
          "Wir bewilligen teilweise.");
      assertWrong(send(caseworker, CASE + "/tasks/5", Map.of("version", "7", "outcome", "return", "step", "send")),
          "text");
      assertDone(send(caseworker, CASE + "/tasks/5", Map.of("version", "7", "outcome", "approve", "step", "send")),
          "complete 5 approve [] null");
      cases.kind = Kind.HAND_OVER;
      assertDone(send(caseworker, CASE + "/tasks/5", Map.of("version", "7", "outcome", "done", "step", "send")),
          "complete 5 done [] null");
    }
  }

  @Test
  void lettersNotesAndPapersAreCheckedBeforeTheyCount() throws Exception {
    try (var caseworker = caseworker()) {
      var later = LocalDate.now(java.time.ZoneId.of("Europe/Berlin")).plusDays(10);
      var date = new LinkedHashMap<>(Map.of("version", "7", "text", "Bitte den Plan.", "untilDay",
          "" + later.getDayOfMonth(), "untilMonth", "" + later.getMonthValue(), "untilYear", "" + later.getYear()));
      assertWrong(send(caseworker, CASE + "/request", Map.of("version", "7", "text", "", "untilDay", "31", "untilMonth",
          "2", "untilYear", "2027")), "text", "untilDay");
      assertDone(send(caseworker, CASE + "/request", date), "request [Bitte den Plan.] " + later);
      cases.state = VisibleState.INFORMATION_NEEDED;
      assertThat(caseworker.get("/desk-town" + CASE).body()).contains("Es fehlt der Lageplan.", "4. Jan. 2027");
      assertDone(caseworker.post("/desk-town" + CASE + "/resume", Map.of("version", "7")), "resume");
      assertWrong(send(caseworker, CASE + "/message", Map.of("text", " \u0000 ")), "text");
      assertDone(send(caseworker, CASE + "/message", Map.of("text", "Guten Tag")), "write [Guten Tag]");
      caseworker.get("/desk-town" + CASE);
      assertWrong(caseworker.post("/desk-town" + CASE + "/notes", Map.of("text", "")), "text");
      assertDone(caseworker.post("/desk-town" + CASE + "/notes", Map.of("text", "Merken")), "note [Merken]");
      assertThat(caseworker.get("/desk-town" + CASE + "/documents/12/letter").body())
          .contains("Am Markt 3\n71638 Ludwigsburg");
      assertWrong(send(caseworker, CASE + "/documents/12/letter", Map.of("address", "Nur eine Zeile")), "address");
      assertDone(send(caseworker, CASE + "/documents/12/letter", Map.of("address", "Lena Vogt\nAm Markt 3\n71638 LB")),
          "print 12 [Lena Vogt, Am Markt 3, 71638 LB]");
      assertWrong(send(caseworker, CASE + "/files", Map.of("name", "")), "name");
      assertDone(caseworker.post("/desk-town" + CASE + "/assignment", Map.of("account", "me")), "assign me");
      assertDone(caseworker.post("/desk-town" + CASE + "/assignment", Map.of("account", "")), "assign nobody");
    }
  }

  @Test
  void aDecisionThatIsOutCanBeCorrectedAndTakenBack() throws Exception {
    cases.decided = true;
    try (var caseworker = caseworker()) {
      var same = Map.of("version", "7", "grounds", "Nur bis 22 Uhr.", "conditions", "Rettungsweg 3,50 m.", "step",
          "preview");
      assertWrong(send(caseworker, CASE + "/decisions/3/correction", same), "grounds");
      var other = new LinkedHashMap<>(same);
      other.put("grounds", "Nur bis 23 Uhr.");
      assertThat(send(caseworker, CASE + "/decisions/3/correction", other).body()).contains("Nur bis 23 Uhr.",
          "Wir bewilligen teilweise.");
      other.put("step", "send");
      assertDone(send(caseworker, CASE + "/decisions/3/correction", other), "correct 3 DecisionWords[outcome=PARTLY,"
          + " grounds=Nur bis 23 Uhr., conditions=Rettungsweg 3,50 m.]");
      assertWrong(send(caseworker, CASE + "/decisions/3/withdrawal", Map.of("version", "7")), "grounds");
      assertDone(send(caseworker, CASE + "/decisions/3/withdrawal", Map.of("version", "7", "grounds", "§ 48")),
          "withdraw 3 [§ 48]");
    }
  }

  @Test
  void aCaseIsHandedOverToAnOfficeOrToANamedAuthority() throws Exception {
    try (var caseworker = caseworker()) {
      assertWrong(send(caseworker, CASE + "/hand-over", Map.of("version", "7", "to", "nowhere")), "to", "reason");
      assertWrong(send(caseworker, CASE + "/hand-over", Map.of("version", "7", "to", "other", "reason", "x")),
          "authority");
      assertDone(send(caseworker, CASE + "/hand-over",
          Map.of("version", "7", "to", "other", "authority", "Landratsamt", "reason", "zuständig")),
          "hand over ordnungsamt Landratsamt [zuständig]");
    }
  }

  @Test
  void applicationsOnPaperAreTakenLikeThoseOnline() throws Exception {
    try (var caseworker = caseworker()) {
      var path = "/desk/new/sondernutzung";
      assertThat(caseworker.get("/desk-town/desk/new").body()).contains(path);
      assertThat(caseworker.get("/desk-town/desk/new/nothing").statusCode()).isEqualTo(404);
      assertThat(caseworker.get("/desk-town" + path).body()).contains("Aufnehmen: Sondernutzung",
          "Datenschutz: wofür wir diese Angaben brauchen", "Nur, wenn: „Was findet statt?“: Musik");
      var sent = new LinkedHashMap<>(Map.of("entry", "3b8e6d52-6f0e-4c57-9d43-0d3f5d1c2a11", "channel", "PHONE",
          "language", "en", "givenName", "Ali", "familyName", "Demir", "street", "Am Markt", "houseNumber", "3",
          "postcode", "71638", "city", "Ludwigsburg"));
      sent.put("step", "check");
      var wrong = caseworker.post("/desk-town" + path, sent);
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("href=\"#kind\"", "href=\"#begins\"", "value=\"Demir\"");
      sent.putAll(Map.of("kind", "market", "begins.day", "24", "begins.month", "12", "begins.year", "2026"));
      var check = caseworker.post("/desk-town" + path, sent);
      assertThat(check.statusCode()).as(check.body()).isEqualTo(200);
      assertThat(check.body()).contains("Demir", "24. Dezember 2026", "type=\"file\"");
      assertThat(SUBMITTED).isEmpty();
      sent.put("step", "send");
      var taken = caseworker.post("/desk-town" + path, sent);
      assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
      assertThat(taken.body()).contains("2026-7K3F-9QXD", "7K3F9QXD2345");
      assertThat(SUBMITTED).singleElement().satisfies(one -> {
        assertThat(one.key()).hasToString("3b8e6d52-6f0e-4c57-9d43-0d3f5d1c2a11");
        assertThat(one.channel()).isEqualTo(Submission.Channel.PHONE);
        assertThat(one.language().getLanguage()).isEqualTo("en");
        assertThat(one.answers()).containsEntry("familyName", "Demir").doesNotContainKey("volume");
        assertThat(one.account()).isNull();
      });
    }
  }

  @Test
  void substitutesAreNamedWithDates() throws Exception {
    int other = TestStaff.make(program, town, "vertretung", Role.CASEWORKER);
    try (var caseworker = caseworker()) {
      assertWrong(send(caseworker, "/desk/substitutes", Map.of("substitute", "999999", "fromDay", "x")), "substitute",
          "fromDay", "untilDay");
      var soon = LocalDate.now(java.time.ZoneId.of("Europe/Berlin")).plusDays(3);
      if (other > 0) {
        assertDone(send(caseworker, "/desk/substitutes",
            Map.of("substitute", "" + other, "fromDay", "" + soon.getDayOfMonth(), "fromMonth",
                "" + soon.getMonthValue(), "fromYear", "" + soon.getYear(), "untilDay", "" + soon.getDayOfMonth(),
                "untilMonth", "" + soon.getMonthValue(), "untilYear", "" + soon.getYear())),
            "substitute until " + soon);
      }
    }
  }

  @Test
  void numbersTellNobodyApart() throws Exception {
    try (var caseworker = caseworker()) {
      assertThat(caseworker.get("/desk-town/desk/statistics").body()).contains("Sondernutzung", "2 Vorgänge sind");
      var csv = caseworker.get("/desk-town/desk/statistics.csv").body();
      assertThat(csv.lines().filter(line -> line.contains("2026-04")).findFirst().orElse("")).contains("wenige");
    }
  }

  @Test
  void everybodyOfStaffCanUseThePages() throws Exception {
    TestStaff.make(program, town, "kollegin", Role.CASEWORKER);
    try (var lead = opened(TestStaff.signIn(program, port, town, Role.OFFICE_LEAD))) {
      var session = Administrator.session(lead);
      var paths = new LinkedHashMap<String, String>();
      paths.put("inbox", "/desk?view=team");
      paths.put("case", CASE);
      paths.put("decide", CASE + "/tasks/5");
      paths.put("request", CASE + "/request");
      paths.put("hand-over", CASE + "/hand-over");
      paths.put("file", CASE + "/files");
      paths.put("enter", "/desk/new/sondernutzung");
      paths.put("new", "/desk/new");
      paths.put("substitutes", "/desk/substitutes");
      paths.put("statistics", "/desk/statistics");
      for (var path : paths.entrySet()) {
        var dark = path.getKey().equals("inbox") || path.getKey().equals("case");
        for (var look : dark
            ? List.of(Look.DESKTOP, Look.PHONE.english(), Look.PHONE.wide(320).inTheDark())
            : List.of(Look.DESKTOP, Look.PHONE.english())) {
          visitAs(session, look, "/desk-town" + path.getValue(), page -> {
            checked(page);
            picture(page, "desk-%s-%d-%s".formatted(path.getKey(), look.width(), look.language()));
          });
        }
      }
    }
  }

  /** By keyboard, and the next page is there when this returns. */
  private static void follow(com.microsoft.playwright.Page page, String selector) {
    page.waitForNavigation(() -> page.locator(selector).first().press("Enter"));
  }

  @Test
  void decidingWorksWithoutScriptOnAPhoneAndMistakesAreNamedAtTheTop() throws Exception {
    try (var lead = opened(TestStaff.signIn(program, port, town, Role.OFFICE_LEAD))) {
      var session = Administrator.session(lead);
      visitAs(session, Look.PHONE.withoutJavaScript(), "/desk-town" + CASE + "/tasks/5", page -> {
        page.locator("input[value=refuse]").check();
        page.locator(".blocks summary").press("Enter");
        follow(page, ".blocks button");
        assertThat(page.locator("#grounds").inputValue()).isEqualTo("Ab 22 Uhr ist Ruhe.");
        follow(page, "button[value=preview]");
        picture(page, "desk-preview-360-de");
        follow(page, "button[value=send]");
        assertThat(page.locator("[role=status]").first().textContent()).contains("getroffen und zugestellt");
      });
      visitAs(session, Look.DESKTOP, "/desk-town" + CASE + "/tasks/5", page -> {
        follow(page, "button[value=preview]");
        checked(page);
        assertThat(page.locator("#error-summary a").count()).isEqualTo(2);
        picture(page, "desk-mistake-1280-de");
      });
      cases.decided = true;
      for (var path : List.of(CASE, CASE + "/decisions/3/withdrawal",
          CASE + "/decisions/3/correction", CASE + "/documents/12/letter", CASE + "/message")) {
        visitAs(session, Look.PHONE, "/desk-town" + path, DeskPagesTest::checked);
      }
    }
  }

  private static void checked(Page page) {
    assertThat(page.locator("h1").count()).as(page.url()).isOne();
    assertThat(page.content()).doesNotContain("??");
    assertAccessible(page);
    assertNoSidewaysScrolling(page);
  }
}
