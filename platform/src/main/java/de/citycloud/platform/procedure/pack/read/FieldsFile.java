package de.citycloud.platform.procedure.pack.read;

import de.citycloud.platform.procedure.pack.Condition;
import de.citycloud.platform.procedure.pack.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code fields.json} and {@code form.json}. */
public final class FieldsFile {
  private static final int MOST_NESTING = 6;

  private FieldsFile() {}

  /** The fields by key, in the order of the file. */
  public static Map<String, Field> fields(List<Json> list) {
    var fields = new LinkedHashMap<String, Field>();
    for (var json : list) {
      var field = field(json);
      if (fields.putIfAbsent(field.key(), field) != null) {
        json.wrong("key", "\"%s\" stands twice, expected each key once.".formatted(field.key()));
      }
      json.end();
    }
    return fields;
  }

  /** The pages of the form. */
  public static List<Field.Step> steps(List<Json> list) {
    var steps = new ArrayList<Field.Step>();
    for (var json : list) {
      steps.add(new Field.Step(json.text("key", Keys.SLUG, "lower case letters, digits and hyphens"),
          json.words("title", 200), json.wordsOrNull("intro", 2_000), json.texts("fields", 30),
          condition(json, "when", 0)));
      json.end();
    }
    return steps;
  }

  private static Field field(Json json) {
    var type = type(json);
    return new Field(json.text("key", Keys.NAME, "a lower case letter, then letters and digits, at most 40"), type,
        json.words("label", 200), json.wordsOrNull("help", 1_000), json.text("fim", 20, ""),
        json.flag("required", false), maxLength(json, type), json.textOrNull("pattern", 300),
        json.wordsOrNull("patternHint", 300), json.decimalOrNull("min"), json.decimalOrNull("max"),
        ParametersFile.options(json), json.textOrNull("optionsFrom", 81), json.text("autocomplete", 40, ""),
        json.flag("personal", true), json.text("legalBasis", 300, ""), json.words("purpose", 500),
        condition(json, "when", 0));
  }

  private static int maxLength(Json json, Field.Type type) {
    return switch (type) {
      case FILE -> json.integer("maxLength", 1, 5, 1);
      case LONG_TEXT -> json.integer("maxLength", 1, 5_000, 2_000);
      case TEXT -> json.integer("maxLength", 1, 1_000, 200);
      case EMAIL -> json.integer("maxLength", 1, 254, 254);
      case PHONE -> json.integer("maxLength", 1, 40, 40);
      default -> json.integer("maxLength", 1, 5_000, 200);
    };
  }

  private static Field.Type type(Json json) {
    var name = json.text("type", 20);
    var wanted = name.equals("longText") ? "LONG_TEXT" : name;
    for (var type : Field.Type.values()) {
      if (type.name().equals(wanted) || type.name().toLowerCase(Locale.ROOT).equals(wanted)) {
        return type;
      }
    }
    json.wrong("type", "\"type\" is \"%s\", expected one of text, longText, integer, money, date, choice, multiple, "
        .formatted(Findings.shown(name)) + "boolean, email, phone, file.");
    return Field.Type.TEXT;
  }

  private static @Nullable Condition condition(Json json, String name, int depth) {
    var inner = json.objectOrNull(name);
    if (inner == null) {
      return null;
    }
    var condition = condition(inner, depth);
    inner.end();
    return condition;
  }

  private static Condition condition(Json json, int depth) {
    if (depth > MOST_NESTING) {
      json.wrong("when", "The condition is nested deeper than %d, expected less.".formatted(MOST_NESTING));
      return new Condition.All(List.of());
    }
    if (json.member("field") != null) {
      var field = json.text("field", Keys.NAME, "the key of a field");
      if (json.member("answered") != null) {
        boolean answered = json.flag("answered", true);
        return answered ? new Condition.Answered(field) : new Condition.Not(new Condition.Answered(field));
      }
      var is = json.member("is");
      // a box that is ticked reads naturally as true, without quotes
      return new Condition.Is(field, is != null && is.isBoolean() ? is.toString() : json.text("is", 200));
    }
    if (json.member("not") != null) {
      var inner = condition(json, "not", depth + 1);
      return new Condition.Not(inner == null ? new Condition.All(List.of()) : inner);
    }
    var word = json.member("any") != null ? "any" : "all";
    var parts = new ArrayList<Condition>();
    for (var part : json.list(word, 20)) {
      parts.add(condition(part, depth + 1));
      part.end();
    }
    if (parts.isEmpty()) {
      json.wrong("when", "The condition says nothing, expected one of field, not, all, any.");
    }
    return word.equals("any") ? new Condition.Any(parts) : new Condition.All(parts);
  }
}
