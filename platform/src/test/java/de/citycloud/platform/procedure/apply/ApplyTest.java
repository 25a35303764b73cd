package de.citycloud.platform.procedure.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import de.citycloud.platform.database.OwnerConnections;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.procedure.Procedures;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.adoption.ShippedProcedures;
import de.citycloud.platform.ui.BrowserTest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A1 as citizens see it, and every shipped service from its first page to the confirmation, without JavaScript. */
class ApplyTest extends BrowserTest {
  private static final String PARKING = "/services/bewohnerparkausweis";
  private static final byte[] PDF = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
      .getBytes(StandardCharsets.US_ASCII);
  private static final Map<String, Object> NEW_PERMIT = Map.ofEntries(Map.entry("applicationKind", "new"),
      Map.entry("permitMonths", "12"), Map.entry("residence", "main"), Map.entry("privateParking", "no"),
      Map.entry("givenName", "Lena"), Map.entry("familyName", "Vogt"), Map.entry("street", "Gartenstraße"),
      Map.entry("houseNumber", "16"), Map.entry("postcode", "74072"), Map.entry("city", "Heilbronn"),
      Map.entry("email", "lena.vogt@post.example"), Map.entry("holder", "self"), Map.entry("plate", "HN-LV 16"));

  @Autowired
  private Municipalities municipalities;
  @Autowired
  private ShippedProcedures shipped;
  @Autowired
  private Procedures procedures;
  @Autowired
  @OwnerConnections
  private DataSource owner;

  @BeforeEach
  void towns() {
    municipalities.ensure("ludwigsburg", "Ludwigsburg", 9.19, 48.9, true);
    municipalities.ensure("heilbronn", "Heilbronn", 9.22, 49.14, true);
    shipped.offer();
    for (var town : List.of("ludwigsburg", "heilbronn")) {
      shipped.adoptDemo(municipalities.getBySlug(town));
    }
  }

  @Test
  void lenaPaysTenTwentyInZoneSixteenOfHeilbronn() {
    var answers = new HashMap<>(NEW_PERMIT);
    answers.put("parkingZone", "16");
    visit(Look.PHONE.withoutJavaScript().english(), "/heilbronn" + PARKING, page -> {
      look(page, Look.PHONE, "service-en");
      walkToCheck(page, answers, Look.PHONE, true);
      assertThat(page.locator(".fee .value").textContent()).contains("10.20");
      look(page, Look.PHONE, "check-en");
      submit(page);
      assertThat(page.locator("#error-summary a").getAttribute("href")).isEqualTo("#pay");
      choose(page.locator("#pay-invoice"));
      submit(page);
      assertThat(page.locator("h1").textContent()).isEqualTo("Your application has arrived");
      look(page, Look.PHONE, "sent-en");
    });
  }

