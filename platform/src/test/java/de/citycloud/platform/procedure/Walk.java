package de.citycloud.platform.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.identity.PageVisitor;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/** What citizens and staff do, over HTTP alone and page by page: it works on a program in another process, too. */
public final class Walk {
  private static final Pattern REFERENCE = Pattern.compile("20\\d\\d-[2-9A-Z]{4}-[2-9A-Z]{4}");
  private static final Pattern CODE = Pattern.compile("class=\"secret break\"[^>]*>([^<]+)<");
  private static final Pattern CHOICE = Pattern.compile("name=\"outcome\"[^>]*value=\"([A-Za-z]+)\"|"
      + "value=\"([A-Za-z]+)\"[^>]*name=\"outcome\"");
  private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"(\\d+)\"");
  private static final Pattern TASK = Pattern.compile("href=\"(/[a-z0-9-]+/desk/[0-9A-Z-]+/tasks/\\d+)\"");

  private Walk() {}

  /** What a citizen takes home. */
  public record Receipt(String reference, String code) {}

  /** Fills in the form up to the check of the answers; returns the address of the check. */
  public static String fill(PageVisitor citizen, String slug, ProcedurePackage pack, Map<String, Object> answers)
      throws Exception {
    var start = "/" + slug + "/services/" + pack.manifest().key();
    assertThat(citizen.get(start).body()).contains(pack.manifest().action().de());
    var at = location(citizen.post(start + "/apply", Map.of()));
    for (int pages = 0; !at.contains("/check/") && pages < 60; pages++) {
      var page = citizen.get(at);
      at = page.statusCode() == 302 ? location(page) : location(send(pack, citizen, at, page.body(), answers));
    }
    return at;
  }

  /** Sends what was filled in, or finds that it was sent. @param pay {@code online} or {@code invoice}, if there is a choice */
  public static Receipt submit(PageVisitor citizen, String check, String pay) throws Exception {
    var page = citizen.get(check);
    assertThat(page.statusCode()).as(page.body()).isIn(200, 302);
    var sent = page.statusCode() == 302
        ? page
        : citizen.post(check, page.body().contains("name=\"pay\"") ? Map.of("pay", pay) : Map.of());
    return receipt(citizen.get(location(sent)).body());
  }

  /** What a confirmation says. */
  public static Receipt receipt(String confirmation) {
    return new Receipt(found(REFERENCE, confirmation).group(), found(CODE, confirmation).group(1));
  }

  /** Opens a case with reference and code; returns its address. */
  public static String open(PageVisitor citizen, String slug, Receipt receipt) throws Exception {
    citizen.get("/" + slug + "/cases");
    return location(citizen.post("/" + slug + "/cases", Map.of("reference", receipt.reference(), "code",
        receipt.code())));
  }

  private static HttpResponse<String> send(ProcedurePackage pack, PageVisitor citizen, String path, String page,
      Map<String, Object> answers) throws Exception {
    var fields = new LinkedHashMap<String, List<String>>();
    var files = new LinkedHashMap<String, byte[]>();
    for (var field : pack.fields().values()) {
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
    assertThat(answer.statusCode()).as("%s %s: %s", pack, path, answer.body()).isEqualTo(302);
    return answer;
  }

  /** States the purpose for which cases are opened. */
  public static void statePurpose(PageVisitor staff, String slug) throws Exception {
    staff.get("/" + slug + "/purpose");
    assertThat(staff.post("/" + slug + "/purpose",
        Map.of("purpose", "CASE_WORK", "reference", "Vorgänge des Tages", "next", "")).statusCode()).isEqualTo(302);
  }

  /** Addresses of the tasks of a case that this person may do. */
  public static List<String> tasks(PageVisitor staff, String slug, String reference) throws Exception {
    var opened = staff.get("/" + slug + "/desk/" + reference);
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
    return TASK.matcher(opened.body()).results().map(found -> found.group(1)).distinct().toList();
  }

  /** Completes a task with what is wanted if it has that outcome, else with its first; 302, or 422 if it is refused. */
  public static HttpResponse<String> work(PageVisitor staff, String task, String wanted) throws Exception {
    var page = staff.get(task).body();
    var choices = CHOICE.matcher(page).results().map(match -> match.group(1) == null ? match.group(2) : match.group(1))
        .toList();
    assertThat(choices).as(page).isNotEmpty();
    return staff.post(task, Map.of("outcome", choices.contains(wanted) ? wanted : choices.getFirst(), "version",
        found(VERSION, page).group(1), "text", "In Ordnung.", "grounds", "Die Voraussetzungen sind geprüft.",
        "conditions", "", "step", "send"));
  }

  private static Matcher found(Pattern pattern, String body) {
    var found = pattern.matcher(body);
    assertThat(found.find()).as("%s in %s", pattern, body).isTrue();
    return found;
  }

  /** An empty page. */
  public static byte[] pdf() throws Exception {
    try (var document = new PDDocument(); var bytes = new ByteArrayOutputStream()) {
      document.addPage(new PDPage());
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  /** Where an answer leads. */
  public static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return answer.headers().firstValue("Location").orElse("").replaceFirst("^https?://[^/]+", "");
  }
}
