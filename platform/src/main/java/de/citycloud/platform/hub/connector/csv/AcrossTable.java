package de.citycloud.platform.hub.connector.csv;

import de.citycloud.platform.hub.Result;
import de.citycloud.platform.hub.source.Checks;
import de.citycloud.platform.hub.source.Findings;
import de.citycloud.platform.hub.source.Quantity;
import de.citycloud.platform.hub.source.SourceRecord.DatastreamFound;
import de.citycloud.platform.hub.source.SourceRecord.ObservationFound;
import de.citycloud.platform.hub.source.SourceRecord.ThingFound;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A table of one day whose columns are times of day: the first cell of the header names the date, each row is a counter
 * (as Münster writes its detectors).
 */
final class AcrossTable {
  private static final Pattern DATE = Pattern
      .compile("(\\d{4})[-_.](\\d{2})[-_.](\\d{2})|(\\d{2})\\.(\\d{2})\\.(\\d{4})");
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm");

  private final LocalDate date;
  private final List<LocalTime> clocks;
  private final CsvTime times;

  private AcrossTable(LocalDate date, List<LocalTime> clocks, CsvTime times) {
    this.date = date;
    this.clocks = clocks;
    this.times = times;
  }

  /** The table with this header; empty if the header is another one. */
  static Optional<AcrossTable> of(List<String> header, Function<Duration, CsvTime> times) {
    if (header.size() < 5) {
      return Optional.empty();
    }
    var found = DATE.matcher(header.getFirst());
    if (!found.find()) {
      return Optional.empty();
    }
    var clocks = new ArrayList<LocalTime>();
    LocalDate date;
    try {
      date = found.group(1) == null
          ? LocalDate.of(Integer.parseInt(found.group(6)), Integer.parseInt(found.group(5)),
              Integer.parseInt(found.group(4)))
          : LocalDate.of(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)),
              Integer.parseInt(found.group(3)));
      for (var clock : header.subList(1, header.size())) {
        if (!clock.isBlank()) {
          clocks.add(LocalTime.parse(clock.strip(), CLOCK));
        }
      }
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    if (clocks.size() < 4) {
      return Optional.empty();
    }
    var step = Duration.between(clocks.get(0), clocks.get(1));
    return step.isNegative() || step.isZero()
        ? Optional.empty()
        : Optional.of(new AcrossTable(date, clocks, times.apply(step)));
  }

  void row(long line, List<String> row, Findings findings, Function<List<String>, String> excerpts)
      throws IOException {
    var id = row.getFirst().strip();
    if (id.isEmpty() || id.length() > 200 || row.size() < clocks.size() + 1) {
      findings.reject("line " + line, "The row has %d cells and begins with \"%s\", expected a name and %d values."
          .formatted(row.size(), Checks.shown(id), clocks.size()), excerpts.apply(row));
      return;
    }
    var quantity = Quantity.of("count");
    int step = (int) Duration.between(clocks.get(0), clocks.get(1)).toSeconds();
    findings.accept(new ThingFound(id, id, null, Map.of("kind", "traffic"), false));
    findings.accept(new DatastreamFound(id, "count", quantity.name(), quantity, step, true));
    for (int i = 0; i < clocks.size(); i++) {
      var cell = row.get(i + 1).strip();
      var place = "line %d, column %s".formatted(line, clocks.get(i));
      var number = Checks.number(cell);
      if (number.isEmpty()) {
        if (!CsvNumbers.MISSING.contains(cell.toLowerCase(java.util.Locale.ROOT))) {
          findings.reject(place, "The value is \"%s\", expected a number.".formatted(Checks.shown(cell)),
              excerpts.apply(row));
        }
        continue;
      }
      try {
        var span = times.span(times.local(date.atTime(clocks.get(i)), id));
        findings.accept(new ObservationFound(id, "count", span.start(), span.end(), Result.of(number.get()),
            number.get() < 0 ? List.of("negative") : List.of(), Map.of()));
      } catch (CsvTime.NoSuchTime e) {
        findings.reject(place, "The time %s %s %s.".formatted(date, clocks.get(i), e.getMessage()), null);
      }
    }
  }
}
