package de.citycloud.platform.procedure.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.identity.Administrator;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.Retention;
import de.citycloud.platform.procedure.RealTown;
import de.citycloud.platform.procedure.Walk;
import de.citycloud.platform.ui.BrowserTest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A4 in a real browser, from both sides of the desk; and how the citizen's pages look on paper and in the dark. */
class BothSidesTest extends BrowserTest {
  private static final LocalDate UNTIL = LocalDate.now(ZoneId.of("Europe/Berlin")).plusDays(14);

  @Autowired
  private ApplicationContext program;
  @Autowired
  private Retention retention;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  private static void follow(Page page, String selector) {
    page.waitForNavigation(() -> page.locator(selector).first().press("Enter"));
  }

  private static void look(Page page, String name) {
    assertThat(page.locator("h1").count()).as(name).isOne();
    assertNoSidewaysScrolling(page);
    assertAccessible(page);
    picture(page, "both-" + name);
  }

  private static String german(LocalDate day) {
    return DateTimeFormatter.ofPattern("d. MMM yyyy", Locale.GERMAN).format(day);
  }

  @Test
  void whatIsMissingStopsTheClockUntilItComesAndTheDecisionNamesItsRemedyAndIsForgottenAfterItsTime()
      throws Exception {
    var town = RealTown.ensure(program, port, "both-sides", "bewohnerparkausweis");
    var office = town.procedure().office();
    town.account("anna", Role.CASEWORKER, office.key());
    town.account("berta", Role.OFFICE_LEAD, office.key());
    var receipt = town.submit(town.answers(), null, false);
    var desk = "/both-sides/desk/" + receipt.reference();
    try (var anna = town.signedIn("anna"); var berta = town.signedIn("berta")) {
      var promised = citizenLooks(receipt, Look.PHONE, "1-in-review", page -> {
        assertThat(page.locator("main").textContent()).contains("In Prüfung", office.name());
        return page.locator(".state__next").textContent();
      });
      assertThat(promised).containsPattern("\\d{1,2}\\. \\p{L}+\\.? 20\\d\\d");

      visitAs(Administrator.session(anna), Look.DESKTOP, desk, page -> {
        look(page, "2-desk-case");
        follow(page, "a[href$='/request']");
        page.locator("#text").fill("Bitte schicken Sie den Fahrzeugschein, beide Seiten.");
        page.locator("#untilDay").fill("" + UNTIL.getDayOfMonth());
        page.locator("#untilMonth").fill("" + UNTIL.getMonthValue());
        page.locator("#untilYear").fill("" + UNTIL.getYear());
        look(page, "3-desk-request");
        follow(page, "main form button.kern-btn--primary");
        assertThat(page.locator("main").textContent()).contains("Fahrzeugschein, beide Seiten");
        look(page, "4-desk-waiting");
      });

      citizenLooks(receipt, Look.PHONE, "5-asked", page -> {
        var main = page.locator("main").textContent();
        assertThat(main).contains("Fahrzeugschein, beide Seiten", german(UNTIL), office.name());
        assertThat(page.locator(".state__next").textContent()).as("nothing is promised while the clock stands")
            .isNotEqualTo(promised).contains(german(UNTIL));
        page.locator("#answer").fill("Hier sind beide Seiten.");
        page.locator("#files").setInputFiles(new FilePayload("fahrzeugschein.pdf", "application/pdf", Walk.pdf()));
        follow(page, "form[action$='/answer'] button");
        assertThat(page.locator("main").textContent()).contains("Antwort ist angekommen", "fahrzeugschein.pdf");
        assertThat(page.locator(".state__next").textContent()).as("no day has passed").isEqualTo(promised);
        look(page, "6-answered");
        return "";
      });

      decide(town, receipt, anna, berta);
    }
    citizenLooks(receipt, Look.DESKTOP.english(), "9-decided", page -> {
      assertThat(page.locator("a[href$='/objection']").count()).isOne();
      var download = page.waitForDownload(() -> page.locator("section[aria-labelledby=documents] a").last()
          .press("Enter"));
      assertDecision(download.path(), receipt);
      return "";
    });
    forgotten(town, receipt);
  }

