package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.apply.Draft.KeptFile;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.rules.FieldError;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Answers as people read them, page by page of the form. */
@Component
class AnswerViews {
  private final ProcedureRules rules;
  private final MessageSource messages;

  AnswerViews(ProcedureRules rules, MessageSource messages) {
    this.rules = rules;
    this.messages = messages;
  }

  /** Answers of one page of the form. @param step its key */
  record Group(String step, String title, List<Line> lines) {}

  /** One answer. @param value empty if it was not answered @param error null if it is fine */
  record Line(String label, String value, @Nullable String error) {}

  List<Group> groups(ResolvedProcedure procedure, Map<String, Object> answers, List<KeptFile> files,
      List<FieldError> errors, Locale language) {
    return rules.stepsOf(procedure, answers).stream()
        .map(step -> new Group(step.key(), rules.text(procedure, step.title(), Map.of(), language),
            rules.fieldsOf(procedure, step, answers).stream()
                .map(field -> line(procedure, field, answers.get(field.key()), files, errors, language)).toList()))
        .filter(group -> !group.lines.isEmpty()).toList();
  }

  private Line line(ResolvedProcedure procedure, Field field, @Nullable Object answer, List<KeptFile> files,
      List<FieldError> errors, Locale language) {
    var value = field.type() == Field.Type.FILE
        ? files.stream().filter(file -> file.field().equals(field.key())).map(KeptFile::name)
            .collect(Collectors.joining(", "))
        : answer == null ? "" : rules.display(procedure, field, answer, language);
    return new Line(rules.text(procedure, field.label(), Map.of(), language), value,
        errors.stream().filter(error -> error.field().equals(field.key())).map(FieldError::message).findFirst()
            .orElse(null));
  }

  /** {@code 10,20 €}. */
  String euros(BigDecimal amount, Locale language) {
    var format = NumberFormat.getCurrencyInstance(language.getLanguage().equals("en") ? Locale.UK : Locale.GERMANY);
    format.setCurrency(Currency.getInstance("EUR"));
    return format.format(amount);
  }

  /** {@code 3. Dez. 2026}; empty for none. */
  String date(@Nullable LocalDate date, Locale language) {
    return date == null
        ? ""
        : DateTimeFormatter.ofPattern(messages.getMessage("ui.time.date", null, language), language).format(date);
  }
}
