package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.apply.Draft.KeptFile;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.rules.AnswerList;
import de.citycloud.platform.procedure.rules.FieldError;
import de.citycloud.platform.procedure.rules.Shown;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
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
  private final AnswerList list;
  private final MessageSource messages;

  AnswerViews(AnswerList list, MessageSource messages) {
    this.list = list;
    this.messages = messages;
  }

  /** Answers of one page of the form. @param step its key */
  record Group(String step, String title, List<Line> lines) {}

  /** One answer. @param value empty if it was not answered @param error null if it is fine */
  record Line(String label, String value, @Nullable String error) {}

  List<Group> groups(ResolvedProcedure procedure, Map<String, Object> answers, List<KeptFile> files,
      List<FieldError> errors, Locale language) {
    return list.of(procedure, answers, language).stream().map(part -> new Group(part.step(), part.title(),
        part.lines().stream().map(line -> line(line, files, errors)).toList())).toList();
  }

  /** Files stand with their names while they are in a draft. */
  private static Line line(AnswerList.Line line, List<KeptFile> files, List<FieldError> errors) {
    var key = line.field().key();
    var value = line.field().type() == Field.Type.FILE
        ? files.stream().filter(file -> file.field().equals(key)).map(KeptFile::name).collect(Collectors.joining(", "))
        : line.text();
    return new Line(line.label(), value, errors.stream().filter(error -> error.field().equals(key))
        .map(FieldError::message).findFirst().orElse(null));
  }

  /** {@code 10,20 €}. */
  String euros(BigDecimal amount, Locale language) {
    return Shown.money(amount, language);
  }

  /** {@code 3. Dez. 2026}; empty for none. */
  String date(@Nullable LocalDate date, Locale language) {
    return date == null
        ? ""
        : DateTimeFormatter.ofPattern(messages.getMessage("ui.time.date", null, language), language).format(date);
  }
}
