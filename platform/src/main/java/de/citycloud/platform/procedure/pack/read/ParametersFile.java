package de.citycloud.platform.procedure.pack.read;

import de.citycloud.platform.procedure.pack.InvalidValue;
import de.citycloud.platform.procedure.pack.Parameter;
import de.citycloud.platform.procedure.pack.ParameterValues;
import de.citycloud.platform.procedure.pack.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code parameters.json}. */
public final class ParametersFile {
  private ParametersFile() {}

  /** The parameters by key, in the order of the file. */
  public static Map<String, Parameter> of(List<Json> list) {
    var parameters = new LinkedHashMap<String, Parameter>();
    for (var json : list) {
      var parameter = parameter(json);
      if (parameters.putIfAbsent(parameter.key(), parameter) != null) {
        json.wrong("key", "\"%s\" stands twice, expected each key once.".formatted(parameter.key()));
      }
      json.end();
    }
    return parameters;
  }

  private static Parameter parameter(Json json) {
    var key = json.text("key", Keys.NAME, "a lower case letter, then letters and digits, at most 40");
    var type = type(json);
    var options = options(json);
    var columns = new ArrayList<Parameter.Column>();
    for (var column : json.list("columns", 12)) {
      columns.add(new Parameter.Column(column.text("key", Keys.NAME, "a lower case letter, then letters and digits"),
          type(column), column.words("label", 200)));
      column.end();
    }
    if (columns.stream().map(Parameter.Column::key).distinct().count() < columns.size()) {
      json.wrong("columns", "A column stands twice, expected each key once.");
    }
    if (columns.stream().anyMatch(
        column -> column.type() == Parameter.Type.TABLE || column.type() == Parameter.Type.CHOICE)) {
      json.wrong("columns", "A column is a table or a choice, expected a simple type.");
    }
    if ((type == Parameter.Type.TABLE) == columns.isEmpty()) {
      json.wrong("columns", "A table has columns, and nothing else has; \"%s\" breaks that.".formatted(key));
    }
    if ((type == Parameter.Type.CHOICE) == options.isEmpty()) {
      json.wrong("options", "A choice has options, and nothing else has; \"%s\" breaks that.".formatted(key));
    }
    var bare = new Parameter(key, type, json.words("label", 200), json.wordsOrNull("help", 1_000),
        json.flag("required", false), null, json.decimalOrNull("min"), json.decimalOrNull("max"), options, columns,
        json.text("legalSource", 300, ""));
    return new Parameter(key, type, bare.label(), bare.help(), bare.required(), standard(json, bare), bare.minimum(),
        bare.maximum(), options, columns, bare.legalSource());
  }

  private static @Nullable Object standard(Json json, Parameter parameter) {
    var value = json.member("default");
    if (value == null) {
      return null;
    }
    try {
      return ParameterValues.ofJson(parameter, value);
    } catch (InvalidValue e) {
      json.wrong("default", "The default of \"%s\" does not fit: %s".formatted(parameter.key(), e.words().en()));
      return null;
    }
  }

  private static Parameter.Type type(Json json) {
    var name = json.text("type", 20);
    for (var type : Parameter.Type.values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
        return type;
      }
    }
    json.wrong("type", "\"type\" is \"%s\", expected one of money, integer, decimal, text, boolean, choice, date, "
        .formatted(Findings.shown(name)) + "period, table.");
    return Parameter.Type.TEXT;
  }

  /** Options of a parameter or a field: value to words. */
  static Map<String, Words> options(Json json) {
    var options = new LinkedHashMap<String, Words>();
    for (var option : json.list("options", 100)) {
      var value = option.text("value", Keys.OPTION, "1 to 60 characters");
      if (options.put(value, option.words("label", 200)) != null) {
        option.wrong("value", "\"%s\" stands twice, expected each value once.".formatted(value));
      }
      option.end();
    }
    return options;
  }
}
