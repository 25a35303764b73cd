package de.citycloud.platform.procedure.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import de.citycloud.platform.identity.Administrator;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.identity.TestStaff;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.exchange.Adopters;
import de.citycloud.platform.procedure.exchange.Publisher;
import de.citycloud.platform.ui.BrowserTest;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A procedure is trusted, adopted, set, started, updated and taken back by hand, without JavaScript. */
class ProcedurePagesTest extends BrowserTest {
  private static final String ROOT = "/pages-adopter/procedures";

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private Publisher publisher;
  @Autowired
  private Adopters adopters;
  @Autowired
  private Procedures procedures;
  @Autowired
  private ApplicationContext program;
  private final List<String> wrong = new ArrayList<>();

  private static String find(String pattern, HttpResponse<String> answer) {
    var found = Pattern.compile(pattern).matcher(answer.body());
    assertThat(found.find()).as("%s in %s", pattern, answer.body()).isTrue();
    return found.group(1);
  }

  private static void leads(HttpResponse<String> answer, String to) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElse("")).endsWith(to);
  }

  @Test
  void aProcedureIsAdoptedByHand() throws Exception {
    var origin = municipalities.ensure("pages-origin", "Marbach", 9, 48, true);
    var town = municipalities.ensure("pages-adopter", "Neckarau", 9, 48, true);
    var first = CurrentMunicipality.call(origin, () -> publisher.publish(Versions.first("pages-origin")).digest());
    try (var staff = TestStaff.signIn(program, port, town, Role.OFFICE_LEAD)) {
      assertThat(staff.get(ROOT + "/adopted").body()).contains("Noch kein Verfahren übernommen");
      assertThat(staff.get(ROOT + "/origins").body()).contains("Im selben Haus", "Marbach");
      var empty = staff.post(ROOT + "/origins", Map.of("address", "", "key", "abc"));
      assertThat(empty.statusCode()).isEqualTo(422);
      assertThat(empty.body()).contains("href=\"#address\"", "href=\"#key\"");
      var wrong = staff.post(ROOT + "/origins", Map.of("address", "pages-origin", "key", "a".repeat(40)));
      assertThat(wrong.statusCode()).isEqualTo(422);
      var key = find("<li class=\"break\">((?:[0-9a-f]{4} ?){10})</li>", wrong);
      leads(staff.post(ROOT + "/origins", Map.of("address", "pages-origin", "key", key)), "/procedures/origins");
      pictures(staff, "origins", "/origins");

      assertThat(staff.get(ROOT + "/catalogue?q=anwohner").body()).contains("Parkausweis", "noch von niemandem");
      assertThat(staff.get(ROOT + "/catalogue?q=hund").body()).contains("Nichts gefunden");
      pictures(staff, "catalogue", "/catalogue");
      var preview = ROOT + "/catalogue/" + first;
      var link = find("href=\"([^\"]*/catalogue/" + first + "[^\"]*)\"", staff.get(ROOT + "/catalogue"));
      var shown = staff.get(link.replace("&amp;", "&"));
      assertThat(shown.body()).contains("Verfahren übernehmen", "Kennzeichen", "§ 45 StVO", "3 Beispielfälle");
      pictures(staff, "preview", link.replace("&amp;", "&").replace(ROOT, ""));
      leads(staff.post(preview, Map.of("origin", find("name=\"origin\" value=\"(\\d+)\"", shown))),
          "/procedures/adopted/parkausweis");

      setUp(staff, first);
      update(staff, origin, first);
      publishingPage(origin);
      assertThat(staff.get("/pages-adopter/audit").statusCode()).isEqualTo(403);
    }
    try (var nobody = new PageVisitor(port); var clerk = TestStaff.signIn(program, port, town, Role.CASEWORKER)) {
      assertThat(nobody.get(ROOT + "/adopted").statusCode()).isEqualTo(302);
      assertThat(clerk.get(ROOT + "/adopted/parkausweis").statusCode()).isEqualTo(403);
      assertThat(wrong).isEmpty();
    }
  }

  private void setUp(PageVisitor staff, String first) throws Exception {
    var adopted = ROOT + "/adopted/parkausweis";
    assertThat(staff.get(adopted).body()).contains("in Vorbereitung", "Die Stelle hat noch keine Anschrift",
        "Wer wofür verantwortlich ist", "§ 8a Absatz 4 OZG");
    var early = staff.post(adopted + "/versions/" + first, Map.of("start", "now"));
    assertThat(early.statusCode()).isEqualTo(422);
    assertThat(early.body()).contains("Die zuständige Stelle fehlt");
    staff.get(adopted + "/office");
    assertThat(staff.post(adopted + "/office", Map.of("key", "Amt 1", "name", "", "address", "x")).statusCode())
        .isEqualTo(422);
    leads(staff.post(adopted + "/office", Map.of("key", "amt", "name", "Bürgeramt", "address", "Marktplatz 1",
        "phone", "07131 1", "email", "", "hours", "")), "/adopted/parkausweis");

    var zones = adopted + "/parameters/zones";
    assertThat(staff.get(zones).body()).contains("name=\"cell.0.zone\"", "Weststadt");
    var rows = new HashMap<String, String>(Map.of("cell.0.zone", "1", "cell.0.name", "West", "cell.0.fee", "dreißig",
        "cell.1.zone", "", "cell.1.name", "", "cell.1.fee", ""));
    var mistake = staff.post(zones, rows);
    assertThat(mistake.statusCode()).isEqualTo(422);
    assertThat(mistake.body()).contains("href=\"#cell-0-fee\"", "dreißig", "Zeile 1");
    rows.put("more", "true");
    assertThat(staff.post(zones, rows).body()).contains("name=\"cell.4.zone\"", "dreißig");
    rows.remove("more");
    rows.put("cell.0.fee", "30,70");
    rows.putAll(Map.of("cell.2.zone", "16", "cell.2.name", "Nord", "cell.2.fee", "10,20"));
    leads(staff.post(zones, rows), "/parameters/zones?set");
    assertThat(staff.get(zones).body()).contains("30,70", "Zurücknehmen");
    pictures(staff, "parameter", "/adopted/parkausweis/parameters/zones");
    var fee = adopted + "/parameters/changeFee";
    assertThat(staff.post(fee, Map.of("value", "500", "day", "31", "month", "2", "year", "2027")).body())
        .contains("href=\"#value\"", "href=\"#day\"", "href=\"#legalSource\"");
    leads(
        staff.post(fee, Map.of("value", "32,00", "day", "1", "month", "1", "year", "2100", "legalSource", "§ 2 GebVO")),
        "/changeFee?set");
    assertThat(staff.get(adopted).body()).contains("ab 1. 1. 2100: 32,00", "§ 2 GebVO");
    var text = adopted + "/texts/section.what";
    staff.get(text);
    assertThat(staff.post(text, Map.of("de", "Nur Deutsch", "en", "", "plain", "")).statusCode()).isEqualTo(422);
    leads(staff.post(text, Map.of("de", "Unser Wort", "en", "Our word", "plain", "")), "/texts");
    leads(staff.post(adopted + "/texts/addendum.fee", Map.of("de", "Bar im Amt", "en", "Cash", "plain", "")), "/texts");
    assertThat(staff.get(adopted + "/texts").body()).contains("Unser Wort", "Bar im Amt");
    pictures(staff, "texts", "/adopted/parkausweis/texts");

    assertThat(staff.get(adopted + "/versions/" + first).body()).contains("Zone 16 costs 10.20 euros", "stimmt")
        .doesNotContain("weicht ab");
    leads(staff.post(adopted + "/versions/" + first, Map.of("start", "now")), "/adopted/parkausweis");
    CurrentMunicipality.run(municipalities.getBySlug("pages-adopter"), () -> {
      var offered = procedures.find(Versions.KEY, Instant.now()).orElseThrow();
      assertThat(offered.ownTexts()).containsKey("section.what");
      assertThat(offered.addenda()).containsKey("fee");
      assertThat(offered.parameters()).containsEntry("changeFee", new BigDecimal("15.00"));
    });
  }

  private void update(PageVisitor staff, Municipality origin, String first) throws Exception {
    var adopted = ROOT + "/adopted/parkausweis";
    var third = CurrentMunicipality.call(origin, () -> publisher.publish(Versions.third("pages-origin")).digest());
    var id = find("/origins/(\\d+)/check", staff.get(ROOT + "/origins"));
    leads(staff.post(ROOT + "/origins/" + id + "/check", Map.of()), "/origins");
    assertThat(staff.get(ROOT + "/adopted").body()).contains("Fassung 2.0.0 ist da");
    staff.get(adopted);
    leads(staff.post(adopted + "/versions", Map.of("digest", third)), "/versions/" + third);
    assertThat(staff.get(adopted + "/versions/" + third).body()).contains("Was sich für uns ändert",
        "Carsharing erlaubt?", "Was noch fehlt", "neu");
    pictures(staff, "version", "/adopted/parkausweis/versions/" + third);
    var blocked = staff.post(adopted + "/versions/" + third, Map.of("start", "now"));
    assertThat(blocked.statusCode()).isEqualTo(422);
    assertThat(blocked.body()).contains("Es fehlen noch Werte", "carSharing");
    staff.get(adopted + "/parameters/carSharing");
    leads(staff.post(adopted + "/parameters/carSharing", Map.of("value", "true")), "/carSharing?set");
    assertThat(
        staff.post(adopted + "/versions/" + third, Map.of("start", "day", "day", "31", "month", "2", "year", "x"))
            .statusCode())
        .isEqualTo(422);
    leads(staff.post(adopted + "/versions/" + third, Map.of("start", "day", "day", "1", "month", "1", "year", "2100")),
        "/adopted/parkausweis");
    var planned = staff.get(adopted);
    assertThat(planned.body()).contains("1. Jan. 2100");
    leads(staff.post(adopted + "/activations/" + find("/activations/(\\d+)/cancel", planned) + "/cancel", Map.of()),
        "/adopted/parkausweis");
    assertThat(staff.post(adopted + "/feedback", Map.of("words", " ")).statusCode()).isEqualTo(422);
    leads(staff.post(adopted + "/feedback", Map.of("words", "Bitte auch für <b>Anhänger</b>.")), "parkausweis?told");
    CurrentMunicipality.run(origin, () -> publisher.withdraw(first, "Die Tabelle ist falsch."));
    staff.get(ROOT + "/origins");
    staff.post(ROOT + "/origins/" + id + "/check", Map.of());
    assertThat(staff.get(adopted).body()).contains("Die Tabelle ist falsch.", "läuft weiter");
    pictures(staff, "procedure", "/adopted/parkausweis");
    pictures(staff, "list", "/adopted");
    staff.get(adopted);
    leads(staff.post(adopted + "/stop", Map.of()), "/adopted/parkausweis");
    assertThat(staff.get(ROOT + "/adopted").body()).contains("nicht angeboten");
  }

  private void publishingPage(Municipality origin) throws Exception {
    CurrentMunicipality.run(municipalities.getBySlug("pages-adopter"),
        () -> assertThat(adopters.deliver()).isPositive());
    try (var publishing = TestStaff.signIn(program, port, origin, Role.OFFICE_LEAD)) {
      var page = publishing.get("/pages-origin/procedures/publishing");
      assertThat(page.body()).contains("Neckarau", "&lt;b&gt;Anhänger", "Zurückgezogen");
      assertThat(publishing.post("/pages-origin/procedures/publishing", Map.of()).statusCode()).isEqualTo(422);
      visitAs(Administrator.session(publishing), Look.DESKTOP, "/pages-origin/procedures/publishing",
          shown -> look(shown, "publishing"));
      visitAs(Administrator.session(publishing), Look.PHONE.english(), "/pages-origin/procedures/publishing",
          shown -> look(shown, "publishing-phone"));
      leads(publishing.post("/pages-origin/procedures/publishing/key", Map.of()), "/procedures/publishing");
      upload(publishing, "new-version.zip", Versions.second("pages-origin"), "parkausweis 1.1.0");
      upload(publishing, "of-another.zip", Versions.first("anderswo"), "gehört einer anderen Kommune");
    }
  }

  private void upload(PageVisitor publishing, String name, byte[] archive, String expected) {
    visitAs(Administrator.session(publishing), Look.DESKTOP.withoutJavaScript(), "/pages-origin/procedures/publishing",
        shown -> {
          shown.setInputFiles("#archive", new FilePayload(name, "application/zip", archive));
          shown.waitForNavigation(() -> shown.locator("form:has(#archive) button[type=submit]").press("Enter"));
          assertThat(shown.locator("main").textContent()).contains(expected);
        });
  }

  private void pictures(PageVisitor staff, String name, String path) {
    for (var each : List.of(Look.DESKTOP, Look.PHONE.english())) {
      visitAs(Administrator.session(staff), each, ROOT + path,
          page -> look(page, name + (each.width() < 600 ? "-phone" : "")));
    }
  }

  /** Keeps what is wrong until the end, so that one run shows all of it. */
  private void look(com.microsoft.playwright.Page page, String name) {
    picture(page, "procedures-" + name);
    for (var check : List.<Runnable>of(() -> assertThat(page.locator("h1").count()).as(name).isOne(),
        () -> assertAccessible(page), () -> assertNoSidewaysScrolling(page))) {
      try {
        check.run();
      } catch (AssertionError e) {
        wrong.add(name + ": " + e.getMessage());
      }
    }
  }
}
