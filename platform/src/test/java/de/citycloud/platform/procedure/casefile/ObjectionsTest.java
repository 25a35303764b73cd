package de.citycloud.platform.procedure.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.privacy.Retention;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.casefile.CaseDesk.DecisionWords;
import de.citycloud.platform.procedure.casefile.CaseStatus.Action;
import de.citycloud.platform.procedure.casefile.ObjectionDesk.Ruled;
import de.citycloud.platform.procedure.casefile.ObjectionDesk.Ruling;
import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.VisibleState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

/** Objections from the day they come in to their end: who may rule, what whoever objected gets, when the case is forgotten. */
@Import(CaseTown.Fakes.class)
class ObjectionsTest extends CityTest {
  private static final String PURPOSE = "FOR_CASE_WORK";
  private static final String COURT = "Verwaltungsgericht Musterstadt";

  @Autowired
  private CitizenCases citizens;
  @Autowired
  private CaseDesk desk;
  @Autowired
  private ObjectionDesk objections;
  @Autowired
  private ObjectionRules rules;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Offices offices;
  @Autowired
  private Retention retention;
  @Autowired
  private JdbcClient jdbc;

  private int anna;
  private int berta;

  @BeforeEach
  void speakGerman() {
    LocaleContextHolder.setLocale(Locale.GERMAN);
  }

  @AfterEach
  void signOut() {
    SecurityContextHolder.clearContext();
  }

  /** A town in which Anna and, unless she is alone, Berta work; the municipality reviews {@code own} procedures itself. */
  private void in(String slug, boolean alone, Set<String> own, Runnable story) {
    CurrentMunicipality.run(municipalities.ensure(slug, "Widerspruchstadt", 9, 48, false), () -> {
      anna = CaseTown.colleague(jdbc, offices, "anna", "buergerdienste");
      berta = alone ? 0 : CaseTown.colleague(jdbc, offices, "berta", "buergerdienste");
      rules
          .save(new ObjectionRules.Rule("Regierungspräsidium Musterland", "", COURT, "Gerichtsweg 5, 70000 Musterstadt",
              own));
      story.run();
    });
  }

  /** Granted by Anna: in this package that needs nobody else. */
  private CaseReference granted() {
    var pack = CaseTown.pack("bewohnerparkausweis");
    var example = CaseTown.granted(pack);
    var reference = citizens.submit(CaseTown.submission(CaseTown.resolved(pack, example), example, null)).reference();
    CaseTown.signIn(anna, PURPOSE);
    complete(reference, Flow.Task.Kind.REVIEW, "complete", null);
    complete(reference, Flow.Task.Kind.DECIDE, "grant", new DecisionWords(Outcome.GRANTED, "Nur ein Kennzeichen.", ""));
    return reference;
  }

  private void complete(CaseReference reference, Flow.Task.Kind kind, String outcome, @Nullable DecisionWords words) {
    var opened = desk.open(reference).orElseThrow();
    var task = opened.tasks().stream().filter(one -> one.kind() == kind).findFirst()
        .orElseThrow(() -> new AssertionError(opened.tasks()));
    desk.complete(reference, task.id(), outcome, "", words, opened.version());
  }

  private void rule(CaseReference reference, Ruling ruling, @Nullable String outcome) {
    objections.rule(reference, new Ruled(ruling, "Weil es so ist.", outcome, ""), version(reference));
  }

  private long version(CaseReference reference) {
    return desk.open(reference).orElseThrow().version();
  }

  private CaseStatus status(CaseReference reference) {
    return desk.open(reference).orElseThrow().status();
  }

