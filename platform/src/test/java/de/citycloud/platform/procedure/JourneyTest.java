package de.citycloud.platform.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.identity.TestStaff;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.municipality.Office;
import de.citycloud.platform.municipality.Offices;
import de.citycloud.platform.procedure.adoption.ShippedProcedures;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Every shipped package from its first page to the decision, once granted and once refused, in both demo towns, with what
 * they really adopted: through the pages of citizens and of staff, as people would.
 */
class JourneyTest extends CityTest {
  private static final Pattern TASK = Pattern.compile("href=\"(/[a-z]+/desk/[0-9A-Z-]+/tasks/\\d+)\"");
  private static final Pattern CHOICE = Pattern.compile("name=\"outcome\"[^>]*value=\"([A-Za-z]+)\"|"
      + "value=\"([A-Za-z]+)\"[^>]*name=\"outcome\"");
  private static final Pattern DOCUMENT = Pattern.compile("href=\"(/[a-z]+/cases/[0-9A-Z-]+/documents/\\d+)\"");

  @Autowired
  private ApplicationContext program;
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private ShippedProcedures shipped;
  @Autowired
  private Procedures procedures;
  @Autowired
  private ProcedureRules rules;
  @Autowired
  private Offices offices;

  @Test
  void everyShippedPackageGoesFromTheFirstPageToTheDecisionInBothTowns() throws Exception {
    var towns = List.of(municipalities.ensure("ludwigsburg", "Ludwigsburg", 9.19, 48.9, true),
        municipalities.ensure("heilbronn", "Heilbronn", 9.22, 49.14, true));
    shipped.offer();
    var walked = new ArrayList<String>();
    for (var town : towns) {
      shipped.adoptDemo(town);
      var offered = CurrentMunicipality.call(town, () -> procedures.listOffered(Instant.now()));
      int first = TestStaff.make(program, town, "office_lead", Role.OFFICE_LEAD);
      int second = TestStaff.make(program, town, "caseworker", Role.CASEWORKER);
      CurrentMunicipality.run(town, () -> offered.forEach(one -> letWork(one, first, second)));
      try (var lead = reader(town, "office_lead"); var caseworker = reader(town, "caseworker")) {
        for (var procedure : offered) {
          for (var outcome : procedure.pack().manifest().intake() ? List.of("done") : List.of("grant", "refuse")) {
            try (var citizen = new PageVisitor(port)) {
              var code = apply(town, procedure, citizen);
              decide(town, code.getFirst(), outcome, lead, caseworker);
              assertResult(town, procedure, outcome, code, citizen);
              walked.add(town.slug() + " " + procedure.key() + " " + outcome);
            }
          }
        }
      }
    }
    for (var town : towns) {
      for (var key : shipped.listKeys()) {
        assertThat(walked).as("every shipped package in both towns").anyMatch(
            one -> one.startsWith(town.slug() + " " + key));
      }
    }
  }

  private void letWork(ResolvedProcedure procedure, int... accounts) {
    var own = procedure.office();
    offices.ensure(new Office(own.key(), own.name(), own.address(), own.phone(), own.email(), own.hours()));
    procedure.pack().offices().forEach((key, name) -> offices.ensure(new Office(key, name.de(), "", "", "", "")));
    for (var account : accounts) {
      offices.listAll().forEach(office -> offices.join(office.key(), account));
    }
  }

  private PageVisitor reader(Municipality town, String name) throws Exception {
    var visitor = TestStaff.signedIn(program, port, town, name);
    visitor.get("/" + town.slug() + "/purpose");
    assertThat(visitor.post("/" + town.slug() + "/purpose",
        Map.of("purpose", "CASE_WORK", "reference", "Vorgänge des Tages", "next", "")).statusCode()).isEqualTo(302);
    return visitor;
  }

  /** Fills in the form page by page. @return reference and access code */
  private List<String> apply(Municipality town, ResolvedProcedure procedure, PageVisitor citizen) throws Exception {
    var answers = CurrentMunicipality.call(town, () -> answersFor(procedure));
    var start = "/" + town.slug() + "/services/" + procedure.key();
    assertThat(citizen.get(start).body()).contains(procedure.pack().manifest().action().de());
    var at = location(citizen.post(start + "/apply", Map.of()));
    for (int pages = 0; !at.contains("/check/") && pages < 60; pages++) {
      var page = citizen.get(at);
      at = page.statusCode() == 302 ? location(page) : location(send(procedure, citizen, at, page.body(), answers));
    }
    var check = citizen.get(at);
    assertThat(check.statusCode()).as(check.body()).isEqualTo(200);
    var sent = citizen.get(location(citizen.post(at, check.body().contains("name=\"pay\"")
        ? Map.of("pay", "invoice")
        : Map.of()))).body();
    var reference = Pattern.compile("20\\d\\d-[2-9A-Z]{4}-[2-9A-Z]{4}").matcher(sent);
    assertThat(reference.find()).as(sent).isTrue();
    var code = Pattern.compile("class=\"secret break\"[^>]*>([^<]+)<").matcher(sent);
    assertThat(code.find()).as(sent).isTrue();
    return List.of(reference.group(), code.group(1));
  }

