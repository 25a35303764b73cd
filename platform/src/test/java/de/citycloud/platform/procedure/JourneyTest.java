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
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Every shipped package from its first page to the decision, once granted and once refused, in both demo towns, with what
 * they really adopted: through the pages of citizens and of staff, as people would.
 */
class JourneyTest extends CityTest {
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
              var receipt = apply(town, procedure, citizen);
              decide(town, receipt.reference(), outcome, lead, caseworker);
              assertResult(town, procedure, outcome, receipt, citizen);
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
    Walk.statePurpose(visitor, town.slug());
    return visitor;
  }

  /** Fills in the form page by page. */
  private Walk.Receipt apply(Municipality town, ResolvedProcedure procedure, PageVisitor citizen) throws Exception {
    var answers = CurrentMunicipality.call(town, () -> answersFor(procedure));
    return Walk.submit(citizen, Walk.fill(citizen, town.slug(), procedure.pack(), answers), "invoice");
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

  /** Both of staff do what is theirs until nothing is left; who decided does not confirm. */
  private void decide(Municipality town, String reference, String outcome, PageVisitor lead, PageVisitor caseworker)
      throws Exception {
    for (int steps = 0; steps < 20; steps++) {
      boolean did = false;
      for (var somebody : List.of(caseworker, lead)) {
        var tasks = Walk.tasks(somebody, town.slug(), reference);
        if (!tasks.isEmpty()) {
          var answer = Walk.work(somebody, tasks.getFirst(), outcome);
          assertThat(answer.statusCode()).as(answer.body()).isIn(302, 422);
          did |= answer.statusCode() == 302;
        }
      }
      if (!did) {
        return;
      }
    }
    throw new AssertionError("The case never ends: " + reference);
  }

  private void assertResult(Municipality town, ResolvedProcedure procedure, String outcome, Walk.Receipt receipt,
      PageVisitor citizen) throws Exception {
    try (var later = new PageVisitor(port)) {
      var at = Walk.open(later, town.slug(), receipt);
      var status = later.get(at).body();
      if (procedure.pack().manifest().intake()) {
        return;
      }
      var documents = DOCUMENT.matcher(status).results().map(match -> match.group(1)).toList();
      assertThat(documents).as(status).isNotEmpty();
      assertDecision(later.download(documents.getLast()), procedure);
      assertThat(citizen.get(at).statusCode()).isEqualTo(200);
    }
  }

  private static void assertDecision(byte[] content, ResolvedProcedure procedure) throws Exception {
    try (var pdf = Loader.loadPDF(content)) {
      assertThat(pdf.getDocumentCatalog().getStructureTreeRoot()).as("tagged").isNotNull();
      assertThat(new PDFTextStripper().getText(pdf)).as("%s names the legal remedy", procedure.pack())
          .contains("Widerspruch");
    }
  }
}
