package de.citycloud.platform.ui;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.slf4j.Slf4jLogger;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * Pages as tagged PDF (PDF/UA), with our own fonts and without asking anybody for anything. The template is well-formed
 * XHTML of its own, with {@code lang}, {@code title} and a {@code meta} subject, the description that PDF/UA wants; beans
 * and links are not at hand in it.
 */
@Component
public class PagePdf {
  private final ITemplateEngine templates;
  private final PdfFonts fonts = new PdfFonts();

  PagePdf(ITemplateEngine templates) {
    this.templates = templates;
    XRLog.setLoggerImpl(new Slf4jLogger());
  }

  /** The template in {@code language}, filled in, as PDF. */
  public byte[] render(String template, Locale language, Map<String, Object> model) {
    var html = templates.process(template, new Context(language, model));
    var pdf = new ByteArrayOutputStream();
    var pair = fonts.take();
    try (var document = new PDDocument()) {
      var builder = new PdfRendererBuilder();
      builder.usePDDocument(document);
      builder.usePdfUaAccessibility(true);
      builder.useFont(new PDFontSupplier(pair.regularIn(document)), "Fira Sans", 400, FontStyle.NORMAL, true);
      builder.useFont(new PDFontSupplier(pair.semiBoldIn(document)), "Fira Sans", 600, FontStyle.NORMAL, true);
      builder.useUriResolver((base, uri) -> null);
      builder.withHtmlContent(html, null);
      builder.withProducer("Smart City Cloud");
      builder.toStream(pdf);
      builder.run();
    } catch (IOException e) {
      throw new UncheckedIOException("The PDF of " + template + " could not be made.", e);
    } finally {
      fonts.giveBack(pair);
    }
    return pdf.toByteArray();
  }
}
