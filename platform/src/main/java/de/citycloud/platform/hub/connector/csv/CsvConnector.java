package de.citycloud.platform.hub.connector.csv;

import de.citycloud.platform.hub.source.Checks;
import de.citycloud.platform.hub.source.Connector;
import de.citycloud.platform.hub.source.Findings;
import de.citycloud.platform.hub.source.InputHead;
import de.citycloud.platform.hub.source.InputRefused;
import de.citycloud.platform.hub.source.SourceInput;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads tables. With a mapping it does what the mapping says; without one it looks at the names of the columns and the
 * first rows.
 */
public final class CsvConnector implements Connector {
  private static final int LOOKED_AT = 100;
  private static final Pattern TABLE = Pattern
      .compile("^[^\\r\\n{}<>\\[\\]]*[;,\\t|][^\\r\\n]*\\r?\\n[^\\r\\n]*[;,\\t|]");

  @Override
  public String kind() {
    return "csv";
  }

  @Override
  public boolean recognises(InputHead head) {
    return !head.isXml() && !head.isJson() && head.contains(TABLE) && head.text().indexOf('\0') < 0;
  }

  @Override
  public void read(SourceInput input, Findings findings) throws IOException, InputRefused {
    var mapping = input.mapping();
    mapping.allow(MappedPlan.MEMBERS);
    var text = CsvText.open(input, mapping);
    var builder = CsvReader.builder().fieldSeparator(text.delimiter()).skipEmptyLines(true).allowExtraFields(true)
        .allowMissingFields(true).allowExtraCharsAfterClosingQuote(true);
    int skip = mapping.number("skip", 0, 1000, 0);
    try (var csv = builder.ofCsvRecord(text.reader())) {
      var rows = csv.iterator();
      for (int i = 0; i < skip && rows.hasNext(); i++) {
        rows.next();
      }
      new Table(input, findings, text.delimiter(), skip).read(rows);
    } catch (CsvParseException | UncheckedIOException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      // what came before is told already
      findings.reject("the end", "The table breaks: " + Checks.shown(String.valueOf(e.getMessage())), null);
    }
  }

  private static final class Table {
    private final SourceInput input;
    private final Findings findings;
    private final char delimiter;
    private final int skip;
    private final List<CsvRecord> first = new ArrayList<>();

    Table(SourceInput input, Findings findings, char delimiter, int skip) {
      this.input = input;
      this.findings = findings;
      this.delimiter = delimiter;
      this.skip = skip;
    }

    void read(Iterator<CsvRecord> rows) throws IOException, InputRefused {
      while (first.size() < LOOKED_AT && rows.hasNext()) {
        first.add(rows.next());
      }
      if (first.isEmpty()) {
        throw new InputRefused("%s has no rows, expected a table.".formatted(input.name()));
      }
      boolean headed = isHeader(first.getFirst().getFields());
      var header = headed ? header(first.removeFirst().getFields()) : List.<String>of();
      if (first.isEmpty()) {
        findings.reject("line 1", "There is no row below the header, expected at least one.", null);
        return;
      }
      var row = rows(header);
      for (var one : first) {
        row.take(one);
      }
      while (rows.hasNext()) {
        row.take(rows.next());
      }
    }

    private Row rows(List<String> header) throws InputRefused {
      Function<List<String>, String> excerpts = cells -> "\n".repeat(skip)
          + (header.isEmpty() ? "" : line(header) + "\n") + line(cells) + "\n";
      if (!MappedPlan.says(input.mapping())) {
        var across = AcrossTable.of(header, step -> times(step));
        if (across.isPresent()) {
          var table = across.get();
          return one -> table.row(one.getStartingLineNumber(), one.getFields(), findings, excerpts);
        }
      }
      int width = header.isEmpty() ? first.getFirst().getFieldCount() : header.size();
      var name = input.name().replaceFirst("^.*[/\\\\]", "").replaceFirst("\\.(csv|txt|tsv)$", "");
      var plan = MappedPlan.says(input.mapping())
          ? MappedPlan.of(input.mapping(), header, width, name)
          : GuessedPlan.of(input.mapping(), header, first.stream().map(CsvRecord::getFields).toList(), name);
      var rows = new CsvRows(plan, input.receivedAt(), findings, excerpts);
      return one -> rows.row(one.getStartingLineNumber(), one.getFields());
    }

    private CsvTime times(java.time.Duration step) {
      try {
        return MappedPlan.time(input.mapping(), "iso", step);
      } catch (InputRefused e) {
        return new CsvTime("iso", java.time.ZoneId.of("Europe/Berlin"), false, step);
      }
    }

    /** True if the mapping says so, or no cell of the first row is a number or time. */
    private boolean isHeader(List<String> cells) throws InputRefused {
      return input.mapping().flag("header",
          cells.stream().noneMatch(cell -> CsvNumbers.number(cell, true).isPresent()
              || CsvTime.guess(List.of(cell)).isPresent()));
    }

    /** Names of the columns; a last one without name is a delimiter at the end of the line. */
    private static List<String> header(List<String> cells) {
      var names = new ArrayList<>(cells.stream().map(String::strip).toList());
      while (names.size() > 1 && names.getLast().isEmpty()) {
        names.removeLast();
      }
      return names;
    }

    private String line(List<String> cells) {
      var quoted = cells.stream().map(cell -> cell.indexOf('"') >= 0 || cell.indexOf(delimiter) >= 0
          || cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0 ? '"' + cell.replace("\"", "\"\"") + '"' : cell)
          .toList();
      return String.join(String.valueOf(delimiter), quoted);
    }
  }

  private interface Row {
    void take(CsvRecord row) throws IOException;
  }
}
