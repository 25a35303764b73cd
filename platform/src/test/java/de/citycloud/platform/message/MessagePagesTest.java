package de.citycloud.platform.message;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.identity.Administrator;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.SetUpLinks;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.ui.BrowserTest;
import de.citycloud.platform.ui.PagePdf;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class MessagePagesTest extends BrowserTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private SetUpLinks links;
  @Autowired
  private Messages messages;
  @Autowired
  private Outbox outbox;
  @Autowired
  private PagePdf pdf;

  private long mail(Municipality town) {
    return CurrentMunicipality.call(town, () -> {
      messages.print(List.of("Anna Beispiel", "Marktplatz 1", "71999 Poststadt"),
          new Text("test", Locale.GERMAN, List.of("Anna"), null, "letter 1"));
      return messages.send(new MailAddress("erika@post.example"),
          new Text("test", Locale.GERMAN, List.of("Erika <b>"), null, "report 7"));
    });
  }

  @Test
  void theDemoShowsWhatWouldBeSentAndARealTownOnlyWhatBecameOfIt() throws Exception {
    var demo = municipalities.ensure("post-demo", "Demostadt", 9, 48, true);
    var real = municipalities.ensure("post-real", "Echtstadt", 9, 48, false);
    long shown = mail(demo);
    long hidden = mail(real);
    try (var admin = Administrator.signIn(port, links, demo); var other = Administrator.signIn(port, links, real)) {
      assertThat(admin.get("/post-demo/messages").body()).contains("erika@post.example", "report 7", "wartet",
          "Hier steht, was hinausginge", "71999 Poststadt");
      assertThat(admin.get("/post-demo/messages/" + shown).body()).contains("Guten Tag Erika &lt;b&gt;,")
          .doesNotContain("<b>,");
      assertThat(other.get("/post-real/messages").body()).contains("e…@post.example").doesNotContain("erika@");
      assertThat(other.get("/post-real/messages/" + hidden).body()).doesNotContain("Guten Tag", "erika@", "Erika");
      assertThat(other.get("/post-real/messages/" + shown).statusCode()).as("of another town").isEqualTo(404);
      assertThat(other.get("/post-real/messages/999999999999").statusCode()).isEqualTo(404);
      assertThat(other.get("/post-real/messages/x").statusCode()).isEqualTo(400);
    }
    try (var visitor = new PageVisitor(port)) {
      assertThat(visitor.get("/post-real/messages").statusCode()).isEqualTo(302);
    }
  }

  @Test
  void aLetterIsPrintedOnceAndMayComeBack() throws Exception {
    var town = municipalities.ensure("post-letter", "Briefstadt", 9, 48, true);
    long letter = mail(town) - 1;
    var page = "/post-letter/messages/" + letter;
    try (var admin = Administrator.signIn(port, links, town)) {
      assertThat(admin.get(page).body()).contains(page + "/letter.pdf");
      assertThat(admin.get("/post-letter/messages/" + (letter + 1) + "/letter.pdf").statusCode()).as("a mail")
          .isEqualTo(404);
      assertThat(admin.get(page + "/letter.pdf").headers().firstValue("Content-Type")).contains("application/pdf");
      admin.get(page);
      assertThat(admin.post(page + "/retry", Map.of()).statusCode()).isEqualTo(302);
      assertThat(admin.get(page).body()).contains("wartet");
      admin.post(page + "/printed", Map.of());
      assertThat(admin.get(page).body()).contains("<dd>gedruckt</dd>").doesNotContain("letter.pdf");
      assertThat(admin.get(page + "/letter.pdf").statusCode()).as("printed").isEqualTo(404);
      admin.post(page + "/bounced", Map.of());
      assertThat(admin.get(page).body()).contains("<dd>zurückgekommen</dd>");
      assertThat(admin.get("/post-letter/audit").body()).contains("Brief zum Drucken geöffnet", "Brief gedruckt",
          "Nachricht als zurückgekommen vermerkt");
    }
  }

  @Test
  void aLetterIsATaggedPdfWithItsAddressOnTop() throws Exception {
    var town = municipalities.ensure("post-pdf", "Druckstadt", 9, 48, false);
    var letter = CurrentMunicipality.call(town, () -> outbox.find(messages.print(
        List.of("Anna <Beispiel>", "Marktplatz 1", "71999 Poststadt"),
        new Text("test", Locale.ENGLISH, List.of("Anna & Co"), "https://stadt.example/x?a=1&b=2", "letter 1"))))
        .orElseThrow();
    var model = Map.<String, Object>of("letter", letter, "town", town.name(), "date", "1 May");
    try (var document = Loader.loadPDF(pdf.render("message/letter-pdf", Locale.ENGLISH, model))) {
      assertThat(document.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("en");
      assertThat(new PDFTextStripper().getText(document)).contains("Anna <Beispiel>", "71999 Poststadt", "Anna & Co",
          "https://stadt.example/x?a=1&b=2", "Druckstadt");
    }
  }

  @Test
  void everybodyCanReadThePages() throws Exception {
    var town = municipalities.ensure("post-look", "Schaustadt", 9, 48, true);
    long mail = mail(town);
    try (var admin = Administrator.signIn(port, links, town)) {
      for (var look : List.of(Look.DESKTOP, Look.PHONE.english(), Look.PHONE.withoutJavaScript())) {
        for (var path : List.of("/post-look/messages", "/post-look/messages/" + mail)) {
          visitAs(Administrator.session(admin), look, path, page -> {
            assertThat(page.locator("h1").textContent()).matches("(Nachricht|Message)(en|s| \\d+)");
            assertNoSidewaysScrolling(page);
            if (look.javaScript()) {
              assertAccessible(page);
            }
          });
        }
      }
    }
  }
}
