package de.citycloud.platform.hub.connector.csv;

import de.citycloud.platform.hub.Result;
import de.citycloud.platform.hub.source.Checks;
import de.citycloud.platform.hub.source.Findings;
import de.citycloud.platform.hub.source.ParkingValues;
import de.citycloud.platform.hub.source.Position;
import de.citycloud.platform.hub.source.SourceRecord.DatastreamFound;
import de.citycloud.platform.hub.source.SourceRecord.ObservationFound;
import de.citycloud.platform.hub.source.SourceRecord.ThingFound;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/** Turns the rows of a table into findings, as the plan says. */
final class CsvRows {
  private static final int MAX_CELL = 10_000;
  private static final Pattern POINT = Pattern
      .compile(
          "(?i)(?:SRID=\\d+;)?\\s*POINT\\s*Z?\\s*\\(\\s*([-+.\\deE]+)\\s+([-+.\\deE]+)(?:\\s+[-+.\\deE]+)?\\s*\\)");
  private static final Map<String, String> STATES = Map.of("geöffnet", "open", "offen", "open", "open", "open",
      "geschlossen", "closed", "closed", "closed", "zu", "closed", "besetzt", "full", "voll", "full");

  private final CsvPlan plan;
  private final Instant receivedAt;
  private final Findings findings;
  private final Function<List<String>, String> excerpts;

  /** @param excerpts makes a table of one row, to be read again */
  CsvRows(CsvPlan plan, Instant receivedAt, Findings findings, Function<List<String>, String> excerpts) {
    this.plan = plan;
    this.receivedAt = receivedAt;
    this.findings = findings;
    this.excerpts = excerpts;
  }

  void row(long line, List<String> row) throws IOException {
    var place = "line " + line;
    var fault = fault(row);
    if (fault != null) {
      findings.reject(place, fault, excerpts.apply(row));
      return;
    }
    var id = plan.thing().id().isEmpty()
        ? plan.thing().wholeName()
        : plan.thing().id().stream().map(column -> cell(row, column)).collect(Collectors.joining(" ")).strip();
    if (id.isEmpty() || id.length() > 200) {
      findings.reject(place, "The id is empty or longer than 200 characters.", excerpts.apply(row));
      return;
    }
    var time = new CsvTime.Span(receivedAt, null);
    if (plan.time() != null) {
      var text = plan.timeColumns().stream().map(column -> cell(row, column)).collect(Collectors.joining(" ")).strip();
      try {
        time = time(text, row, id, plan.time());
      } catch (CsvTime.NoSuchTime e) {
        findings.reject(place + ", column " + title(plan.timeColumns().getFirst()),
            "The time \"%s\" %s.".formatted(Checks.shown(text), e.getMessage()), excerpts.apply(row));
        return;
      }
    }
    thing(place, row, id);
    parking(place, row, id, time.start());
    values(place, row, id, time);
  }

  private CsvTime.Span time(String text, List<String> row, String id, CsvTime times) throws CsvTime.NoSuchTime {
    if (plan.hourColumn() < 0) {
      return times.read(text, id);
    }
    var day = times.read(text, id);
    var hour = Checks.number(cell(row, plan.hourColumn())).filter(h -> h >= 0 && h <= 23 && h == Math.rint(h))
        .orElseThrow(() -> new CsvTime.NoSuchTime("has the hour \"%s\", expected 0 to 23"
            .formatted(Checks.shown(cell(row, plan.hourColumn())))));
    var date = times.dateOf(day.start());
    return times.span(times.local(date.atTime(hour.intValue(), 0), id));
  }

  private @Nullable String fault(List<String> row) {
    if (!plan.header().isEmpty() && row.size() < plan.header().size()) {
      return "The row has %d cells, expected %d.".formatted(row.size(), plan.header().size());
    }
    if (!plan.header().isEmpty()
        && row.stream().skip(plan.header().size()).anyMatch(cell -> !cell.isBlank())) {
      return "The row has %d cells, expected %d.".formatted(row.size(), plan.header().size());
    }
    for (var cell : row) {
      if (cell.length() > MAX_CELL) {
        return "A cell has %,d characters, expected at most %,d.".formatted(cell.length(), MAX_CELL);
      }
      if (cell.indexOf('\uFFFD') >= 0) {
        return "A cell holds bytes that are no text, expected UTF-8.\nMaybe name the charset in the mapping, for example ISO-8859-1.";
      }
      if (cell.indexOf('\0') >= 0) {
        return "A cell holds a NUL character, expected text.";
      }
    }
    return null;
  }

