package de.citycloud.platform.procedure.pack.check;

import de.citycloud.platform.procedure.pack.Condition;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.read.Findings;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pages of the form fit its fields. */
final class FormRules {
  private static final String FILE = "form.json";

  private FormRules() {}

  /** {@code form}: every field stands on exactly one page; pages have different keys and at least one field. */
  static void steps(Draft draft, Findings findings) {
    var keys = new HashSet<String>();
    var asked = new HashSet<String>();
    for (var step : draft.pack().steps()) {
      if (!keys.add(step.key())) {
        findings.error("form", FILE + " " + step.key(), "The page \"%s\" stands twice.".formatted(step.key()));
      }
      if (step.fields().isEmpty()) {
        findings.error("form", FILE + " " + step.key(), "The page \"%s\" asks nothing.".formatted(step.key()));
      }
      for (var field : step.fields()) {
        if (!draft.pack().fields().containsKey(field)) {
          findings.error("form", FILE + " " + step.key(),
              "There is no field \"%s\", expected one of fields.json.".formatted(Findings.shown(field)));
        } else if (!asked.add(field)) {
          findings.error("form", FILE + " " + step.key(), "The field \"%s\" is asked twice.".formatted(field));
        }
      }
    }
    draft.pack().fields().keySet().stream().filter(key -> !asked.contains(key))
        .forEach(key -> findings.error("form", "fields.json " + key,
            "No page asks the field \"%s\", expected each on one page.\nMaybe it is not needed.".formatted(key)));
    if (draft.pack().steps().isEmpty()) {
      findings.error("form", FILE, "The form has no pages, expected at least one.");
    }
  }

  /** {@code condition}: a condition looks at what was asked before, and at answers that exist. */
  static void conditions(Draft draft, Findings findings) {
    var before = new HashSet<String>();
    for (var step : draft.pack().steps()) {
      check(draft, findings, FILE + " " + step.key() + "/when", step.when(), before);
      for (var key : step.fields()) {
        var field = draft.pack().fields().get(key);
        if (field != null) {
          check(draft, findings, "fields.json " + key + "/when", field.when(), before);
          before.add(key);
        }
      }
    }
  }

  private static void check(Draft draft, Findings findings, String place, @Nullable Condition condition,
      Set<String> before) {
    switch (condition) {
      case null -> {
      }
      case Condition.Is(var key, var value) -> {
        known(findings, place, key, before);
        var field = draft.pack().fields().get(key);
        if (field != null && !possible(field, value)) {
          findings.error("condition", place, "\"%s\" is never the answer to \"%s\", expected one of its options."
              .formatted(Findings.shown(value), key));
        }
      }
      case Condition.Answered(var key) -> known(findings, place, key, before);
      case Condition.Not(var inner) -> check(draft, findings, place, inner, before);
      case Condition.All(var parts) -> parts.forEach(part -> check(draft, findings, place, part, before));
      case Condition.Any(var parts) -> parts.forEach(part -> check(draft, findings, place, part, before));
    }
  }

  private static void known(Findings findings, String place, String key, Set<String> before) {
    if (!before.contains(key)) {
      findings.error("condition", place,
          "The condition looks at \"%s\", which is not asked before, expected an earlier field.".formatted(
              Findings.shown(key)));
    }
  }

  private static boolean possible(Field field, String value) {
    return switch (field.type()) {
      case CHOICE, MULTIPLE -> field.options().isEmpty() || field.options().containsKey(value);
      case BOOLEAN -> value.equals("true") || value.equals("false");
      default -> true;
    };
  }
}
