package de.citycloud.platform.procedure.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.privacy.Erasures;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.Retention;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseDesk.DecisionWords;
import de.citycloud.platform.procedure.casefile.CaseDesk.View;
import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.VisibleState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionTemplate;

/** A4, F16 for the case tables, four eyes, the wall between offices, and that a failure leaves nothing half done. */
@Import(CaseTown.Fakes.class)
class CaseFilesTest extends CityTest {
  private static final String PURPOSE = "FOR_CASE_WORK";

  @Autowired
  private CitizenCases citizens;
  @Autowired
  private CaseDesk desk;
  @Autowired
  private CaseDeadlines deadlines;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Offices offices;
  @Autowired
  private Retention retention;
  @Autowired
  private Erasures erasures;
  @Autowired
  private TransactionTemplate transaction;
  @Autowired
  private JdbcClient jdbc;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  @BeforeEach
  void speakGerman() {
    LocaleContextHolder.setLocale(Locale.GERMAN);
  }

  @AfterEach
  void signOut() {
    SecurityContextHolder.clearContext();
  }

  private Municipality town(String slug) {
    return municipalities.ensure(slug, "Aktenstadt", 9, 48, false);
  }

  private CitizenCases.Receipt submitted() {
    var pack = CaseTown.pack("bewohnerparkausweis");
    var example = CaseTown.granted(pack);
    return citizens.submit(CaseTown.submission(CaseTown.resolved(pack, example), example, null));
  }

  private void complete(CaseReference reference, Flow.Task.Kind kind, String outcome, @Nullable DecisionWords words) {
    var opened = desk.open(reference).orElseThrow();
    var task = opened.tasks().stream().filter(one -> one.kind() == kind).findFirst()
        .orElseThrow(() -> new AssertionError(opened.tasks()));
    desk.complete(reference, task.id(), outcome, "", words, opened.version());
  }

  @Test
  void aMissingPaperStopsTheClockAndTheRefusalNamesItsRemedyAndIsForgottenAfterItsTime() {
    CurrentMunicipality.run(town("case-a4"), () -> {
      int first = CaseTown.colleague(jdbc, offices, "anna", "buergerdienste");
      int second = CaseTown.colleague(jdbc, offices, "berta", "buergerdienste");
      var receipt = submitted();
      var reference = receipt.reference();
      assertThat(receipt.accessCode()).matches("[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}");
      assertThat(receipt.fee()).isEqualByComparingTo("10.20");
      assertThat(citizens.byCode(reference, "AAAA-AAAA-AAAA", "10.0.0.1")).isEmpty();
      var status = citizens.byCode(reference, receipt.accessCode().toLowerCase(Locale.ROOT), "10.0.0.1").orElseThrow();
      assertThat(status.state()).isEqualTo(VisibleState.IN_REVIEW);
      assertThat(status.answers()).containsEntry("familyName", "Vogt");
      assertThat(status.documents()).singleElement().extracting(CaseStatus.Document::name)
          .isEqualTo("Fahrzeugschein Vogt.pdf");
      var promised = status.expectedBy();

      CaseTown.signIn(first);
      assertThat(desk.list(View.OPEN, null, null, 0).rows()).singleElement()
          .satisfies(row -> assertThat(row.task()).isEqualTo("Antrag prüfen"));
      assertThatThrownBy(() -> desk.open(reference)).isInstanceOf(CityProblem.class).hasMessageContaining("purpose");
      CaseTown.signIn(first, PURPOSE);
      desk.assign(reference, first);
      long version = desk.open(reference).orElseThrow().version();
      desk.requestInformation(reference, "Bitte den Fahrzeugschein", LocalDate.now().plusDays(10), version);
      assertThatThrownBy(() -> desk.endWaiting(reference, version)).hasMessageContaining("moved on");
      SecurityContextHolder.clearContext();
      var waiting = citizens.byCode(reference, receipt.accessCode(), "10.0.0.1").orElseThrow();
      assertThat(waiting.state()).isEqualTo(VisibleState.INFORMATION_NEEDED);
      assertThat(waiting.informationAsked()).isEqualTo("Bitte den Fahrzeugschein");
      assertThat(waiting.expectedBy()).as("nothing is promised while the clock stands").isNull();
      citizens.answer(reference, "Hier ist er", List.of());
      assertThat(citizens.byCode(reference, receipt.accessCode(), "10.0.0.1").orElseThrow().expectedBy())
          .as("no day passed").isEqualTo(promised);

      CaseTown.signIn(first, PURPOSE);
      complete(reference, Flow.Task.Kind.REVIEW, "complete", null);
      complete(reference, Flow.Task.Kind.DECIDE, "refuse",
          new DecisionWords(Outcome.REFUSED, "Sie wohnen nicht in der Zone.", ""));
      assertThatThrownBy(() -> complete(reference, Flow.Task.Kind.SECOND_LOOK, "approve", null))
          .isInstanceOfSatisfying(CityProblem.class, p -> assertThat(p.slug()).isEqualTo("second-person"));
      CaseTown.signIn(second, PURPOSE);
      complete(reference, Flow.Task.Kind.SECOND_LOOK, "approve", null);
      SecurityContextHolder.clearContext();
      refusedAsItShould(reference, receipt);

      assertThat(lying(reference)).as("F16: as it lies in the store")
          .doesNotContain("Vogt", "HN-LV", "Gartenstra", "Fahrzeugschein", "wohnen nicht", "lena.vogt");
      retention.runHere(Instant.now().atOffset(ZoneOffset.UTC).plusMonths(23).toInstant());
      assertThat(count("case_file")).as("kept for two years").isOne();
      retention.runHere(Instant.now().atOffset(ZoneOffset.UTC).plusMonths(25).toInstant());
      assertThat(count("case_file") + count("case_document") + count("case_decision") + count("case_event")).isZero();
      assertThat(jdbc.sql("select count(*) from keystore.person_key where person like 'case:%'").query(Long.class)
          .single()).isZero();
      CaseTown.signIn(first);
      assertThat(desk.statistics()).singleElement().satisfies(numbers -> {
        assertThat(numbers.received()).isOne();
        assertThat(numbers.refused()).isOne();
        assertThat(numbers.medianDays()).isZero();
      });
    });
  }

