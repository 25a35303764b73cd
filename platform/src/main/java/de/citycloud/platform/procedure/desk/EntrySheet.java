package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Condition;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.rules.FieldError;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/** All fields of a form on one page. Those that are asked only sometimes say when; the others need no scrolling past. */
@Component
class EntrySheet {
  private final ProcedureRules rules;
  private final MessageSource messages;

  EntrySheet(ProcedureRules rules, MessageSource messages) {
    this.rules = rules;
    this.messages = messages;
  }

  /** A part of the page. @param when in which case it is asked; null for always */
  record Part(String title, @Nullable String when, List<Input> inputs) {}

  /**
   * A field with what was typed.
   *
   * @param type lower case, e.g. {@code text}; {@code money}, {@code date} and so on
   * @param options of a choice, in order
   * @param sent what was typed, several for a choice of several
   * @param when in which case it is asked; null for always
   * @param error null if there is none
   */
  record Input(String key, String type, String label, @Nullable String help, boolean required,
      Map<String, String> options, List<String> sent, Map<String, String> date, @Nullable String when,
      @Nullable String error, int maxLength) {
    /** Id of the element that the error leads to. */
    public String id() {
      return key;
    }

    public boolean isWrong() {
      return error != null;
    }

    public String first() {
      return sent.isEmpty() ? "" : sent.getFirst();
    }
  }

  /** Reads page by page, since each may depend on the ones before; files come later. */
  ProcedureRules.Reading read(ResolvedProcedure procedure, MultiValueMap<String, String> sent, Locale language) {
    var values = new HashMap<String, Object>();
    var errors = new ArrayList<FieldError>();
    var known = known(procedure, sent);
    for (var step : procedure.pack().steps()) {
      if (step.when() == null || step.when().holds(values)) {
        var reading = rules.read(procedure, step, values, known, language);
        values.putAll(reading.values());
        reading.errors().stream().filter(error -> !isFile(procedure, error.field())).forEach(errors::add);
      }
    }
    return new ProcedureRules.Reading(values, errors);
  }

  private static boolean isFile(ResolvedProcedure procedure, String field) {
    return procedure.pack().field(field).filter(one -> one.type() == Field.Type.FILE).isPresent();
  }

  /** What was sent for fields of the form, and nothing else. */
  Map<String, List<String>> known(ResolvedProcedure procedure, MultiValueMap<String, String> sent) {
    var fields = procedure.pack().fields();
    return sent.entrySet().stream().filter(one -> fields.containsKey(one.getKey().replaceFirst("\\.[a-z]+$", "")))
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().stream().limit(200).map(Typed::text)
            .map(text -> text.substring(0, Math.min(2 * Typed.LONGEST, text.length()))).toList()));
  }

  /** The fields that ask for files with these answers. */
  List<Field> filesAskedFor(ResolvedProcedure procedure, Map<String, Object> values) {
    return rules.stepsOf(procedure, values).stream()
        .flatMap(step -> rules.fieldsOf(procedure, step, values).stream())
        .filter(field -> field.type() == Field.Type.FILE).toList();
  }

  /** The same as inputs. */
  List<Input> filesOf(ResolvedProcedure procedure, Map<String, Object> values, List<FieldError> errors,
      Locale language) {
    var byField = errors.stream().collect(Collectors.toMap(FieldError::field, FieldError::message, (a, b) -> a));
    return filesAskedFor(procedure, values).stream()
        .map(field -> input(procedure, field, Map.of(), byField, language)).toList();
  }

  /** The whole form. */
  List<Part> stepsOf(ResolvedProcedure procedure, MultiValueMap<String, String> sent, List<FieldError> errors,
      Locale language) {
    var known = known(procedure, sent);
    var byField = errors.stream().collect(Collectors.toMap(FieldError::field, FieldError::message, (a, b) -> a));
    return procedure.pack().steps().stream()
        .map(step -> new Part(rules.text(procedure, step.title(), Map.of(), language),
            step.when() == null ? null : words(procedure, step.when(), language),
            step.fields().stream().flatMap(key -> procedure.pack().field(key).stream())
                .filter(field -> field.type() != Field.Type.FILE)
                .map(field -> input(procedure, field, known, byField, language)).toList()))
        .filter(part -> !part.inputs.isEmpty()).toList();
  }

  private Input input(ResolvedProcedure procedure, Field field, Map<String, List<String>> sent,
      Map<String, String> errors, Locale language) {
    var options = new LinkedHashMap<String, String>();
    if (field.type() == Field.Type.CHOICE || field.type() == Field.Type.MULTIPLE) {
      rules.optionsOf(procedure, field).forEach((value, words) -> options.put(value, words.in(language)));
    }
    var date = new HashMap<String, String>();
    for (var part : List.of("day", "month", "year")) {
      date.put(part, sent.getOrDefault(field.key() + "." + part, List.of("")).getFirst());
    }
    return new Input(field.key(), field.type().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        rules.text(procedure, field.label(), Map.of(), language),
        field.help() == null ? null : rules.text(procedure, field.help(), Map.of(), language), field.required(),
        options, sent.getOrDefault(field.key(), List.of()), date,
        field.when() == null ? null : words(procedure, field.when(), language), errors.get(field.key()),
        field.maxLength());
  }

  /** A condition in words, e.g. {@code Wem gehört das Fahrzeug?: mir}. */
  private String words(ResolvedProcedure procedure, Condition condition, Locale language) {
    return switch (condition) {
      case Condition.Is(var key, var value) -> label(procedure, key, language) + ": "
          + procedure.pack().field(key).map(field -> rules.optionsOf(procedure, field).get(value))
              .map(words -> words.in(language))
              .orElseGet(() -> value.equals("true") || value.equals("false")
                  ? say("desk.enter." + value, language)
                  : value);
      case Condition.Answered(var key) -> label(procedure, key, language) + " " + say("desk.enter.answered", language);
      case Condition.Not(var inner) -> say("desk.enter.not", language) + " " + words(procedure, inner, language);
      case Condition.All(var parts) -> join(procedure, parts, "desk.enter.and", language);
      case Condition.Any(var parts) -> join(procedure, parts, "desk.enter.or", language);
    };
  }

  private String join(ResolvedProcedure procedure, List<Condition> parts, String by, Locale language) {
    return parts.stream().map(part -> words(procedure, part, language))
        .collect(Collectors.joining(" " + say(by, language) + " "));
  }

  private String label(ResolvedProcedure procedure, String key, Locale language) {
    return procedure.pack().field(key).map(field -> "„" + field.label().in(language) + "“").orElse(key);
  }

  private String say(String key, Locale language) {
    return messages.getMessage(key, null, language);
  }
}
