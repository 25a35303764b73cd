package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.procedure.pack.Parameter;
import de.citycloud.platform.procedure.rules.Shown;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Values of parameters as people read them. */
final class ShownValues {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final int ROWS = 5;

  private ShownValues() {}

  static String of(Parameter parameter, Object value, Locale language) {
    return value instanceof List<?> rows
        ? table(parameter, rows, language)
        : parameter.options().containsKey(value.toString())
            ? parameter.options().get(value.toString()).in(language)
            : Shown.parameter(parameter.type(), value, language);
  }

  /** The first rows, and how many there are. */
  private static String table(Parameter parameter, List<?> rows, Locale language) {
    var types = parameter.columns().stream().collect(Collectors.toMap(Parameter.Column::key, Parameter.Column::type));
    var shown = rows.stream().limit(ROWS).map(row -> row instanceof java.util.Map<?, ?> cells
        ? cells.entrySet().stream().map(cell -> cell.getValue() instanceof BigDecimal number
            ? Shown.parameter(types.getOrDefault(cell.getKey().toString(), Parameter.Type.DECIMAL), number, language)
            : String.valueOf(cell.getValue())).collect(Collectors.joining(", "))
        : String.valueOf(row)).collect(Collectors.joining("\n"));
    var count = english(language) ? rows.size() + " rows" : rows.size() + " Zeilen";
    return rows.size() > ROWS ? shown + "\n… (" + count + ")" : rows.isEmpty() ? "–" : shown;
  }

  private static boolean english(Locale language) {
    return language.getLanguage().equals("en");
  }
}