  @Test
  void aliPays120InLudwigsburgAndAPaymentThatAnswersTwiceCountsOnce() {
    visit(Look.DESKTOP.withoutJavaScript(), "/ludwigsburg/services?q=anwohnerparken", page -> {
      look(page, Look.DESKTOP, "services");
      follow(page, ".service-groups a");
      look(page, Look.DESKTOP, "service");
      walkToCheck(page, NEW_PERMIT, Look.DESKTOP, false);
      assertThat(page.locator(".fee .value").textContent()).contains("120,00");
      look(page, Look.DESKTOP, "check");
      choose(page.locator("#pay"));
      submit(page);
      look(page, Look.DESKTOP, "sent");
      var reference = page.locator(".secret").first().textContent();
      var code = page.locator(".secret").nth(1).textContent();
      follow(page, ".pay-now button");
      look(page, Look.DESKTOP, "test-payment");
      follow(page, "button[value=twice]");
      assertThat(page.locator("#payment").textContent()).contains("120,00", "bezahlt").doesNotContain("noch nicht");
      look(page, Look.DESKTOP, "case");
      page.locator("#text").fill("Wann kommt der Ausweis?");
      follow(page, "form[action$='/messages'] button");
      assertThat(page.locator(".talk").textContent()).contains("Wann kommt der Ausweis?");

      page.context().clearCookies();
      page.navigate(url("/ludwigsburg/cases/" + reference));
      assertThat(page.url()).endsWith("/ludwigsburg/cases");
      page.locator("#reference").fill(reference.toLowerCase(Locale.ROOT));
      page.locator("#code").fill(code + "x");
      submit(page);
      assertThat(page.locator("#error-summary").textContent()).contains("passen nicht zusammen");
      look(page, Look.DESKTOP, "cases");
      page.locator("#code").fill(code);
      submit(page);
      assertThat(page.locator("h1").textContent()).isEqualTo("Bewohnerparkausweis");
      follow(page, "a[href$='/withdrawal']");
      look(page, Look.DESKTOP, "withdrawal");
      submit(page);
      assertThat(page.locator(".state h2").textContent()).isEqualTo("Zurückgezogen");
      assertThat(JdbcClient.create(owner).sql("select count(*) from payment where reference = ? and state = 'PAID'")
          .param(reference).query(Integer.class).single()).isOne();
    });
  }

  @Test
  void tenWeeksBeforeExpiryIsRefusedWithTheDateFromWhichItIsPossible() {
    var until = LocalDate.now(ZoneId.of("Europe/Berlin")).plusWeeks(10);
    var answers = new HashMap<>(NEW_PERMIT);
    answers.putAll(Map.of("applicationKind", "renewal", "permitNumber", "4711", "validUntil", until.toString()));
    visit(Look.PHONE.withoutJavaScript(), "/ludwigsburg" + PARKING, page -> {
      walkToCheck(page, answers, Look.PHONE, false);
      var possible = until.minusWeeks(8);
      assertThat(page.locator(".refused").textContent())
          .contains(DateTimeFormatter.ofPattern("d. MMMM yyyy", Locale.GERMAN).format(possible));
      assertThat(page.locator("main form").count()).as("nothing to send").isZero();
      look(page, Look.PHONE, "refused");
    });
  }

  @Test
  void everyShippedServiceLeadsFromItsFirstPageToTheConfirmation() {
    for (var key : shipped.listKeys()) {
      var procedure = de.citycloud.platform.municipality.CurrentMunicipality
          .call(municipalities.getBySlug("ludwigsburg"), () -> procedures.find(key, java.time.Instant.now()));
      assertThat(procedure).as(key).isPresent();
      for (var answers : answersOf(procedure.orElseThrow())) {
        visit(Look.PHONE.withoutJavaScript(), "/ludwigsburg/services/" + key, page -> {
          look(page, Look.PHONE, key);
          walkToCheck(page, answers, Look.PHONE, true);
          assertThat(page.locator(".error-summary").count()).as(key + page.locator("main").textContent()).isZero();
          if (page.locator("#pay-invoice").count() > 0) {
            choose(page.locator("#pay-invoice"));
          }
          submit(page);
          assertThat(page.locator("h1").textContent()).as(key).isEqualTo("Ihr Antrag ist angekommen");
          look(page, Look.PHONE, key + "-sent");
        });
      }
    }
  }

  /** Answers of the first example that is sent and granted. */
  private static List<Map<String, Object>> answersOf(ResolvedProcedure procedure) {
    return procedure.pack().examples().stream()
        .filter(example -> example.invalid().isEmpty() && !Boolean.FALSE.equals(example.eligible())
            && !example.states().isEmpty())
        .limit(1).map(example -> example.answers()).toList();
  }

