package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.procedure.pack.Field;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Answers as JSON: texts, plain decimal texts, ISO dates, booleans, lists of texts. */
final class AnswersJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private AnswersJson() {}

  static String write(Map<String, Object> answers) {
    var plain = new LinkedHashMap<String, Object>();
    answers.forEach((key, value) -> plain.put(key, switch (value) {
      case BigDecimal number -> number.toPlainString();
      case LocalDate date -> date.toString();
      default -> value;
    }));
    return JSON.writeValueAsString(plain);
  }

  /** The answers to these fields; what a field cannot hold (an update changed it) is left out. */
  static Map<String, Object> read(String json, Map<String, Field> fields) {
    var answers = new LinkedHashMap<String, Object>();
    JSON.readValue(json, Map.class).forEach((key, value) -> {
      var field = fields.get(String.valueOf(key));
      if (field != null && value != null) {
        valueOf(field, value).ifPresent(answer -> answers.put(field.key(), answer));
      }
    });
    return answers;
  }

  private static Optional<Object> valueOf(Field field, Object value) {
    return switch (field.type()) {
      case INTEGER, MONEY -> parse(() -> new BigDecimal(value.toString()));
      case DATE -> parse(() -> LocalDate.parse(value.toString()));
      case BOOLEAN -> value instanceof Boolean ? Optional.of(value) : Optional.empty();
      case MULTIPLE, FILE -> value instanceof List<?> list
          ? Optional.of(list.stream().map(Objects::toString).toList())
          : Optional.empty();
      case TEXT, LONG_TEXT, CHOICE, EMAIL, PHONE -> value instanceof String ? Optional.of(value) : Optional.empty();
    };
  }

  private static Optional<Object> parse(java.util.function.Supplier<Object> value) {
    try {
      return Optional.of(value.get());
    } catch (NumberFormatException | java.time.format.DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