  private void refusedAsItShould(CaseReference reference, CitizenCases.Receipt receipt) {
    var decided = citizens.byCode(reference, receipt.accessCode(), "10.0.0.1").orElseThrow();
    assertThat(decided.state()).isEqualTo(VisibleState.CLOSED);
    assertThat(decided.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(decided.may()).contains(CaseStatus.Action.OBJECT);
    assertThat(decided.history()).extracting(CaseStatus.Entry::key).contains("received", "information-asked",
        "information-received", "decided", "closed", "read");
    var letter = decided.documents().stream().filter(CaseStatus.Document::fromOffice).findFirst().orElseThrow();
    var content = citizens.content(reference, letter.id()).orElseThrow();
    try (var pdf = Loader.loadPDF(content)) {
      assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).as("tagged").isTrue();
      assertThat(pdf.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
      assertThat(pdf.getDocumentInformation().getSubject()).as("described, as PDF/UA wants").isNotBlank();
      assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("de");
      assertThat(new PDFTextStripper().getText(pdf)).contains("Rechtsbehelfsbelehrung", "Widerspruch",
          "Sie wohnen nicht in der Zone.", reference.text(), String.valueOf(letter.code()), "Lena Vogt");
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    assertThat(citizens.verify(String.valueOf(letter.code()).toLowerCase(Locale.ROOT)).orElseThrow())
        .satisfies(genuine -> assertThat(genuine.digest())
            .isEqualTo(HexFormat.of().formatHex(CasePapers.sha256(content))))
        .satisfies(genuine -> assertThat(genuine.stillValid()).isTrue());
    assertThat(citizens.verify("2222-2222-2222-2222")).isEmpty();
  }

  /** All of the case tables, the messages and the engine's, as text and with every hex as text too. */
  private String lying(CaseReference reference) {
    var all = new StringBuilder();
    for (var table : List.of("case_file", "case_task", "case_event", "case_document", "case_message", "case_note",
        "case_decision", "outgoing_message", "audit_entry", "flowable.act_ru_variable", "flowable.act_ru_execution")) {
      var text = jdbc.sql("select coalesce(string_agg(r::text, ' '), '') from " + table + " r").query(String.class)
          .single();
      all.append(text);
      java.util.regex.Pattern.compile("\\\\x((?:[0-9a-f]{2})+)").matcher(text).results().forEach(hex -> all
          .append(new String(HexFormat.of().parseHex(hex.group(1)), StandardCharsets.UTF_8)));
    }
    assertThat(all).as("not by looking at nothing").contains(reference.text());
    return all.toString();
  }

  private long count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Long.class).single();
  }

