package de.citycloud.platform.procedure.pack.read;

import de.citycloud.platform.procedure.pack.ExampleCase;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.InvalidValue;
import de.citycloud.platform.procedure.pack.Parameter;
import de.citycloud.platform.procedure.pack.ParameterValues;
import de.citycloud.platform.procedure.pack.VisibleState;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code examples/*.json}. */
public final class ExampleFile {
  private ExampleFile() {}

  /** The example, with answers and parameters in their forms. */
  public static ExampleCase of(Json json, Map<String, Field> fields, Map<String, Parameter> parameters) {
    var expect = json.objectOrNull("expect");
    if (expect == null) {
      json.wrong("expect", "\"expect\" is missing, expected what shall come out.");
    }
    var outcomes = new LinkedHashMap<String, String>();
    var tasks = json.objectOrNull("outcomes");
    if (tasks != null) {
      tasks.keys(Keys.NODE, 50).forEach(task -> outcomes.put(task, tasks.text(task, 60)));
      tasks.end();
    }
    var head = new ExampleCase(json.text("name", 200), json.moment("at"), parameters(json, parameters),
        answers(json, fields), outcomes, null, null, null, null, List.of(), List.of(), List.of());
    json.end();
    return expect == null ? head : expected(head, expect);
  }

  private static ExampleCase expected(ExampleCase head, Json expect) {
    var eligible = expect.member("eligible") == null ? null : (Boolean) expect.flag("eligible", true);
    String parameter = null;
    BigDecimal fee = null;
    var member = expect.member("fee");
    if (member != null && member.isObject()) {
      var inner = expect.objectOrNull("fee");
      parameter = inner == null ? null : inner.text("parameter", 40);
      if (inner != null) {
        inner.end();
      }
    } else {
      fee = expect.decimalOrNull("fee");
    }
    var states = new ArrayList<VisibleState>();
    for (var name : expect.texts("states", 50)) {
      try {
        states.add(VisibleState.valueOf(name));
      } catch (IllegalArgumentException e) {
        expect.wrong("states", "\"%s\" is no state, expected some of %s.".formatted(Findings.shown(name),
            List.of(VisibleState.values())));
      }
    }
    var example = new ExampleCase(head.name(), head.at(), head.parameters(), head.answers(), head.outcomes(), eligible,
        expect.textOrNull("reason", 80), fee, parameter, expect.texts("invalid", 50), states,
        expect.texts("contains", 20));
    expect.end();
    return example;
  }

  private static Map<String, Object> parameters(Json json, Map<String, Parameter> parameters) {
    var values = new LinkedHashMap<String, Object>();
    var inner = json.objectOrNull("parameters");
    if (inner != null) {
      for (var key : inner.keys(Keys.NAME, 200)) {
        var parameter = parameters.get(key);
        var value = inner.member(key);
        if (parameter == null) {
          inner.wrong(key, "There is no parameter \"%s\" in this package.".formatted(key));
        } else if (value != null) {
          try {
            values.put(key, ParameterValues.ofJson(parameter, value));
          } catch (InvalidValue e) {
            inner.wrong(key, "The value of \"%s\" does not fit: %s".formatted(key, e.words().en()));
          }
        }
      }
      inner.end();
    }
    return values;
  }

  private static Map<String, Object> answers(Json json, Map<String, Field> fields) {
    var values = new LinkedHashMap<String, Object>();
    var inner = json.objectOrNull("answers");
    if (inner != null) {
      for (var key : inner.keys(Keys.NAME, 300)) {
        var field = fields.get(key);
        var member = inner.member(key);
        if (field == null) {
          inner.wrong(key, "There is no field \"%s\" in this package.".formatted(key));
        } else if (member != null) {
          answer(field.type(), member).ifPresentOrElse(value -> values.put(key, value),
              () -> inner.wrong(key, "%s is no answer to the field \"%s\" of type %s.".formatted(
                  Findings.shown(member.toString()), key, field.type())));
        }
      }
      inner.end();
    }
    return values;
  }

  /** An answer in the form in which it is kept as JSON; empty if it is none of the field's type. */
  public static Optional<Object> answer(Field.Type type, JsonNode json) {
    return Optional.ofNullable(switch (type) {
      case BOOLEAN -> json.isBoolean() ? (Object) json.booleanValue() : null;
      case MULTIPLE, FILE -> texts(json);
      case INTEGER, MONEY -> json.isString() && json.stringValue().matches("-?\\d{1,12}(\\.\\d{1,2})?")
          ? new BigDecimal(json.stringValue())
          : null;
      case DATE -> date(json);
      default -> json.isString() && !json.stringValue().isEmpty() ? json.stringValue() : null;
    });
  }

  private static @Nullable Object date(JsonNode json) {
    try {
      return json.isString() ? LocalDate.parse(json.stringValue()) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable List<String> texts(JsonNode json) {
    if (!json.isArray() || json.size() > 100) {
      return null;
    }
    var texts = new ArrayList<String>();
    for (var one : json) {
      if (!one.isString() || one.stringValue().length() > 200) {
        return null;
      }
      texts.add(one.stringValue());
    }
    return List.copyOf(texts);
  }
}
