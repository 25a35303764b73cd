package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.SafeCsv;
import de.citycloud.platform.procedure.casefile.CaseDesk;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** How many came, how they were decided, how long it took: without persons, and without counts so small that they show one. */
@Controller
@RequestMapping("/{municipality}/desk")
class StatisticsPages {
  private final CaseDesk desk;
  private final MessageSource messages;

  StatisticsPages(CaseDesk desk, MessageSource messages) {
    this.desk = desk;
    this.messages = messages;
  }

  @GetMapping("/statistics")
  ModelAndView page(Locale language) {
    return new ModelAndView("procedure-desk/statistics", Map.of("m", CurrentMunicipality.get().slug(), "summaries",
        CaseNumbers.of(desk.statistics()), "fewer", CaseNumbers.THRESHOLD, "language", language, "section",
        "desk.title"));
  }

  @GetMapping("/statistics.csv")
  ResponseEntity<byte[]> csv(Locale language) {
    var csv = new SafeCsv().row(List.of("procedure", "month", "received", "granted", "refused", "partly", "withdrawn",
        "median_days"));
    for (var summary : CaseNumbers.of(desk.statistics())) {
      for (var month : summary.months()) {
        csv.row(List.of(summary.procedure(), month.month(), cell(month.received(), language),
            cell(month.granted(), language), cell(month.refused(), language), cell(month.partly(), language),
            cell(month.withdrawn(), language), month.medianDays() == null ? "" : "" + month.medianDays()));
      }
    }
    return ResponseEntity.ok().header(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"cases.csv\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(csv.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private String cell(CaseNumbers.Count count, Locale language) {
    return count.shown()
        ? "" + count.value()
        : messages.getMessage("desk.statistics.few", new Object[]{CaseNumbers.THRESHOLD}, language);
  }
}