  @Test
  void aFormSentTwiceIsOneCaseWithTheSameReceiptAndGuessingEnds() {
    CurrentMunicipality.run(town("case-twice"), () -> {
      var pack = CaseTown.pack("bewohnerparkausweis");
      var example = CaseTown.granted(pack);
      var submission = CaseTown.submission(CaseTown.resolved(pack, example), example, null);
      var receipt = citizens.submit(submission);
      assertThat(citizens.submit(submission)).isEqualTo(receipt);
      assertThat(count("case_file")).isOne();
      assertThat(count("outgoing_message")).isOne();
      for (int i = 0; i < AccessCodes.AT_MOST; i++) {
        assertThat(citizens.byCode(receipt.reference(), "WRNG-WRNG-000" + i, "10.0.1." + i)).isEmpty();
      }
      assertThatThrownBy(() -> citizens.byCode(receipt.reference(), receipt.accessCode(), "10.0.1.99"))
          .isInstanceOfSatisfying(CityProblem.class, p -> assertThat(p.status().value()).isEqualTo(429));
    });
    CurrentMunicipality.run(town("case-elsewhere"),
        () -> assertThat(count("case_file")).as("another municipality").isZero());
  }

  @Test
  void whatFailsLeavesNothingBehindNotInTheEngineEither() {
    CurrentMunicipality.run(town("case-fail"), () -> {
      long engine = count("flowable.act_ru_execution");
      transaction.executeWithoutResult(running -> {
        submitted();
        assertThat(count("flowable.act_ru_execution")).isGreaterThan(engine);
        running.setRollbackOnly();
      });
      assertThat(count("case_file") + count("case_task") + count("outgoing_message")).isZero();
      assertThat(count("flowable.act_ru_execution")).isEqualTo(engine);
      int anna = CaseTown.colleague(jdbc, offices, "anna", "buergerdienste");
      var reference = submitted().reference();
      CaseTown.signIn(anna, PURPOSE);
      transaction.executeWithoutResult(running -> {
        complete(reference, Flow.Task.Kind.REVIEW, "complete", null);
        complete(reference, Flow.Task.Kind.DECIDE, "grant", new DecisionWords(Outcome.GRANTED, "", ""));
        running.setRollbackOnly();
      });
      assertThat(desk.open(reference).orElseThrow().tasks()).extracting(CaseDesk.OpenTask::kind)
          .containsExactly(Flow.Task.Kind.REVIEW);
      complete(reference, Flow.Task.Kind.REVIEW, "complete", null);
      complete(reference, Flow.Task.Kind.DECIDE, "grant", new DecisionWords(Outcome.GRANTED, "", ""));
      assertThat(desk.open(reference).orElseThrow().status().state()).isEqualTo(VisibleState.CLOSED);
    });
  }

  @Test
  void aDecisionIsCorrectedTakenBackAndMadeAgain() {
    CurrentMunicipality.run(town("case-again"), () -> {
      int anna = CaseTown.colleague(jdbc, offices, "anna", "buergerdienste");
      var reference = submitted().reference();
      CaseTown.signIn(anna, PURPOSE);
      complete(reference, Flow.Task.Kind.REVIEW, "complete", null);
      complete(reference, Flow.Task.Kind.DECIDE, "grant", new DecisionWords(Outcome.GRANTED, "Zone 61", ""));
      var opened = desk.open(reference).orElseThrow();
      var old = opened.status().documents().stream().filter(CaseStatus.Document::fromOffice).findFirst().orElseThrow();
      long decision = opened.decisions().getLast().id();
      assertThatThrownBy(() -> desk.correct(reference, decision, new DecisionWords(Outcome.REFUSED, "nein", ""),
          opened.version())).hasMessageContaining("§ 42");
      desk.correct(reference, decision, new DecisionWords(Outcome.GRANTED, "Zone 16", ""), opened.version());
      assertThat(citizens.verify(String.valueOf(old.code())).orElseThrow().stillValid()).isFalse();

      var closed = desk.open(reference).orElseThrow();
      assertThat(closed.status().state()).isEqualTo(VisibleState.CLOSED);
      desk.withdrawDecision(reference, closed.decisions().getLast().id(), "Umzug", closed.version());
      assertThat(desk.open(reference).orElseThrow().tasks()).extracting(CaseDesk.OpenTask::kind)
          .containsExactly(Flow.Task.Kind.DECIDE);
      complete(reference, Flow.Task.Kind.DECIDE, "grant", new DecisionWords(Outcome.GRANTED, "Beide Kennzeichen", ""));
      assertThat(desk.open(reference).orElseThrow().decisions()).extracting(CaseDesk.DecisionMade::withdrawn)
          .containsExactly(true, false);
    });
  }