  private void decide(RealTown town, Walk.Receipt receipt, PageVisitor anna, PageVisitor berta) throws Exception {
    var desk = "/both-sides/desk/" + receipt.reference();
    visitAs(Administrator.session(anna), Look.DESKTOP, desk, page -> {
      follow(page, "a[href*='/tasks/']");
      page.locator("input[name=outcome][value=complete]").press("Space");
      follow(page, "main form button.kern-btn--primary");
      follow(page, "a[href*='/tasks/']");
      page.locator("input[name=outcome][value=refuse]").press("Space");
      page.locator("#grounds").fill("Der Fahrzeugschein gehört zu einem anderen Fahrzeug.");
      follow(page, "main form button.kern-btn--primary");
      look(page, "7-desk-preview");
      follow(page, "main form button.kern-btn--primary");
    });
    for (var task : Walk.tasks(berta, town.slug(), receipt.reference())) {
      assertThat(Walk.work(berta, task, "approve").statusCode()).isEqualTo(302);
    }
    visitAs(Administrator.session(anna), Look.PHONE.english(), desk, page -> look(page, "8-desk-decided"));
  }

  private interface Looking {
    String at(Page page) throws Exception;
  }

  /** Somebody with reference and code, in a browser of their own. */
  private String citizenLooks(Walk.Receipt receipt, Look look, String name, Looking looking) {
    var said = new String[]{""};
    visit(look, "/both-sides/cases", page -> {
      page.locator("#reference").fill(receipt.reference());
      page.locator("#code").fill(receipt.code());
      follow(page, "main form button.kern-btn--primary");
      look(page, name);
      try {
        said[0] = looking.at(page);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    });
    return said[0];
  }

  private static void assertDecision(java.nio.file.Path file, Walk.Receipt receipt) throws IOException {
    try (var pdf = Loader.loadPDF(Files.readAllBytes(file))) {
      assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).as("tagged").isTrue();
      assertThat(pdf.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
      assertThat(new PDFTextStripper().getText(pdf)).contains("Rechtsbehelfsbelehrung", "Widerspruch",
          receipt.reference(), "Der Fahrzeugschein gehört zu einem anderen Fahrzeug.");
    }
  }

  private void forgotten(RealTown town, Walk.Receipt receipt) throws Exception {
    var numbers = JdbcClient.create(owner);
    var cases = "select count(*) from case_file where reference = ?";
    CurrentMunicipality.run(town.municipality(),
        () -> retention.runHere(Instant.now().atOffset(ZoneOffset.UTC).plusMonths(23).toInstant()));
    assertThat(numbers.sql(cases).param(receipt.reference()).query(Integer.class).single()).isOne();
    CurrentMunicipality.run(town.municipality(),
        () -> retention.runHere(Instant.now().atOffset(ZoneOffset.UTC).plusMonths(25).toInstant()));
    assertThat(numbers.sql(cases).param(receipt.reference()).query(Integer.class).single()).isZero();
    visit(Look.PHONE, "/both-sides/cases", page -> {
      page.locator("#reference").fill(receipt.reference());
      page.locator("#code").fill(receipt.code());
      follow(page, "main form button.kern-btn--primary");
      assertThat(page.locator("#error-summary").textContent()).contains("passen nicht zusammen");
    });
    try (var anna = town.signedIn("anna")) {
      assertThat(anna.get("/both-sides/desk/statistics").body()).as("the count remains")
          .contains("Bewohnerparkausweis", "eingegangen:").doesNotContain(receipt.reference());
    }
  }

  /** To look at: start page, form, check and status of a service on a screen, in the dark and on paper. */
  @Test
  @Tag("long")
  void thePagesOfAServiceAreGoodToReadInTheDarkAndOnPaper() throws Exception {
    var town = RealTown.ensure(program, port, "both-sides", "bewohnerparkausweis");
    var receipt = town.submit(town.answers(), null, true);
    for (var look : List.of(Look.DESKTOP, Look.PHONE.english())) {
      visit(look, "/both-sides/services/bewohnerparkausweis", page -> {
        everyWay(page, look, "service");
        follow(page, "main form button.kern-btn--primary");
        everyWay(page, look, "form");
        follow(page, "main form button.kern-btn--primary");
        everyWay(page, look, "form-mistake");
        page.navigate(page.url().replaceFirst("/apply/([^/]+)/.*", "/check/$1"));
        everyWay(page, look, "check-gaps");
        page.navigate(url("/both-sides/cases"));
        everyWay(page, look, "cases");
        page.locator("#reference").fill(receipt.reference());
        page.locator("#code").fill(receipt.code());
        follow(page, "main form button.kern-btn--primary");
        everyWay(page, look, "status");
      });
    }
  }

  private static void everyWay(Page page, Look look, String name) {
    var picture = name + "-" + look.width() + "-" + look.language();
    look(page, picture);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    look(page, picture + "-dark");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT).setMedia(Media.PRINT));
    picture(page, "both-" + picture + "-print");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
  }
}
