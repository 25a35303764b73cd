package de.citycloud.platform.procedure.rules;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Condition;
import de.citycloud.platform.procedure.pack.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is asked, given what was answered. An answer that is not asked itself (any more) counts for no condition, so going
 * through the form from its start always asks the same.
 */
final class Asked {
  private Asked() {}

  /** Steps that are shown: their condition holds and at least one of their fields can be asked. */
  static List<Field.Step> steps(ResolvedProcedure procedure, Map<String, Object> answers) {
    var shown = new ArrayList<Field.Step>();
    var counted = new HashMap<String, Object>();
    for (var step : procedure.pack().steps()) {
      if (holds(step.when(), counted) && !take(procedure, step, answers, counted).isEmpty()) {
        shown.add(step);
      }
    }
    return shown;
  }

  /** Fields of a step that are asked. */
  static List<Field> fields(ResolvedProcedure procedure, Field.Step step, Map<String, Object> answers) {
    var counted = new HashMap<String, Object>();
    for (var one : procedure.pack().steps()) {
      boolean shown = holds(one.when(), counted);
      if (one.key().equals(step.key())) {
        return shown ? take(procedure, one, answers, counted) : List.of();
      }
      if (shown) {
        take(procedure, one, answers, counted);
      }
    }
    return List.of();
  }

  /** The answers that are asked, in the order of the form. */
  static Map<String, Object> only(ResolvedProcedure procedure, Map<String, Object> answers) {
    var counted = new LinkedHashMap<String, Object>();
    for (var step : procedure.pack().steps()) {
      if (holds(step.when(), counted)) {
        take(procedure, step, answers, counted);
      }
    }
    return counted;
  }

  /** The fields of a step that are asked; adds their answers to those that count. */
  private static List<Field> take(ResolvedProcedure procedure, Field.Step step, Map<String, Object> answers,
      Map<String, Object> counted) {
    var asked = new ArrayList<Field>();
    for (var key : step.fields()) {
      var field = Objects.requireNonNull(procedure.pack().fields().get(key), key);
      if (holds(field.when(), counted)) {
        asked.add(field);
        var answer = answers.get(key);
        if (answer != null) {
          counted.put(key, answer);
        }
      }
    }
    return asked;
  }

  private static boolean holds(@Nullable Condition condition, Map<String, Object> answers) {
    return condition == null || condition.holds(answers);
  }
}