  @Test
  void anOfficeSeesItsOwnCasesAloneAndAHandOverMovesThem() {
    CurrentMunicipality.run(town("case-offices"), () -> {
      int anna = CaseTown.colleague(jdbc, offices, "anna", "buergerdienste");
      int fritz = CaseTown.colleague(jdbc, offices, "fritz", "steueramt");
      var reference = submitted().reference();
      CaseTown.signIn(fritz, PURPOSE);
      assertThat(desk.open(reference)).isEmpty();
      assertThat(desk.list(View.TEAM, null, null, 0).rows()).isEmpty();
      assertThatThrownBy(() -> desk.note(reference, "hallo")).hasMessageContaining("not here");
      CaseTown.signIn(anna, PURPOSE);
      assertThat(desk.list(View.TEAM, "bewohnerparkausweis", reference.text().substring(0, 7), 0).rows()).hasSize(1);
      assertThat(desk.list(View.TEAM, "hundesteuer", null, 0).rows()).isEmpty();
      assertThat(desk.counts()).containsEntry(View.OPEN, 1L).containsEntry(View.DONE, 0L);
      desk.substitute(new CaseDesk.Substitution(anna, fritz, LocalDate.now(), LocalDate.now().plusDays(3)));
      CaseTown.signIn(fritz, PURPOSE);
      assertThat(desk.open(reference)).as("stands in").isPresent();
      CaseTown.signIn(anna, PURPOSE);
      desk.handOver(reference, "steueramt", null, "dort zuständig", desk.open(reference).orElseThrow().version());
      assertThat(desk.open(reference)).isEmpty();
      CaseTown.signIn(fritz, PURPOSE);
      var there = desk.open(reference).orElseThrow();
      assertThat(there.tasks()).singleElement().satisfies(task -> assertThat(task.office()).isEqualTo("steueramt"));
      desk.handOver(reference, "steueramt", "Landratsamt", "gehört dorthin", there.version());
      assertThat(desk.open(reference).orElseThrow().status().state()).isEqualTo(VisibleState.FORWARDED);
      assertThat(desk.list(View.DONE, null, null, 0).rows()).hasSize(1);
    });
  }

  @Test
  void anErasedAccountLeavesItsCasesApartAndStaffOnlyEndsTheWaitingWhenItsDayIsOver() {
    CurrentMunicipality.run(town("case-account"), () -> {
      int lena = CaseTown.colleague(jdbc, offices, "lena", "irgendwo");
      int anna = CaseTown.colleague(jdbc, offices, "anna", "buergerdienste");
      var pack = CaseTown.pack("bewohnerparkausweis");
      var example = CaseTown.granted(pack);
      var reference = citizens.submit(CaseTown.submission(CaseTown.resolved(pack, example), example, lena)).reference();
      assertThat(citizens.listOf(lena)).hasSize(1);
      assertThat(citizens.ofAccount(reference, anna)).isEmpty();
      CaseTown.signIn(anna, PURPOSE);
      desk.requestInformation(reference, "Bitte", LocalDate.now(), desk.open(reference).orElseThrow().version());
      deadlines.look(Instant.now());
      assertThat(desk.open(reference).orElseThrow().paused()).as("today is not over").isTrue();
      deadlines.look(Instant.now().plusSeconds(86_400));
      assertThat(desk.open(reference).orElseThrow().tasks()).as("nothing is decided by that").hasSize(1);
      assertThat(desk.open(reference).orElseThrow().paused()).isFalse();
      SecurityContextHolder.clearContext();
      assertThat(erasures.erase(Person.ofAccount(lena)).kept()).contains("privacy.kept.cases");
      assertThat(citizens.listOf(lena)).isEmpty();
      CaseTown.signIn(anna, PURPOSE);
      assertThat(desk.open(reference)).isPresent();
      citizens.withdraw(reference);
      assertThat(desk.open(reference).orElseThrow().status().state()).isEqualTo(VisibleState.WITHDRAWN);
      assertThatThrownBy(() -> citizens.withdraw(reference)).hasMessageContaining("moved on");
      assertThat(JdbcClient.create(owner).sql("select count(*) from flowable.act_ru_execution where tenant_id_ = ?")
          .param(Integer.toString(CurrentMunicipality.get().id())).query(Long.class).single()).isZero();
    });
  }

