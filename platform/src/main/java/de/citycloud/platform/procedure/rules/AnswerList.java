package de.citycloud.platform.procedure.rules;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Field;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What somebody answered, page by page of the form, each answer in words. */
@Component
public class AnswerList {
  private final ProcedureRules rules;

  AnswerList(ProcedureRules rules) {
    this.rules = rules;
  }

  /** One page of the form. @param step its key */
  public record Part(String step, String title, List<Line> lines) {}

  /** One answer. @param text empty if it was not answered; may have several lines */
  public record Line(Field field, String label, String text) {}

  /** Pages that are shown with these answers, without those that ask for nothing. */
  public List<Part> of(ResolvedProcedure procedure, Map<String, Object> answers, Locale language) {
    return rules.stepsOf(procedure, answers).stream()
        .map(step -> new Part(step.key(), rules.text(procedure, step.title(), answers, language),
            rules.fieldsOf(procedure, step, answers).stream()
                .map(field -> line(procedure, field, answers, language)).toList()))
        .filter(part -> !part.lines.isEmpty()).toList();
  }

  /** The same without what was not answered. */
  public List<Part> answeredOf(ResolvedProcedure procedure, Map<String, Object> answers, Locale language) {
    return of(procedure, answers, language).stream()
        .map(part -> new Part(part.step, part.title,
            part.lines.stream().filter(line -> !line.text.isEmpty()).toList()))
        .filter(part -> !part.lines.isEmpty()).toList();
  }

  private Line line(ResolvedProcedure procedure, Field field, Map<String, Object> answers, Locale language) {
    var answer = answers.get(field.key());
    return new Line(field, rules.text(procedure, field.label(), answers, language),
        answer == null ? "" : rules.display(procedure, field, answer, language));
  }
}
