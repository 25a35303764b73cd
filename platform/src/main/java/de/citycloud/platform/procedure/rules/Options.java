package de.citycloud.platform.procedure.rules;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.ParameterValues;
import de.citycloud.platform.procedure.pack.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one can choose, from the package or from a table of the municipality. */
final class Options {
  private Options() {}

  /** Value to words, in order. Of a table each value counts once; its words are the column {@code name} if there is one. */
  static Map<String, Words> of(ResolvedProcedure procedure, Field field) {
    var from = field.optionsFrom();
    if (from == null) {
      return field.options();
    }
    int dot = from.indexOf('.');
    var options = new LinkedHashMap<String, Words>();
    if (procedure.parameters().get(from.substring(0, dot)) instanceof List<?> rows) {
      for (var row : rows) {
        if (row instanceof Map<?, ?> cells && cells.get(from.substring(dot + 1)) instanceof Object cell) {
          var value = ParameterValues.toJson(cell).asString();
          var name = cells.get("name") instanceof String words && !words.isBlank() ? words : value;
          options.putIfAbsent(value, new Words(name, name, null));
        }
      }
    }
    return options;
  }
}
