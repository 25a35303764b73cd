package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What somebody applied for, as one reads it: by the pages of the form, each answer in words. */
@Component
class AnswerSheet {
  private final ProcedureRules rules;
  private final MessageSource messages;

  AnswerSheet(ProcedureRules rules, MessageSource messages) {
    this.rules = rules;
    this.messages = messages;
  }

  /** One page of the form. */
  record Part(String title, List<Line> lines) {}

  /** One answer; {@code text} may have several lines. */
  record Line(String label, String text) {}

  /** Pages that were shown, without those where nothing was answered. */
  List<Part> of(ResolvedProcedure procedure, Map<String, Object> answers, Locale language) {
    return rules.stepsOf(procedure, answers).stream()
        .map(step -> new Part(rules.text(procedure, step.title(), answers, language),
            lines(procedure, step, answers, language)))
        .filter(part -> !part.lines.isEmpty()).toList();
  }

  private List<Line> lines(ResolvedProcedure procedure, Field.Step step, Map<String, Object> answers,
      Locale language) {
    var lines = new ArrayList<Line>();
    for (var field : rules.fieldsOf(procedure, step, answers)) {
      var answer = answers.get(field.key());
      if (answer != null) {
        var text = field.type() == Field.Type.FILE && answer instanceof List<?> files
            ? messages.getMessage("desk.files.count", new Object[]{files.size()}, language)
            : rules.display(procedure, field, answer, language);
        lines.add(new Line(rules.text(procedure, field.label(), answers, language), text));
      }
    }
    return lines;
  }
}
