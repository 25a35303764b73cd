package de.citycloud.platform.procedure.rules;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.PackageFiles;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.pack.Words;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PackageProcedureRulesTest {
  private static final Locale DE = Locale.GERMAN;
  private static final LocalDateTime NOON = LocalDateTime.of(2026, 10, 1, 12, 0);
  private final ProcedureRules rules = new PackageProcedureRules();
  private final ResolvedProcedure procedure = resolved(PackageFiles.parkausweis().get());

  static ResolvedProcedure resolved(ProcedurePackage pack) {
    var parameters = new HashMap<String, Object>();
    pack.parameters().forEach((key, parameter) -> {
      if (parameter.standard() != null) {
        parameters.put(key, parameter.standard());
      }
    });
    return new ResolvedProcedure(pack, 0, parameters, Map.of(), Map.of(),
        new ResolvedProcedure.OfficeInfo("buergerbuero",
            "Bürgerbüro", "Wilhelmstraße 11", "07141 910-0", "buergerbuero@ludwigsburg.example", "Mo–Fr 8–12 Uhr"),
        LocalDate.of(2026, 10, 1));
  }

  private Field.Step step(String key) {
    return procedure.pack().steps().stream().filter(one -> one.key().equals(key)).findFirst().orElseThrow();
  }

  private ProcedureRules.Reading read(String step, Map<String, Object> before, Map<String, List<String>> sent) {
    return rules.read(procedure, step(step), before, sent, DE);
  }

  @Test
  void allExampleCasesPass() {
    assertThat(rules.runExamples(procedure)).hasSize(3).allSatisfy(
        result -> assertThat(result.failures()).as(result.name()).isEmpty());
  }

  @Test
  void anExampleThatExpectsSomethingElseFails() {
    var wrong = PackageFiles.parkausweis().replace("examples/granted.json", "\"fee\": \"10.20\"", "\"fee\": \"11.20\"")
        .replace("examples/granted.json", "\"HN-LV 16\", \"31.", "\"LB-XX 1\", \"31.")
        .replace("examples/too-early.json", "\"reason\": \"too-early\"", "\"reason\": \"received\"")
        .replace("examples/refused.json", "\"IN_REVIEW\", ", "");
    assertThat(rules.runExamples(resolved(wrong.get())).stream().flatMap(one -> one.failures().stream()))
        .containsExactly("The fee is 10.20, expected 11.20.", "The decision does not contain \"LB-XX 1\".",
            "states: [RECEIVED, IN_REVIEW, DECIDED, CLOSED], expected [RECEIVED, DECIDED, CLOSED].",
            "reason: too-early, expected received.");
  }

  @Test
  void aFormIsReadWithTheFieldsThatAreAsked() {
    assertThat(read("request", Map.of(), Map.of("kind", List.of("renewal"), "expires.day", List.of("10"),
        "expires.month", List.of("12"), "expires.year", List.of("2026"), "zoneWanted", List.of("16"))).values())
        .containsExactly(Map.entry("kind", "renewal"), Map.entry("expires", LocalDate.of(2026, 12, 10)),
            Map.entry("zoneWanted", "16"));
    assertThat(read("request", Map.of(), Map.of("kind", List.of("new"), "expires.day", List.of("10"),
        "zoneWanted", List.of("1"))).values()).containsOnlyKeys("kind", "zoneWanted");
    assertThat(rules.stepsOf(procedure, Map.of("kind", "change"))).extracting(Field.Step::key)
        .containsExactly("request", "person", "end");
    assertThat(rules.onlyAsked(procedure, Map.of("kind", "change", "documents", List.of("id"), "plate", "LB-A 1")))
        .containsOnlyKeys("kind", "plate");
  }

  @Test
  void mistakesSayWhatToDo() {
    assertThat(read("request", Map.of(), Map.of("kind", List.of("renewal"), "expires.day", List.of("31"),
        "expires.month", List.of("2"), "expires.year", List.of("2026"), "zoneWanted", List.of("99"))).errors())
        .containsExactly(
            new FieldError("expires",
                "Geben Sie bei „Gültig bis“ einen Tag ein, den es gibt: Tag, Monat und Jahr, zum Beispiel 3 12 2026."),
            new FieldError("zoneWanted", "Wählen Sie bei „Zone“ eine der Möglichkeiten aus."));
    var person = read("person", Map.of(), Map.of("familyName", List.of("x".repeat(61)), "plate", List.of("LB 1"),
        "email", List.of("ali@"), "years", List.of("3"), "price", List.of("12,345.678")));
    assertThat(person.errors()).containsExactly(
        new FieldError("familyName", "Kürzen Sie „Familienname“ auf höchstens 60 Zeichen. Es sind 61."),
        new FieldError("plate", "Geben Sie das Kennzeichen ein, zum Beispiel LB-AB 123."),
        new FieldError("email",
            "Geben Sie bei „E-Mail“ eine E-Mail-Adresse ein, zum Beispiel vorname.nachname@example.org."),
        new FieldError("years", "Geben Sie bei „Jahre“ höchstens 2 ein."),
        new FieldError("price", "Geben Sie bei „Wert“ einen Betrag in Euro ein, zum Beispiel 30,70."));
    assertThat(read("end", Map.of(), Map.of()).errors()).containsExactly(
        new FieldError("truth", "Setzen Sie das Häkchen bei „Alles stimmt“, um fortzufahren."));
    assertThat(rules.check(procedure, Map.of("kind", "new"), Locale.ENGLISH)).extracting(FieldError::message)
        .contains("Fill in “Family name”.", "Choose one of the options for “Zone”.");
  }

  @Test
  void numbersAreReadAsPeopleWriteThem() {
    Map.of("1.234,50", "1234.50", "1,234.50", "1234.50", "12,5", "12.50", "12.5 €", "12.50", "1.234", "1234.00", "7",
        "7.00").forEach(
            (sent, read) -> assertThat(read("person", Map.of(), Map.of("price", List.of(sent))).values())
                .as(sent).containsEntry("price", new BigDecimal(read)));
  }

  @Test
  void hugeAndStrangeAnswersAreRefusedAtOnce() {
    var huge = "x".repeat(10 << 20);
    long start = System.nanoTime();
    var reading = read("person", Map.of(), Map.of("familyName", List.of(huge), "plate", List.of(huge), "price",
        List.of("9".repeat(10 << 20)), "years", List.of("1e999999999")));
    assertThat(reading.errors()).hasSize(4);
    assertThat(reading.values()).isEmpty();
    assertThat(rules.check(procedure, Map.of("kind", 7, "zoneWanted", "16\u0000", "familyName", "a\u0007b", "plate",
        huge, "years", "2", "documents", List.of("id", "id")), DE)).extracting(FieldError::field)
        .contains("kind", "zoneWanted", "familyName", "plate", "years", "documents");
    assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
  }

  @Test
  void tablesSayWhetherOneMayApplyAndWhatItCosts() {
    var renewal = Map.<String, Object>of("kind", "renewal", "expires", LocalDate.of(2026, 12, 10), "zoneWanted", "16");
    var early = rules.assess(procedure, renewal, NOON);
    assertThat(early).isEqualTo(new Assessment(false, "too-early", Map.of("possibleFrom", LocalDate.of(2026, 10, 15)),
        new BigDecimal("0.00"), null));
    assertThat(rules.assess(procedure, renewal, NOON.plusDays(14))).isEqualTo(
        new Assessment(true, null, Map.of(), new BigDecimal("10.20"), "fee-zone"));
    assertThat(
        rules.text(procedure, Objects.requireNonNull(procedure.pack().texts().get("too-early")), early.values(), DE))
        .isEqualTo("Verlängern können Sie ab 15. Oktober 2026.");
    assertThat(rules.text(procedure, Objects.requireNonNull(procedure.pack().texts().get("too-early")), early.values(),
        Locale.ENGLISH))
        .isEqualTo("You can renew from 15 October 2026.");
  }

  @Test
  void sectionsBecomeSafeHtml() {
    assertThat(rules.section(procedure, "fee", DE, false))
        .isEqualTo("""
                   <p>Zonen:</p>
                   <ul>
                   <li>Weststadt: 30,70\u00a0€</li>
                   <li>Nordstadt: 10,20\u00a0€</li>
                   </ul>
                   <p>Ändern kostet 15,00\u00a0€. Mehr <a href="https://ludwigsburg.example/parken">beim Amt</a>.</p>
                   """);
    assertThat(rules.section(procedure, "what", DE, true)).isEqualTo("<p>Sie dürfen parken.</p>\n");
    assertThat(rules.section(procedure, "notes", DE, false)).isEmpty();
    var own = new ResolvedProcedure(procedure.pack(), 0, procedure.parameters(),
        Map.of("section.what", new Words("<b>Ja</b> [x](javascript:alert) {{broken", "yes", null)),
        Map.of("what", new Words("Auch am Samstag.", "On Saturdays, too.", null)), procedure.office(), procedure.on());
    assertThat(rules.section(own, "what", DE, false)).isEqualTo(
        "<p>&lt;b&gt;Ja&lt;/b&gt; [x](javascript:alert) {{broken</p>\n<p>Auch am Samstag.</p>\n");
  }

  @Test
  void documentsEscapeAnswers() {
    var answers = Map.<String, Object>of("familyName", "</p><script>{{plate}}</script>\u0000", "plate", "LB-A 1",
        "zoneWanted", "16");
    var html = rules.document(procedure, "decision", answers, Map.of("outcomeRefused", true, "outcomeGranted", false,
        "grounds", "Erstens\nZweitens", "fee", new BigDecimal("0.00"), "objectionUntil", LocalDate.of(2026, 12, 3)),
        DE);
    assertThat(html).contains("&lt;/p&gt;&lt;script&gt;{{plate}}&lt;/script&gt;", "Erstens<br/>Zweitens",
        "bis 3. Dezember 2026").doesNotContain("gilt in Zone", "Gebühr", "<script");
    assertThat(rules.document(procedure, "decision", answers, Map.of("fee", new BigDecimal("10.2")), Locale.ENGLISH))
        .contains("The fee is €10.20.");
  }

  @Test
  void answersAreShownInWords() {
    var fields = procedure.pack().fields();
    assertThat(rules.display(procedure, Objects.requireNonNull(fields.get("kind")), "change", DE)).isEqualTo("Ändern");
    assertThat(rules.display(procedure, Objects.requireNonNull(fields.get("zoneWanted")), "16", DE))
        .isEqualTo("Nordstadt");
    assertThat(
        rules.display(procedure, Objects.requireNonNull(fields.get("documents")), List.of("id", "car"), Locale.ENGLISH))
        .isEqualTo("ID card, Car papers");
    assertThat(rules.display(procedure, Objects.requireNonNull(fields.get("price")), new BigDecimal("1234.5"), DE))
        .isEqualTo("1.234,50\u00a0€");
    assertThat(rules.display(procedure, Objects.requireNonNull(fields.get("expires")), LocalDate.of(2026, 12, 3), DE))
        .isEqualTo("3. Dezember 2026");
    assertThat(rules.display(procedure, Objects.requireNonNull(fields.get("truth")), true, DE)).isEqualTo("Ja");
  }

  @Test
  void answersSurviveJson() {
    var answers = Map.<String, Object>of("kind", "new", "expires", LocalDate.of(2026, 12, 3), "years",
        new BigDecimal("2"), "documents", List.of("id"), "truth", true);
    assertThat(Answers.ofJson(procedure.pack(), Answers.toJson(answers))).isEqualTo(answers);
  }
}
