package de.citycloud.platform.procedure.pack;

import de.citycloud.platform.procedure.pack.Parameter.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Values of parameters: in JSON numbers stand as texts ({@code "30.70"}), dates and periods as ISO texts, booleans as
 * such, tables as lists of objects. The forms in Java are those of {@link Parameter#standard}.
 */
public final class ParameterValues {
  /** Rows that a table can have. */
  public static final int MOST_ROWS = 500;
  private static final int MOST_CHARACTERS = 2_000;
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(\\.\\d{1,6})?");
  private static final Pattern PERIOD = Pattern.compile("P(\\d{1,4}Y)?(\\d{1,4}M)?|P(\\d{1,4}W)?(\\d{1,5}D)?");

  private ParameterValues() {}

  /**
   * The value that stands in {@code json}.
   *
   * @throws InvalidValue if the parameter cannot have it; says what to do
   */
  public static Object ofJson(Parameter parameter, JsonNode json) throws InvalidValue {
    if (parameter.type() == Type.TABLE) {
      return table(parameter, json);
    }
    var value = single(parameter.type(), json);
    if (parameter.type() == Type.CHOICE && !parameter.options().containsKey(value)) {
      throw new InvalidValue("Wählen Sie eines von: " + String.join(", ", parameter.options().keySet()) + ".",
          "Choose one of: " + String.join(", ", parameter.options().keySet()) + ".");
    }
    if (value instanceof BigDecimal number) {
      within(parameter, number);
    }
    return value;
  }

  /** The value of one cell of a table, or of a parameter that is no table, from what a person typed. */
  public static Object ofText(Type type, String typed) throws InvalidValue {
    var text = typed.strip();
    return switch (type) {
      case BOOLEAN -> {
        if (!text.equals("true") && !text.equals("false")) {
          throw new InvalidValue("Wählen Sie Ja oder Nein.", "Choose yes or no.");
        }
        yield Boolean.valueOf(text);
      }
      default -> single(type, JsonNodeFactory.instance.stringNode(numeric(type) ? text.replace(',', '.') : text));
    };
  }

  /** The value as it stands in JSON. */
  public static JsonNode toJson(Object value) {
    var nodes = JsonNodeFactory.instance;
    return switch (value) {
      case Boolean bool -> nodes.booleanNode(bool);
      case BigDecimal number -> nodes.stringNode(number.toPlainString());
      case List<?> rows -> {
        var list = nodes.arrayNode();
        for (var row : rows) {
          var object = list.addObject();
          if (row instanceof Map<?, ?> cells) {
            cells.forEach((column, cell) -> object.set(column.toString(), toJson(cell)));
          }
        }
        yield list;
      }
      default -> nodes.stringNode(value.toString());
    };
  }

  /**
   * Reads a period of at most 9,999 years, in years and months or in weeks and days: a month has no fixed number of days,
   * so the two do not mix.
   */
  public static Optional<Period> period(String text) {
    if (!PERIOD.matcher(text).matches() || text.equals("P")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Period.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean numeric(Type type) {
    return type == Type.MONEY || type == Type.INTEGER || type == Type.DECIMAL;
  }

  private static Object table(Parameter parameter, JsonNode json) throws InvalidValue {
    if (!json.isArray() || json.size() > MOST_ROWS) {
      throw new InvalidValue("Geben Sie eine Tabelle mit höchstens " + MOST_ROWS + " Zeilen an.",
          "Enter a table of at most " + MOST_ROWS + " rows.");
    }
    var rows = new ArrayList<Map<String, Object>>();
    for (var row : json) {
      if (!row.isObject()) {
        throw new InvalidValue("Zeile " + (rows.size() + 1) + " ist keine Zeile mit Spalten.",
            "Row " + (rows.size() + 1) + " is no row with columns.");
      }
      rows.add(cells(parameter, row, rows.size() + 1));
    }
    return List.copyOf(rows);
  }

  private static Map<String, Object> cells(Parameter parameter, JsonNode row, int number) throws InvalidValue {
    var cells = new LinkedHashMap<String, Object>();
    for (var column : parameter.columns()) {
      var cell = row.get(column.key());
      if (cell == null || cell.isNull()) {
        throw new InvalidValue(
            "Zeile %d: Füllen Sie die Spalte „%s“ aus.".formatted(number, column.label().de()),
            "Row %d: fill in the column \"%s\".".formatted(number, column.label().en()));
      }
      try {
        cells.put(column.key(), single(column.type(), cell));
      } catch (InvalidValue e) {
        throw new InvalidValue("Zeile %d, %s: %s".formatted(number, column.label().de(), e.words().de()),
            "Row %d, %s: %s".formatted(number, column.label().en(), e.words().en()));
      }
    }
    for (var name : row.propertyNames()) {
      if (!cells.containsKey(name)) {
        throw new InvalidValue("Zeile %d hat eine Spalte, die es hier nicht gibt.".formatted(number),
            "Row %d has a column that does not exist here.".formatted(number));
      }
    }
    return java.util.Collections.unmodifiableMap(cells);
  }

  private static Object single(Type type, JsonNode json) throws InvalidValue {
    if (type == Type.BOOLEAN) {
      if (!json.isBoolean()) {
        throw new InvalidValue("Geben Sie true oder false an.", "Enter true or false.");
      }
      return json.booleanValue();
    }
    if (!json.isString()) {
      throw new InvalidValue("Geben Sie einen Text in Anführungszeichen an, zum Beispiel \"30.70\".",
          "Enter a text in quotes, for example \"30.70\".");
    }
    var text = json.stringValue();
    return switch (type) {
      case MONEY -> money(text);
      case INTEGER -> number(text, 0, "Geben Sie eine ganze Zahl an, zum Beispiel 8.",
          "Enter a whole number, for example 8.");
      case DECIMAL -> number(text, 6, "Geben Sie eine Zahl an, zum Beispiel 1.5.", "Enter a number, for example 1.5.");
      case DATE -> date(text);
      case PERIOD -> period(text).orElseThrow(() -> new InvalidValue(
          "Geben Sie einen Zeitraum an, zum Beispiel P8W für acht Wochen oder P6M für sechs Monate.",
          "Enter a period, for example P8W for eight weeks or P6M for six months."));
      default -> {
        if (text.isBlank() || text.length() > MOST_CHARACTERS) {
          throw new InvalidValue("Geben Sie einen Text mit höchstens " + MOST_CHARACTERS + " Zeichen ein.",
              "Enter a text of at most " + MOST_CHARACTERS + " characters.");
        }
        yield text;
      }
    };
  }

  private static BigDecimal money(String text) throws InvalidValue {
    return number(text, 2, "Geben Sie einen Betrag in Euro an, zum Beispiel 30.70.",
        "Enter an amount in euros, for example 30.70.").setScale(2);
  }

  private static BigDecimal number(String text, int decimals, String de, String en) throws InvalidValue {
    if (!NUMBER.matcher(text).matches()) {
      throw new InvalidValue(de, en);
    }
    var number = new BigDecimal(text);
    if (number.stripTrailingZeros().scale() > decimals) {
      throw new InvalidValue(de, en);
    }
    return number;
  }

  private static LocalDate date(String text) throws InvalidValue {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidValue("Geben Sie ein Datum an, zum Beispiel 2027-01-01.",
          "Enter a date, for example 2027-01-01.");
    }
  }

  private static void within(Parameter parameter, BigDecimal number) throws InvalidValue {
    var least = parameter.minimum();
    var most = parameter.maximum();
    if (least != null && number.compareTo(least) < 0) {
      throw new InvalidValue("Geben Sie mindestens " + least.toPlainString() + " an.",
          "Enter at least " + least.toPlainString() + ".");
    }
    if (most != null && number.compareTo(most) > 0) {
      throw new InvalidValue("Geben Sie höchstens " + most.toPlainString() + " an.",
          "Enter at most " + most.toPlainString() + ".");
    }
  }
}
