package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.apply.FieldView.Option;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.Words;
import de.citycloud.platform.procedure.rules.FieldError;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Makes the fields of a page: what was answered, what was just typed, what is wrong with it. */
@Component
class FieldViews {
  private final ProcedureRules rules;
  private final MessageSource messages;

  FieldViews(ProcedureRules rules, MessageSource messages) {
    this.rules = rules;
    this.messages = messages;
  }

  /**
   * Fields of a step.
   *
   * @param answers what is known
   * @param sent what was just typed, by name; null if the page is opened
   */
  List<FieldView> of(ResolvedProcedure procedure, Field.Step step, Draft draft, Map<String, Object> answers,
      @Nullable Map<String, List<String>> sent, List<FieldError> errors, Locale language) {
    var wrong = new HashMap<String, String>();
    errors.forEach(error -> wrong.putIfAbsent(error.field(), error.message()));
    return rules.fieldsOf(procedure, step, answers).stream()
        .map(field -> view(procedure, field, draft, answers.get(field.key()), sent, wrong.get(field.key()), language))
        .toList();
  }

  private FieldView view(ResolvedProcedure procedure, Field field, Draft draft, @Nullable Object answer,
      @Nullable Map<String, List<String>> sent, @Nullable String error, Locale language) {
    var id = "f-" + field.key();
    var typed = sent == null ? List.<String>of() : sent.getOrDefault(field.key(), List.of());
    var chosen = sent != null ? typed : valuesOf(answer);
    var value = chosen.isEmpty() || field.type() == Field.Type.DATE
        ? ""
        : formOf(field, chosen.getFirst(), language,
            sent != null);
    var parts = field.type() == Field.Type.DATE ? dateOf(field, answer, sent) : List.<String>of();
    return new FieldView(field.key(), id, field.type(), words(procedure, field.label(), language),
        hint(procedure, field, language), field.required(), field.maxLength(), field.autocomplete(), value, parts,
        options(procedure, field, chosen, language), draft.filesOf(field.key()), error);
  }

  private static List<String> valuesOf(@Nullable Object answer) {
    return switch (answer) {
      case null -> List.of();
      case List<?> list -> list.stream().map(Objects::toString).toList();
      case BigDecimal number -> List.of(number.toPlainString());
      default -> List.of(answer.toString());
    };
  }

  /** Numbers as people write them; what they typed stays as they typed it. */
  private static String formOf(Field field, String value, Locale language, boolean asTyped) {
    boolean comma = !asTyped && field.type() == Field.Type.MONEY && !language.getLanguage().equals("en");
    return comma ? value.replace('.', ',') : value;
  }

  private static List<String> dateOf(Field field, @Nullable Object answer, @Nullable Map<String, List<String>> sent) {
    if (sent != null) {
      return Stream.of("day", "month", "year")
          .map(part -> sent.getOrDefault(field.key() + "." + part, List.of()).stream().findFirst().orElse("")).toList();
    }
    return answer instanceof LocalDate date
        ? List.of("" + date.getDayOfMonth(), "" + date.getMonthValue(), "" + date.getYear())
        : List.of("", "", "");
  }

  private List<Option> options(ResolvedProcedure procedure, Field field, List<String> chosen, Locale language) {
    return field.type() == Field.Type.CHOICE || field.type() == Field.Type.MULTIPLE
        ? rules.optionsOf(procedure, field).entrySet().stream()
            .map(option -> new Option(option.getKey(), words(procedure, option.getValue(), language),
                chosen.contains(option.getKey())))
            .toList()
        : List.of();
  }

  /** Help of the package, then what the type needs. */
  private String hint(ResolvedProcedure procedure, Field field, Locale language) {
    var help = field.help();
    var own = switch (field.type()) {
      case DATE -> messages.getMessage("apply.hint.date", null, language);
      case FILE -> messages.getMessage("apply.hint.file", new Object[]{field.maxLength()}, language);
      case MONEY -> messages.getMessage("apply.hint.money", null, language);
      case MULTIPLE -> messages.getMessage("apply.hint.multiple", null, language);
      default -> "";
    };
    return Stream.of(help == null ? "" : words(procedure, help, language), own).filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  String words(ResolvedProcedure procedure, Words words, Locale language) {
    return rules.text(procedure, words, Map.of(), language);
  }
}
