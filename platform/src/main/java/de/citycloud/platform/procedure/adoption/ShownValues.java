package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.procedure.pack.Parameter;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Values of parameters as people read them. */
final class ShownValues {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final int ROWS = 5;

  private ShownValues() {}

  static String of(Parameter parameter, Object value, Locale language) {
    return switch (value) {
      case BigDecimal number -> number(number, parameter.type(), language);
      case Boolean yes -> english(language) ? yes ? "yes" : "no" : yes ? "ja" : "nein";
      case LocalDate day -> DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(language).format(day);
      case Period period -> period(period, language);
      case List<?> rows -> table(parameter, rows, language);
      default -> parameter.options().containsKey(value.toString())
          ? parameter.options().get(value.toString()).in(language)
          : value.toString();
    };
  }

  private static String number(BigDecimal number, Parameter.Type type, Locale language) {
    var format = NumberFormat.getNumberInstance(language);
    format.setMaximumFractionDigits(6);
    if (type == Parameter.Type.MONEY) {
      format.setMinimumFractionDigits(2);
      return format.format(number) + "\u00a0€";
    }
    return format.format(number);
  }

  private static String period(Period period, Locale language) {
    var parts = new java.util.ArrayList<String>();
    part(parts, period.getYears(), "Jahr", "Jahre", "year", "years", language);
    part(parts, period.getMonths(), "Monat", "Monate", "month", "months", language);
    if (period.getDays() % 7 == 0) {
      part(parts, period.getDays() / 7, "Woche", "Wochen", "week", "weeks", language);
    } else {
      part(parts, period.getDays(), "Tag", "Tage", "day", "days", language);
    }
    return String.join(", ", parts);
  }

  private static void part(List<String> parts, int count, String one, String many, String oneEn, String manyEn,
      Locale language) {
    if (count != 0) {
      parts.add(count + " " + (english(language) ? count == 1 ? oneEn : manyEn : count == 1 ? one : many));
    }
  }

  /** The first rows, and how many there are. */
  private static String table(Parameter parameter, List<?> rows, Locale language) {
    var types = parameter.columns().stream().collect(Collectors.toMap(Parameter.Column::key, Parameter.Column::type));
    var shown = rows.stream().limit(ROWS).map(row -> row instanceof java.util.Map<?, ?> cells
        ? cells.entrySet().stream().map(cell -> cell.getValue() instanceof BigDecimal number
            ? number(number, types.getOrDefault(cell.getKey().toString(), Parameter.Type.DECIMAL), language)
            : String.valueOf(cell.getValue())).collect(Collectors.joining(", "))
        : String.valueOf(row)).collect(Collectors.joining("\n"));
    var count = english(language) ? rows.size() + " rows" : rows.size() + " Zeilen";
    return rows.size() > ROWS ? shown + "\n… (" + count + ")" : rows.isEmpty() ? "–" : shown;
  }

  private static boolean english(Locale language) {
    return language.getLanguage().equals("en");
  }
}
