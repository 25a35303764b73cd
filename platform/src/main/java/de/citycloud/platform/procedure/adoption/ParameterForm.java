package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.procedure.pack.InvalidValue;
import de.citycloud.platform.procedure.pack.Parameter;
import de.citycloud.platform.procedure.pack.ParameterValues;
import de.citycloud.platform.procedure.pack.Words;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a form sent for a value: one field, or rows of a table; the day from which it is valid; where it is set in law.
 *
 * @param value as typed; empty for a table
 * @param rows cells by column, as typed
 * @param day of the month, as typed; day, month and year are empty if it always applies
 */
record ParameterForm(String value, List<Map<String, String>> rows, String day, String month, String year,
    String legalSource) {
  /** More cells than this do not fit into one form. */
  static final int MOST_CELLS = 900;
  private static final int MORE_ROWS = 3;

  /** What is right. @param mistakes by id of the field, in their order; then the rest is not used */
  record Read(@Nullable JsonNode value, LocalDate from, Map<String, Words> mistakes) {}

  static ParameterForm sent(Parameter parameter, Map<String, String> sent) {
    var rows = new ArrayList<Map<String, String>>();
    for (int i = 0; parameter.type() == Parameter.Type.TABLE && i < ParameterValues.MOST_ROWS
        && sent.containsKey("cell." + i + "." + parameter.columns().getFirst().key()); i++) {
      var row = new LinkedHashMap<String, String>();
      for (var column : parameter.columns()) {
        row.put(column.key(), text(sent, "cell." + i + "." + column.key()));
      }
      rows.add(row);
    }
    return new ParameterForm(text(sent, "value"), rows, text(sent, "day"), text(sent, "month"), text(sent, "year"),
        text(sent, "legalSource"));
  }

  private static String text(Map<String, String> sent, String name) {
    return sent.getOrDefault(name, "").replace("\u0000", "").strip();
  }

  /** The form with the value that stands now, and with room for new rows. */
  static ParameterForm of(Parameter parameter, @Nullable Object value, String legalSource) {
    var rows = new ArrayList<Map<String, String>>();
    if (value instanceof List<?> list) {
      for (var each : list) {
        var row = new LinkedHashMap<String, String>();
        if (each instanceof Map<?, ?> cells) {
          cells.forEach((column, cell) -> row.put(column.toString(), plain(cell)));
        }
        rows.add(row);
      }
    }
    return new ParameterForm(value == null || value instanceof List ? "" : plain(value), rows, "", "", "", legalSource)
        .withMoreRows(parameter);
  }

  private static String plain(Object value) {
    return value instanceof java.math.BigDecimal number ? number.toPlainString() : value.toString();
  }

  /** The same with a few empty rows at its end. */
  ParameterForm withMoreRows(Parameter parameter) {
    if (parameter.type() != Parameter.Type.TABLE
        || (rows.size() + MORE_ROWS) * parameter.columns().size() > MOST_CELLS) {
      return this;
    }
    var more = new ArrayList<>(rows);
    for (int i = 0; i < MORE_ROWS; i++) {
      var row = new LinkedHashMap<String, String>();
      parameter.columns().forEach(column -> row.put(column.key(), ""));
      more.add(row);
    }
    return new ParameterForm(value, more, day, month, year, legalSource);
  }

  Read read(Parameter parameter) {
    var mistakes = new LinkedHashMap<String, Words>();
    @Nullable
    JsonNode json = null;
    try {
      json = parameter.type() == Parameter.Type.TABLE ? table(parameter, mistakes) : single(parameter);
      if (mistakes.isEmpty()) {
        ParameterValues.ofJson(parameter, json);
      }
    } catch (InvalidValue e) {
      mistakes.put(parameter.type() == Parameter.Type.TABLE
          ? "cell-0-" + parameter.columns().getFirst().key()
          : "value", e.words());
    }
    var from = Setting.ALWAYS;
    if (!(day + month + year).isEmpty()) {
      try {
        from = LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
        if (from.getYear() < 1990 || from.getYear() > 2100) {
          throw new DateTimeException("out of range");
        }
      } catch (DateTimeException | NumberFormatException e) {
        from = Setting.ALWAYS;
        mistakes.put("day", new Words("Geben Sie den ersten Tag an, zum Beispiel 1 1 2027, oder lassen Sie ihn frei.",
            "Enter the first day, for example 1 1 2027, or leave it empty.", null));
      }
    }
    if (legalSource.length() > 500 || (!(day + month + year).isEmpty() && legalSource.isEmpty())) {
      mistakes.put("legalSource", new Words("Nennen Sie, wo der Wert festgelegt ist, mit höchstens 500 Zeichen.",
          "Say where the value is set, in at most 500 characters.", null));
    }
    return new Read(json, from, mistakes);
  }

  private JsonNode single(Parameter parameter) throws InvalidValue {
    return ParameterValues.toJson(ParameterValues.ofText(parameter.type(), value));
  }

  /** Rows with nothing in them are left out. */
  private JsonNode table(Parameter parameter, Map<String, Words> mistakes) {
    var list = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).values().stream().allMatch(String::isEmpty)) {
        continue;
      }
      var row = list.addObject();
      for (var column : parameter.columns()) {
        try {
          row.set(column.key(), ParameterValues
              .toJson(ParameterValues.ofText(column.type(), rows.get(i).getOrDefault(column.key(), ""))));
        } catch (InvalidValue e) {
          mistakes.put("cell-%d-%s".formatted(i, column.key()), new Words(
              "Zeile %d, %s: %s".formatted(i + 1, column.label().de(), e.words().de()),
              "Row %d, %s: %s".formatted(i + 1, column.label().en(), e.words().en()), null));
        }
      }
    }
    return list;
  }

  /** The mistakes in one language. */
  static Map<String, String> in(Locale language, Map<String, Words> mistakes) {
    var all = new LinkedHashMap<String, String>();
    mistakes.forEach((field, words) -> all.put(field, words.in(language)));
    return all;
  }
}
