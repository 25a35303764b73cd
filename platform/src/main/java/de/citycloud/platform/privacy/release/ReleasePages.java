package de.citycloud.platform.privacy.release;

import de.citycloud.platform.privacy.ReleaseGate;
import de.citycloud.platform.privacy.ReleaseGate.Cell;
import de.citycloud.platform.privacy.ReleaseGate.Release;
import de.citycloud.platform.privacy.SafeCsv;
import de.citycloud.platform.privacy.StatisticalDataset;
import de.citycloud.platform.problem.CityProblem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** Statistics: preview and release for the data steward, what was released for everybody. */
@Controller
class ReleasePages {
  private final ReleaseGate gate;
  private final MessageSource messages;

  ReleasePages(ReleaseGate gate, MessageSource messages) {
    this.gate = gate;
    this.messages = messages;
  }

  /** A row as the page shows it: a name and cells, each a number or the message key of why it is missing. */
  public record Row(String name, List<Shown> cells) {}

  /** Either {@code value} or {@code why} is empty. */
  public record Shown(String value, String why) {}

  /** A data set and when it was last released; null for never. */
  public record Offer(String key, @Nullable Instant releasedAt) {}

  @GetMapping("/{municipality}/releases")
  ModelAndView list() {
    return new ModelAndView("privacy/releases", Map.of("offers", offers()));
  }

  @GetMapping("/{municipality}/releases/{key}")
  ModelAndView preview(@PathVariable String key, Locale locale) {
    var dataset = get(key);
    var release = gate.preview(dataset);
    var model = new HashMap<String, Object>();
    model.put("dataset", dataset);
    model.put("columns", columns(release, locale));
    model.put("rows", rows(release, locale));
    model.put("release", release);
    gate.findReleased(key).ifPresent(last -> model.put("last", last));
    return new ModelAndView("privacy/release", model);
  }

  @PostMapping("/{municipality}/releases/{key}")
  String release(@PathVariable String municipality, @PathVariable String key) {
    var dataset = get(key);
    gate.release(dataset);
    return "redirect:/" + municipality + "/releases/" + dataset.key();
  }

  @GetMapping("/{municipality}/data/statistics")
  ModelAndView published() {
    return new ModelAndView("privacy/statistics",
        Map.of("offers", offers().stream().filter(offer -> offer.releasedAt != null).toList()));
  }

  @GetMapping("/{municipality}/data/statistics/{key}.csv")
  ResponseEntity<byte[]> csv(@PathVariable String key, Locale locale) {
    var released = gate.findReleased(key).orElseThrow(() -> notFound(key)).release();
    var csv = new SafeCsv();
    var head = new ArrayList<String>(List.of(""));
    head.addAll(columns(released, locale));
    csv.row(head);
    for (var row : rows(released, locale)) {
      var cells = new ArrayList<String>(List.of(row.name));
      // The sign that statistics use for "unknown or secret".
      row.cells.forEach(cell -> cells.add(cell.why.isEmpty() ? cell.value : "."));
      csv.row(cells);
    }
    return ResponseEntity.ok().header(HttpHeaders.CONTENT_TYPE, "text/csv;charset=UTF-8")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + key + ".csv\"")
        .body(csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  private List<Offer> offers() {
    return gate.datasets().stream().map(dataset -> new Offer(dataset.key(),
        gate.findReleased(dataset.key()).map(ReleaseGate.Released::at).orElse(null))).toList();
  }

  private List<String> columns(Release release, Locale locale) {
    var names = new ArrayList<String>();
    release.columns().forEach(name -> names.add(text(name, locale)));
    names.add(text("privacy.release.sum", locale));
    return names;
  }

  private List<Row> rows(Release release, Locale locale) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < release.cells().size(); i++) {
      var name = i < release.rows().size() ? release.rows().get(i) : "privacy.release.sum";
      rows.add(new Row(text(name, locale), release.cells().get(i).stream().map(ReleasePages::shown).toList()));
    }
    return rows;
  }

  private static Shown shown(Cell cell) {
    return switch (cell) {
      case Cell.Published(long value) -> new Shown(Long.toString(value), "");
      case Cell.TooFew() -> new Shown("", "privacy.release.few");
      case Cell.Complement() -> new Shown("", "privacy.release.complement");
    };
  }

  private String text(String keyOrName, Locale locale) {
    return Objects.requireNonNullElse(messages.getMessage(keyOrName, null, keyOrName, locale), keyOrName);
  }

  private StatisticalDataset get(String key) {
    return gate.find(key).orElseThrow(() -> notFound(key));
  }

  private static CityProblem notFound(String key) {
    return new CityProblem("statistic-not-found", HttpStatus.NOT_FOUND,
        """
        There is no statistic "%s" here.
        Maybe it has not been released yet.""".formatted(key));
  }
}