  private static String textOf(byte[] content) {
    try (var pdf = Loader.loadPDF(content)) {
      assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).as("tagged").isTrue();
      assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("de");
      return new PDFTextStripper().getText(pdf).replaceAll("\\s+", " ").replace("- ", "-");
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> happened(CaseStatus status) {
    return status.history().stream().map(CaseStatus.Entry::key).toList();
  }

  @Test
  void theCityItselfRejectsBySomebodyElseAndNamesTheCourtAndTheClockStartsAgain() {
    in("objection-own", false, Set.of("bewohnerparkausweis"), () -> {
      var reference = granted();
      citizens.object(reference, "Ich brauche zwei Kennzeichen");
      assertThat(desk.list(CaseDesk.View.OBJECTIONS, null, null, 0).rows()).singleElement().satisfies(row -> {
        assertThat(row.objected()).isTrue();
        assertThat(row.dueOn()).as("three months (§ 75 VwGO)").isAfterOrEqualTo(LocalDate.now().plusMonths(3));
      });
      assertThat(desk.counts()).containsEntry(CaseDesk.View.OBJECTIONS, 1L);
      var mine = objections.open(reference).orElseThrow();
      assertThat(mine.choices()).containsExactly(Ruling.REMEDIED, Ruling.PARTLY_REMEDIED, Ruling.REJECTED,
          Ruling.WITHDRAWN);
      assertThat(mine.needsSomebodyElse()).as("Anna made the decision").isTrue();
      assertThatThrownBy(() -> rule(reference, Ruling.REJECTED, null)).isInstanceOfSatisfying(CityProblem.class,
          refused -> assertThat(refused.slug()).isEqualTo("objection-second-person"));
      CaseTown.signIn(berta, PURPOSE);
      assertThatThrownBy(() -> rule(reference, Ruling.FORWARDED, null)).hasMessageContaining("ends with FORWARDED");
      assertThatThrownBy(() -> objections.rule(reference, new Ruled(Ruling.REJECTED, " ", null, ""),
          version(reference))).hasMessageContaining("0 characters");
      assertThat(jdbc.sql("select delete_after from case_file").query(String.class).list()).containsOnlyNulls();
      rule(reference, Ruling.REJECTED, null);

      var status = status(reference);
      assertThat(status.state()).isEqualTo(VisibleState.CLOSED);
      assertThat(status.outcome()).isEqualTo(Outcome.GRANTED);
      assertThat(happened(status)).contains("objection", "objection-rejected");
      assertThat(status.objections()).singleElement().satisfies(one -> {
        assertThat(one.ruling()).isEqualTo(Ruling.REJECTED);
        assertThat(one.grounds()).isEqualTo("Weil es so ist.");
      });
      assertThat(status.may()).as("what was ruled on is over").doesNotContain(Action.OBJECT, Action.WITHDRAW_OBJECTION);
      var letter = status.documents().getLast();
      assertThat(letter.name()).startsWith("Widerspruchsbescheid");
      assertThat(textOf(citizens.content(reference, letter.id()).orElseThrow())).contains("Widerspruchsbescheid",
          "Weil es so ist.", "Kosten", "Klage", COURT + ", Gerichtsweg 5", "innerhalb eines Monats nach Zustellung",
          reference.text(), String.valueOf(letter.code()));
      assertThat(citizens.verify(String.valueOf(letter.code()))).isPresent();
      assertThat(jdbc.sql("select count(*) from outgoing_message where template like '%objection%'").query(Long.class)
          .single()).as("told twice: it has arrived, there is news").isEqualTo(2);
      assertThat(jdbc.sql("select r::text from case_objection r").query(String.class).single())
          .doesNotContain("Weil es", "5765696c");
      retention.runHere(Instant.now().atOffset(ZoneOffset.UTC).plusMonths(23).toInstant());
      assertThat(jdbc.sql("select count(*) from case_objection").query(Long.class).single()).isOne();
      retention.runHere(Instant.now().atOffset(ZoneOffset.UTC).plusMonths(25).toInstant());
      assertThat(jdbc.sql("select count(*) from case_objection").query(Long.class).single()).isZero();
    });
  }

  @Test
  void whoIsAloneMayRuleOnTheirOwnDecisionAndThatIsNoted() {
    in("objection-alone", true, Set.of("bewohnerparkausweis"), () -> {
      var reference = granted();
      citizens.object(reference, "");
      var mine = objections.open(reference).orElseThrow();
      assertThat(mine.first()).isTrue();
      assertThat(mine.needsSomebodyElse()).isFalse();
      rule(reference, Ruling.REJECTED, null);
      assertThat(objections.listOf(reference)).singleElement().satisfies(one -> assertThat(one.alone()).isTrue());
      assertThat(jdbc.sql("select details::text from audit_entry where action = 'case.objection-answered'")
          .query(String.class).single()).contains("alone").contains("true");
    });
  }

  @Test
  void aRemedyReplacesTheDecisionOnlyWhenItIsOutAndARestStaysOpen() {
    in("objection-remedy", false, Set.of(), () -> {
      var reference = granted();
      var old = status(reference).documents().getLast();
      citizens.object(reference, "Ich brauche zwei Kennzeichen");
      CaseTown.signIn(berta, PURPOSE);
      assertThatThrownBy(() -> rule(reference, Ruling.REMEDIED, "burn")).hasMessageContaining("outcome");
      assertThat(status(reference).state()).as("nothing half done").isEqualTo(VisibleState.DECIDED);
      rule(reference, Ruling.PARTLY_REMEDIED, "refuse"); // in this package a refusal is looked at by a second person
      var waiting = desk.open(reference).orElseThrow();
      assertThat(waiting.tasks()).extracting(CaseDesk.OpenTask::kind).containsExactly(Flow.Task.Kind.SECOND_LOOK);
      assertThat(waiting.status().outcome()).as("the old one stands").isEqualTo(Outcome.GRANTED);
      assertThat(citizens.verify(String.valueOf(old.code())).orElseThrow().stillValid()).isTrue();
      assertThat(waiting.status().objections().getFirst().grounds()).as("not out yet").isEmpty();
      assertThat(objections.open(reference)).isEmpty();
      CaseTown.signIn(anna, PURPOSE);
      complete(reference, Flow.Task.Kind.SECOND_LOOK, "approve", null);
      assertThat(citizens.verify(String.valueOf(old.code())).orElseThrow().stillValid()).isFalse();
      var rest = status(reference);
      assertThat(rest.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(rest.state()).as("the rest is open").isEqualTo(VisibleState.DECIDED);
      assertThat(objections.open(reference).orElseThrow().choices()).containsExactly(Ruling.REMEDIED, Ruling.FORWARDED,
          Ruling.WITHDRAWN);
      rule(reference, Ruling.REMEDIED, "grant"); // Berta made the decision that is left, so Anna may
      var done = status(reference);
      assertThat(done.state()).isEqualTo(VisibleState.CLOSED);
      assertThat(happened(done)).contains("objection-partly-remedied", "objection-remedied");
      assertThat(desk.open(reference).orElseThrow().decisions()).extracting(CaseDesk.DecisionMade::withdrawn)
          .containsExactly(true, true, false);
      assertThat(done.may()).as("the new decision is a decision").contains(Action.OBJECT);
    });
  }

  @Test
  void whatIsHandedOverStaysOpenUntilTheAuthorityHasRuled() {
    in("objection-elsewhere", false, Set.of(), () -> {
      var reference = granted();
      citizens.object(reference, "");
      assertThat(objections.open(reference).orElseThrow().choices()).doesNotContain(Ruling.REJECTED)
          .contains(Ruling.FORWARDED);
      rule(reference, Ruling.FORWARDED, null); // handing over decides nothing: Anna may
      var elsewhere = status(reference);
      assertThat(elsewhere.objections().getFirst().authority()).isEqualTo("Regierungspräsidium Musterland");
      assertThat(elsewhere.messages().getLast().text()).isEqualTo("Weil es so ist.");
      assertThat(desk.list(CaseDesk.View.OBJECTIONS, null, null, 0).rows()).hasSize(1);
      assertThat(objections.open(reference).orElseThrow().choices()).containsExactly(Ruling.REMEDIED,
          Ruling.PARTLY_REMEDIED, Ruling.UPHELD, Ruling.WITHDRAWN);
      rule(reference, Ruling.UPHELD, null);
      assertThat(status(reference).state()).isEqualTo(VisibleState.CLOSED);
      assertThat(happened(status(reference))).contains("objection-forwarded", "objection-upheld");
    });
  }

  @Test
  void whoComesTooLateIsToldTheLastDayAndMayStillSayWhy() {
    in("objection-late", false, Set.of("bewohnerparkausweis"), () -> {
      var reference = granted();
      jdbc.sql("update case_decision set notified_at = now() - interval '60 days', objection_until = current_date - 20")
          .update();
      var last = LocalDate.now(java.time.ZoneId.of("UTC")).minusDays(20);
      assertThat(status(reference).may()).contains(Action.OBJECT_LATE).doesNotContain(Action.OBJECT);
      assertThat(objections.mayReceive(reference)).isTrue();
      assertThatThrownBy(() -> objections.receive(reference, LocalDate.now().minusDays(90), "", version(reference)))
          .hasMessageContaining("expected a day from");
      objections.receive(reference, LocalDate.now().minusDays(2), "Ich war krank", version(reference));
      var late = status(reference);
      assertThat(late.objections().getFirst().late()).isTrue();
      assertThat(late.messages().getLast().text()).contains("zu spät", CaseLetters.shown(last, Locale.GERMAN));
      assertThat(objections.mayReceive(reference)).as("one at a time").isFalse();
      assertThat(objections.open(reference).orElseThrow().choices()).contains(Ruling.TOO_LATE, Ruling.REJECTED);
      CaseTown.signIn(berta, PURPOSE);
      rule(reference, Ruling.TOO_LATE, null);
      var ended = status(reference);
      assertThat(textOf(citizens.content(reference, ended.documents().getLast().id()).orElseThrow()))
          .contains("Der letzte Tag für einen Widerspruch war der " + CaseLetters.shown(last, Locale.GERMAN), COURT);
      assertThat(happened(ended)).contains("objection-late", "objection-too-late");
    });
  }

  @Test
  void anObjectionCanBeTakenBackAndMadeAgainWithinItsTimeAndEndsWithTheDecision() {
    in("objection-back", false, Set.of(), () -> {
      var reference = granted();
      citizens.object(reference, "Doch nicht gut");
      assertThat(status(reference).may()).contains(Action.WITHDRAW_OBJECTION);
      citizens.withdrawObjection(reference);
      assertThat(status(reference).state()).isEqualTo(VisibleState.CLOSED);
      assertThatThrownBy(() -> citizens.withdrawObjection(reference)).hasMessageContaining("moved on");
      citizens.object(reference, "Noch einmal");
      rule(reference, Ruling.WITHDRAWN, null);
      assertThat(desk.open(reference).orElseThrow().internalNotes()).extracting(CaseDesk.InternalNote::text)
          .contains("Weil es so ist.");
      citizens.object(reference, "Und noch einmal");
      assertThatThrownBy(() -> citizens.object(reference, "zwei auf einmal")).hasMessageContaining("moved on");
      var opened = desk.open(reference).orElseThrow();
      desk.withdrawDecision(reference, opened.decisions().getLast().id(), "war falsch", opened.version());
      assertThat(objections.listOf(reference)).extracting(ObjectionDesk.Objection::ruling)
          .containsExactly(Ruling.WITHDRAWN, Ruling.WITHDRAWN, Ruling.REMEDIED);
      assertThat(desk.open(reference).orElseThrow().tasks()).extracting(CaseDesk.OpenTask::kind)
          .containsExactly(Flow.Task.Kind.DECIDE);
    });
  }
}