  @Test
  void hostileAndForeignCallsGetAClearAnswer() throws Exception {
    var id = UUID.randomUUID();
    try (var visitor = new PageVisitor(port)) {
      var service = visitor.get("/ludwigsburg" + PARKING);
      assertThat(service.statusCode()).isEqualTo(200);
      assertThat(visitor.get("/ludwigsburg/services/no-such-service").statusCode()).isEqualTo(404);
      assertThat(visitor.get("/ludwigsburg/services/" + "x".repeat(500)).statusCode()).isEqualTo(404);
      assertThat(visitor.get("/ludwigsburg" + PARKING + "/apply/" + id + "/kind").statusCode()).isEqualTo(404);
      assertThat(visitor.get("/ludwigsburg" + PARKING + "/apply/not-a-draft/kind").statusCode()).isBetween(400, 404);
      assertThat(visitor.get("/ludwigsburg" + PARKING + "/return/" + id + "/0123").statusCode()).isEqualTo(404);
      visitor.get("/ludwigsburg" + PARKING);
      var begun = visitor.post("/ludwigsburg" + PARKING + "/apply", Map.of()).headers().firstValue("Location")
          .orElseThrow().replaceFirst("^https?://[^/]+", "");
      var cookies = service.headers();
      assertThat(cookies.allValues("Set-Cookie")).allMatch(cookie -> cookie.contains("SameSite"));
      assertThat(visitor.get(begun).statusCode()).isEqualTo(200);
      assertThat(visitor.get(begun.replace("/ludwigsburg/", "/heilbronn/")).statusCode()).isEqualTo(404);
      var wrong = visitor.post(begun, Map.of("applicationKind", "<script>alert(1)</script>\u0000'; drop"));
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).doesNotContain("<script>alert").contains("error-summary");
      assertThat(visitor.post(begun, Map.of()).statusCode()).isEqualTo(422);
      var check = begun.replaceFirst("/apply/([^/]+)/.*", "/check/$1");
      assertThat(visitor.get(check).body()).contains("fehlt noch etwas");
      assertThat(visitor.post(check, Map.of("pay", "invoice")).statusCode()).isEqualTo(422);
      try (var stranger = new PageVisitor(port)) {
        assertThat(stranger.get(begun).statusCode()).as("without the cookie").isEqualTo(404);
        assertThat(stranger.get(check).statusCode()).isEqualTo(404);
      }
      var saved = begun.replaceFirst("/apply/([^/]+)/.*", "/saved/$1");
      visitor.get(saved);
      var link = visitor.post(saved, Map.of()).body()
          .replaceFirst("(?s).*http://[^/]+(/ludwigsburg/services/[^<]*/return/[^<]+)<.*", "$1");
      try (var later = new PageVisitor(port)) {
        assertThat(later.get(link).body()).contains("Weitermachen");
        var back = later.post(link, Map.of()).headers().firstValue("Location").orElseThrow();
        assertThat(back).contains("/apply/");
        assertThat(later.get(begun).statusCode()).isEqualTo(200);
        assertThat(visitor.get(begun).statusCode()).as("the old browser is let go").isEqualTo(404);
      }
      visitor.get("/ludwigsburg/cases");
      for (var reference : List.of("", "2026-7K3F-9QXD", "x".repeat(5000), "2026-7K3F-9QX\u0000")) {
        assertThat(visitor.post("/ludwigsburg/cases", Map.of("reference", reference, "code", "abcd")).statusCode())
            .isEqualTo(422);
      }
      visitor.get("/ludwigsburg/verify");
      assertThat(visitor.post("/ludwigsburg/verify", Map.of("code", "ABCD-EFGH")).body()).contains("kennen wir kein");
      assertThat(visitor.post("/ludwigsburg/verify", Map.of("code", "")).statusCode()).isEqualTo(422);
      assertThat(visitor.post("/ludwigsburg/payments/test/notification", Map.of("a", "b")).statusCode()).isEqualTo(403);
    }
  }

  private void walkToCheck(Page page, Map<String, Object> answers, Look look, boolean mistakes) {
    submit(page);
    for (int i = 0; i < 25 && page.url().contains("/apply/"); i++) {
      assertThat(page.locator("h1").count()).isOne();
      assertNoSidewaysScrolling(page);
      if (mistakes && i < 3) {
        submit(page);
        if (page.locator("#error-summary").count() > 0) {
          assertThat(page.title())
              .startsWith(look.equals(Look.PHONE) && page.title().startsWith("Error") ? "Error" : "Fehler");
          look(page, look, "step-mistake-" + i);
        } else {
          continue;
        }
      }
      fill(page, answers);
      if (i < 2) {
        look(page, look, "step-" + i);
      }
      submit(page);
      assertThat(page.locator("#error-summary").count())
          .as("%s: %s", page.url(), page.locator("main").textContent()).isZero();
    }
    assertThat(page.url()).contains("/check/");
  }

  private static void submit(Page page) {
    follow(page, "main form button.kern-btn--primary, main form button.button--danger");
  }

  /** By keyboard, and the next page is there when this returns. */
  private static void follow(Page page, String selector) {
    page.waitForNavigation(() -> page.locator(selector).first().press("Enter"));
  }

  /** Fills what the page asks; without an answer the first option, or a date and a number that are valid. */
  private static void fill(Page page, Map<String, Object> answers) {
    for (var field : page.locator("main form [name]:not([type=hidden]):not(button)").all()) {
      var name = field.getAttribute("name");
      var type = String.valueOf(field.getAttribute("type"));
      var key = name.replaceAll("\\.(day|month|year)$", "");
      var answer = answers.get(key);
      if (type.equals("radio") || type.equals("checkbox")) {
        tick(page, field, name, answer);
      } else if (type.equals("file")) {
        if (answer != null && page.locator("button[name=remove]").count() == 0) {
          field.setInputFiles(new FilePayload("beleg.pdf", "application/pdf", PDF));
        }
      } else if (field.evaluate("e => e.tagName").equals("SELECT")) {
        choose(field, answer);
      } else if (answer != null) {
        var date = name.equals(key) ? null : LocalDate.parse(answer.toString());
        field.fill(date == null
            ? answer.toString().replace(type.equals("text") && answer instanceof java.math.BigDecimal ? "." : "\u0001",
                ",")
            : "" + (name.endsWith("day")
                ? date.getDayOfMonth()
                : name.endsWith("month") ? date.getMonthValue() : date.getYear()));
      }
    }
  }

  /** An answer of another town, whose choices differ, counts as none: then the first one. */
  private static void tick(Page page, Locator field, String name, @org.jspecify.annotations.Nullable Object answer) {
    var value = field.getAttribute("value");
    var group = page.locator("[name='" + name + "']");
    boolean wanted;
    if (answer instanceof List<?> list) {
      wanted = list.contains(value);
    } else if ("radio".equals(field.getAttribute("type")) && (answer == null
        || group.all().stream().noneMatch(each -> answer.toString().equals(each.getAttribute("value"))))) {
      wanted = page.locator("[name='" + name + "']:checked").count() == 0;
    } else {
      wanted = answer != null && answer.toString().equals(value);
    }
    if (wanted) {
      choose(field);
    }
  }

  /** By keyboard. */
  private static void choose(Locator field) {
    if (!field.isChecked()) {
      field.press("Space");
    }
    assertThat(field.isChecked()).isTrue();
  }

  private static void choose(Locator field, @org.jspecify.annotations.Nullable Object answer) {
    var values = field.locator("option").all().stream().map(option -> option.getAttribute("value")).toList();
    field.selectOption(answer != null && values.contains(answer.toString()) ? answer.toString() : values.get(1));
  }

  private static void look(Page page, Look look, String name) {
    assertThat(page.locator("h1").count()).as(name).isOne();
    assertNoSidewaysScrolling(page);
    assertAccessibleWithoutJavaScript(page, look);
    picture(page, "apply-" + name);
  }
}