  private void thing(String place, List<String> row, String id) throws IOException {
    var columns = plan.thing();
    var properties = new HashMap<String, Object>(Map.of("kind", columns.kind()));
    for (var property : columns.properties().entrySet()) {
      var cell = cell(row, property.getValue());
      if (plan.isMissing(cell)) {
        continue;
      }
      var number = plan.number(cell);
      if (number.isPresent()) {
        double value = number.get();
        properties.put(property.getKey(),
            value == Math.rint(value) && Math.abs(value) < 1e9 ? (Object) (int) value : number.get());
      } else if (property.getKey().equals("capacity")) {
        findings.reject(place + ", column " + title(property.getValue()), "The capacity is \"%s\", expected a number."
            .formatted(Checks.shown(cell)), null);
      } else {
        properties.put(property.getKey(), cell.length() > 500 ? cell.substring(0, 500) : cell);
      }
    }
    var name = cell(row, columns.name());
    findings.accept(new ThingFound(id, name.isBlank() ? id : name, position(place, row), properties, false));
  }

  private @Nullable Position position(String place, List<String> row) throws IOException {
    var columns = plan.thing();
    if (columns.wkt() >= 0) {
      var text = cell(row, columns.wkt());
      var point = POINT.matcher(text);
      if (point.matches()) {
        var east = Checks.number(point.group(1));
        var north = Checks.number(point.group(2));
        if (east.isPresent() && north.isPresent() && Position.of(east.get(), north.get()).isPresent()) {
          return Position.of(east.get(), north.get()).get();
        }
      }
      if (!plan.isMissing(text)) {
        findings.reject(place + ", column " + title(columns.wkt()),
            "The position is \"%s\", expected POINT (east north); the Thing is kept.".formatted(Checks.shown(text)),
            null);
      }
      return null;
    }
    if (columns.latitude() < 0 || columns.longitude() < 0) {
      return null;
    }
    var east = plan.number(cell(row, columns.longitude()));
    var north = plan.number(cell(row, columns.latitude()));
    var position = east.isPresent() && north.isPresent()
        ? Position.of(east.get(), north.get())
        : java.util.Optional.<Position>empty();
    if (position.isEmpty() && !plan.isMissing(cell(row, columns.latitude()))) {
      findings.reject(place + ", column " + title(columns.latitude()),
          "The position is \"%s\", \"%s\", expected degrees; the Thing is kept.".formatted(
              Checks.shown(cell(row, columns.longitude())), Checks.shown(cell(row, columns.latitude()))),
          null);
    }
    return position.orElse(null);
  }

  private void parking(String place, List<String> row, String id, Instant time) throws IOException {
    var columns = plan.parking();
    if (!columns.isLive()) {
      return;
    }
    var state = cell(row, columns.state());
    new ParkingValues(number(place, row, columns.free()), number(place, row, columns.occupied()),
        plan.number(cell(row, columns.capacity())).orElse(null),
        plan.isMissing(state) ? null : STATES.getOrDefault(state.toLowerCase(Locale.ROOT), Checks.shown(state)))
        .tell(findings, id, time);
  }

  private void values(String place, List<String> row, String id, CsvTime.Span time) throws IOException {
    for (var value : plan.values()) {
      var cell = cell(row, value.column());
      if (plan.isMissing(cell)) {
        continue;
      }
      Result result;
      var flags = List.<String>of();
      if (value.words()) {
        result = new Result.Json(StringNode.valueOf(cell));
      } else {
        var number = number(place, row, value.column());
        if (number == null || number == -1 && value.noMinusOne()) {
          continue;
        }
        result = Result.of(number);
        flags = number < 0 && (value.quantity().role().equals("count") || value.quantity().role().equals("speed"))
            ? List.of("negative")
            : List.of();
      }
      var status = cell(row, value.status());
      if (!plan.isMissing(status) && !status.equals("0")) {
        flags = java.util.stream.Stream
            .concat(flags.stream(), java.util.stream.Stream.of("source-status-" + Checks.shown(status)))
            .toList();
      }
      findings.accept(new DatastreamFound(id, value.key(), value.name(), value.quantity(), plan.intervalSeconds(),
          value.main()));
      findings.accept(new ObservationFound(id, value.key(), time.start(), time.end(), result, flags, Map.of()));
    }
  }

  private @Nullable Double number(String place, List<String> row, int column) throws IOException {
    var cell = cell(row, column);
    if (column < 0 || plan.isMissing(cell)) {
      return null;
    }
    var number = plan.number(cell);
    if (number.isEmpty()) {
      findings.reject(place + ", column " + title(column), "The value is \"%s\", expected a number."
          .formatted(Checks.shown(cell)), excerpts.apply(row));
    }
    return number.orElse(null);
  }

  private String title(int column) {
    return plan.header().isEmpty() ? Integer.toString(column + 1) : plan.header().get(column);
  }

  private static String cell(List<String> row, int column) {
    return column < 0 || column >= row.size() ? "" : row.get(column).strip();
  }
}