  @Test
  void anEventIsHeardByOfficesAtOnceDecidedAndPublishedUntilTheApprovalIsTakenBack() {
    CurrentMunicipality.run(town("case-event"), () -> {
      int anna = CaseTown.colleague(jdbc, offices, "anna", "buergerdienste");
      int berta = CaseTown.colleague(jdbc, offices, "berta", "buergerdienste");
      int fritz = CaseTown.colleague(jdbc, offices, "fritz", "fire");
      var pack = CaseTown.pack("veranstaltung-im-oeffentlichen-raum");
      var example = CaseTown.granted(pack);
      var reference = citizens.submit(CaseTown.submission(CaseTown.resolved(pack, example), example, null)).reference();
      CaseTown.signIn(anna, PURPOSE);
      complete(reference, Flow.Task.Kind.REVIEW, "complete", null);
      assertThat(desk.open(reference).orElseThrow().tasks()).hasSizeGreaterThan(2)
          .allSatisfy(task -> assertThat(task.kind()).isEqualTo(Flow.Task.Kind.HEARING))
          .allSatisfy(task -> assertThat(task.mine()).isFalse());
      CaseTown.signIn(fritz, PURPOSE);
      assertThat(desk.list(View.OPEN, null, null, 0).rows()).singleElement()
          .satisfies(row -> assertThat(row.office()).isEqualTo("fire"));
      var heard = desk.open(reference).orElseThrow();
      var mine = heard.tasks().stream().filter(CaseDesk.OpenTask::mine).findFirst().orElseThrow();
      assertThatThrownBy(() -> desk.requestInformation(reference, "?", LocalDate.now(), heard.version()))
          .isInstanceOfSatisfying(CityProblem.class, p -> assertThat(p.slug()).isEqualTo("case-not-in-charge"));
      desk.complete(reference, mine.id(), "withConditions", "Zufahrt frei halten", null, heard.version());
      assertThat(desk.list(View.OPEN, null, null, 0).rows()).isEmpty();
      hearTheOthers(reference);
      CaseTown.signIn(anna, PURPOSE);
      assertThat(desk.open(reference).orElseThrow().heard()).extracting(CaseDesk.Heard::text)
          .contains("Zufahrt frei halten");
      complete(reference, Flow.Task.Kind.DECIDE, "grant",
          new DecisionWords(Outcome.GRANTED, "Alles geprüft", "Zufahrt frei halten"));
      CaseTown.signIn(berta, PURPOSE);
      complete(reference, Flow.Task.Kind.SECOND_LOOK, "approve", null);
      var closed = desk.open(reference).orElseThrow();
      assertThat(closed.status().state()).isEqualTo(VisibleState.CLOSED);
      var event = Objects.requireNonNull(CaseTown.PUBLISHED.get("procedure " + reference));
      assertThat(event.from()).isBefore(event.until());
      assertThat(event.expectedVisitors()).isPositive();
      desk.withdrawDecision(reference, closed.decisions().getLast().id(), "Sturm angesagt", closed.version());
      assertThat(CaseTown.PUBLISHED).doesNotContainKey("procedure " + reference);
    });
  }

  private void hearTheOthers(CaseReference reference) {
    int nobody = 0;
    for (var office : List.of("police", "roads", "order")) {
      int account = CaseTown.colleague(jdbc, offices, "hears-" + office, office);
      CaseTown.signIn(account, PURPOSE);
      var opened = desk.open(reference);
      if (opened.isEmpty()) {
        nobody++;
        continue;
      }
      for (var task : opened.orElseThrow().tasks().stream().filter(CaseDesk.OpenTask::mine).toList()) {
        desk.complete(reference, task.id(), "noObjection", "", null, desk.open(reference).orElseThrow().version());
      }
    }
    assertThat(nobody).as("offices that were not asked").isLessThan(3);
  }
}
