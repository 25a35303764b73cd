package de.citycloud.platform.privacy.register;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.ProcessingActivity;
import de.citycloud.platform.privacy.SafeCsv;
import de.citycloud.platform.privacy.WrittenActivity;
import de.citycloud.platform.ui.PageFormats;
import de.citycloud.platform.ui.PagePdf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** The register as page, PDF and CSV for the data protection officer, and its short form for everybody. */
@Controller
class RegisterPages {
  private final Register register;
  private final MessageSource messages;
  private final PagePdf pdf;
  private final PageFormats formats;
  private final List<WrittenActivity.Source> sources;

  RegisterPages(Register register, MessageSource messages, PagePdf pdf, PageFormats formats,
      ObjectProvider<WrittenActivity.Source> sources) {
    this.sources = sources.orderedStream().toList();
    this.register = register;
    this.messages = messages;
    this.pdf = pdf;
    this.formats = formats;
  }

  @GetMapping("/{municipality}/data-protection/register")
  ModelAndView page(Locale locale) {
    return new ModelAndView("privacy/register",
        Map.of("entries", register.entries(), "parts", parts(), "written", written(locale)));
  }

  @GetMapping("/{municipality}/data-protection/register.pdf")
  ResponseEntity<byte[]> pdf(Locale locale) {
    var content = pdf.render("privacy/register-pdf", locale,
        Map.of("entries", register.entries(), "parts", parts(), "written", written(locale), "town",
            CurrentMunicipality.get().name(), "date",
            formats.date(formats.now())));
    return file("register.pdf", "application/pdf", content);
  }

  @GetMapping("/{municipality}/data-protection/register.csv")
  ResponseEntity<byte[]> csv(Locale locale) {
    var csv = new SafeCsv();
    var head = new ArrayList<String>();
    ProcessingActivity.PARTS.forEach(part -> head.add(text("privacy.part." + part, locale)));
    head.add(text("privacy.register.columns", locale));
    csv.row(head);
    for (var entry : register.entries()) {
      var row = new ArrayList<String>();
      ProcessingActivity.PARTS.forEach(part -> row.add(text(entry.activity().message(part), locale)));
      row.add(String.join(", ", entry.columns().stream().map(RegisterColumn::name).toList()));
      csv.row(row);
    }
    for (var activity : written(locale)) {
      var row = new ArrayList<String>();
      ProcessingActivity.PARTS.forEach(part -> row.add(activity.parts().getOrDefault(part, "")));
      row.add(String.join("\n", activity.fields()));
      csv.row(row);
    }
    return file("register.csv", "text/csv;charset=UTF-8", csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The short form: what everybody may know, and what the notices of the forms refer to. */
  @GetMapping("/{municipality}/privacy/notices")
  ModelAndView notices(Locale locale) {
    return new ModelAndView("privacy/notices", Map.of("activities",
        register.entries().stream().map(Register.Entry::activity).toList(), "written", written(locale)));
  }

  /** What the municipality's own use adds. */
  private List<WrittenActivity> written(Locale locale) {
    return sources.stream().flatMap(source -> source.listHere(locale).stream()).toList();
  }

  private static List<String> parts() {
    return ProcessingActivity.PARTS.stream().filter(part -> !part.equals("name")).toList();
  }

  private String text(String key, Locale locale) {
    return messages.getMessage(key, null, locale);
  }

  private static ResponseEntity<byte[]> file(String name, String type, byte[] content) {
    return ResponseEntity.ok().header(HttpHeaders.CONTENT_TYPE, type)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store").body(content);
  }
}