  /** The answers of the first example case with which one may apply today. */
  private Map<String, Object> answersFor(ResolvedProcedure procedure) {
    var now = ProcedureRules.local(Instant.now());
    for (var example : procedure.pack().examples()) {
      var answers = rules.onlyAsked(procedure, example.answers());
      if (rules.check(procedure, answers, Locale.GERMAN).isEmpty()
          && rules.assess(procedure, answers, now).eligible()) {
        return answers;
      }
    }
    throw new AssertionError("No example case of %s can be sent on %s.".formatted(procedure.pack(), now));
  }

  private HttpResponse<String> send(ResolvedProcedure procedure, PageVisitor citizen, String path, String page,
      Map<String, Object> answers) throws Exception {
    var fields = new LinkedHashMap<String, List<String>>();
    var files = new LinkedHashMap<String, byte[]>();
    for (var field : procedure.pack().fields().values()) {
      var answer = answers.get(field.key());
      boolean shown = page.contains("name=\"" + field.key() + "\"")
          || page.contains("name=\"" + field.key() + ".day\"");
      if (shown && answer != null) {
        switch (answer) {
          case LocalDate date -> {
            fields.put(field.key() + ".day", List.of("" + date.getDayOfMonth()));
            fields.put(field.key() + ".month", List.of("" + date.getMonthValue()));
            fields.put(field.key() + ".year", List.of("" + date.getYear()));
          }
          case BigDecimal number -> fields.put(field.key(), List.of(number.toPlainString().replace('.', ',')));
          case List<?> several when field.type() == Field.Type.FILE -> files.put(field.key(), pdf());
          case List<?> several -> fields.put(field.key(), several.stream().map(Object::toString).toList());
          default -> fields.put(field.key(), List.of(answer.toString()));
        }
      }
    }
    var answer = citizen.postFiles(path, fields, files);
    assertThat(answer.statusCode()).as("%s %s: %s", procedure.pack(), path, answer.body()).isEqualTo(302);
    return answer;
  }

  /** Both of staff do what is theirs until nothing is left; who decided does not confirm. */
  private void decide(Municipality town, String reference, String outcome, PageVisitor lead, PageVisitor caseworker)
      throws Exception {
    var path = "/" + town.slug() + "/desk/" + reference;
    for (int steps = 0; steps < 20; steps++) {
      boolean did = false;
      for (var somebody : List.of(caseworker, lead)) {
        var opened = somebody.get(path);
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
        var task = TASK.matcher(opened.body());
        if (task.find()) {
          did |= work(somebody, task.group(1), outcome);
        }
      }
      if (!did) {
        return;
      }
    }
    throw new AssertionError("The case never ends: " + reference);
  }

  private static boolean work(PageVisitor somebody, String task, String wanted) throws Exception {
    var page = somebody.get(task).body();
    var choices = CHOICE.matcher(page).results().map(match -> match.group(1) == null ? match.group(2) : match.group(1))
        .toList();
    assertThat(choices).as(page).isNotEmpty();
    var outcome = choices.contains(wanted) ? wanted : choices.getFirst();
    var version = Pattern.compile("name=\"version\" value=\"(\\d+)\"").matcher(page);
    assertThat(version.find()).isTrue();
    var answer = somebody.post(task, Map.of("outcome", outcome, "version", version.group(1), "text", "In Ordnung.",
        "grounds", "Die Voraussetzungen sind geprüft.", "conditions", "", "step", "send"));
    assertThat(answer.statusCode()).as(answer.body()).isIn(302, 422);
    return answer.statusCode() == 302;
  }

  private void assertResult(Municipality town, ResolvedProcedure procedure, String outcome, List<String> code,
      PageVisitor citizen) throws Exception {
    try (var later = new PageVisitor(port)) {
      later.get("/" + town.slug() + "/cases");
      var found = later.post("/" + town.slug() + "/cases", Map.of("reference", code.get(0), "code", code.get(1)));
      assertThat(found.statusCode()).as(found.body()).isEqualTo(302);
      var status = later.get(location(found)).body();
      if (procedure.pack().manifest().intake()) {
        return;
      }
      var documents = DOCUMENT.matcher(status).results().map(match -> match.group(1)).toList();
      assertThat(documents).as(status).isNotEmpty();
      assertDecision(later.download(documents.getLast()), procedure);
      assertThat(citizen.get(location(found)).statusCode()).isEqualTo(200);
    }
  }

  private static void assertDecision(byte[] content, ResolvedProcedure procedure) throws Exception {
    try (var pdf = Loader.loadPDF(content)) {
      assertThat(pdf.getDocumentCatalog().getStructureTreeRoot()).as("tagged").isNotNull();
      assertThat(new PDFTextStripper().getText(pdf)).as("%s names the legal remedy", procedure.pack())
          .contains("Widerspruch");
    }
  }

  private static byte[] pdf() throws Exception {
    try (var document = new PDDocument(); var bytes = new ByteArrayOutputStream()) {
      document.addPage(new PDPage());
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return answer.headers().firstValue("Location").orElse("").replaceFirst("^https?://[^/]+", "");
  }
}
