package de.citycloud.platform.privacy.register;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.CityTest;
import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.identity.Role;
import de.citycloud.platform.identity.TestStaff;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.privacy.SafeCsv;
import de.citycloud.platform.ui.PagePdf;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class RegisterPagesTest extends CityTest {
  @Autowired
  private Municipalities municipalities;
  @Autowired
  private ApplicationContext program;
  @Autowired
  private PagePdf pdf;
  @Autowired
  private Register register;

  @Test
  void theOfficerReadsTheRegisterAsPageAndTable() throws Exception {
    var town = municipalities.ensure("register-pages", "Musterstadt", 9, 48, false);
    try (var officer = TestStaff.signIn(program, port, town, Role.DATA_PROTECTION_OFFICER);
        var visitor = new PageVisitor(port)) {
      var root = "/register-pages/data-protection/register";
      var page = officer.get(root);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("Verzeichnis der Verarbeitungstätigkeiten").contains("account.password_hash")
          .contains("Wer die Daten erhält").contains("keystore.person_key.person");
      assertThat(officer.get(root + "?lang=en").body()).contains("Register of processing activities");

      var csv = officer.get(root + ".csv");
      assertThat(csv.statusCode()).isEqualTo(200);
      assertThat(csv.body()).contains("\"Tätigkeit\";\"Zweck\"").contains("sign_in_attempt.address");
      assertThat(officer.get(root + ".pdf").headers().firstValue("Content-Type")).contains("application/pdf");

      assertThat(visitor.get(root).statusCode()).as("not for visitors").isEqualTo(302);
      var notices = visitor.get("/register-pages/privacy/notices");
      assertThat(notices.statusCode()).isEqualTo(200);
      assertThat(notices.body()).contains("Anmeldung und Konten").contains("Ihre Rechte")
          .doesNotContain("password_hash");
      assertThat(visitor.get("/register-pages/sign-in").body()).as("a form has its notice")
          .contains("wofür wir diese Angaben brauchen").contains("15 Minuten");
    }
  }

  @Test
  void thePdfIsTaggedCarriesItsFontsAndReadsLikeThePage() throws Exception {
    var content = pdf.render("privacy/register-pdf", Locale.GERMAN,
        Map.of("entries", register.entries(), "parts", List.of("purpose", "recipients"), "town", "Musterstadt", "date",
            "23. Nov. 2026"));
    try (var document = Loader.loadPDF(content)) {
      assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
      assertThat(document.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
      assertThat(document.getDocumentInformation().getSubject()).as("described, as PDF/UA wants").isNotBlank();
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("de");
      assertThat(new PDFTextStripper().getText(document)).contains("Verzeichnis der Verarbeitungstätigkeiten")
          .contains("Musterstadt").contains("Anmeldung und Konten");
      for (var page : document.getPages()) {
        for (var name : page.getResources().getFontNames()) {
          assertThat(page.getResources().getFont(name).isEmbedded()).as(name.getName()).isTrue();
          assertThat(page.getResources().getFont(name).getName()).contains("Fira");
        }
      }
    }
  }

  @Test
  void noCellOfATableIsAFormula() {
    assertThat(new SafeCsv().row(List.of("=cmd", "a\"b", "a=b")).toString())
        .contains("\"'=cmd\";\"a\"\"b\";\"a=b\"");
  }
}
