package de.citycloud.platform.procedure.pack;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** When something is asked: by what was answered before. Values are those of answers; nothing is executed. */
public sealed interface Condition {
  /** The field was answered so, or, for MULTIPLE, this is among the answers. Numbers and dates in their ISO form. */
  record Is(String field, String value) implements Condition {}

  /** The field was answered at all. */
  record Answered(String field) implements Condition {}

  /** The inner one does not hold. */
  record Not(Condition inner) implements Condition {}

  /** All hold. */
  record All(List<Condition> parts) implements Condition {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** At least one holds. */
  record Any(List<Condition> parts) implements Condition {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** True if it holds for {@code answers}, by key of the field. */
  default boolean holds(Map<String, Object> answers) {
    return switch (this) {
      case Is(var field, var value) -> answers.get(field) instanceof List<?> list
          ? list.stream().anyMatch(one -> Objects.toString(one).equals(value))
          : answers.get(field) != null && Objects.toString(answers.get(field)).equals(value);
      case Answered(var field) -> answers.get(field) != null;
      case Not(var inner) -> !inner.holds(answers);
      case All(var parts) -> parts.stream().allMatch(part -> part.holds(answers));
      case Any(var parts) -> parts.stream().anyMatch(part -> part.holds(answers));
    };
  }
}
