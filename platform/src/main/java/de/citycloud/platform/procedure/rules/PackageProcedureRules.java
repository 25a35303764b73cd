package de.citycloud.platform.procedure.rules;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.Words;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The rules that stand in a package. Needs no Spring: {@code new PackageProcedureRules()} will do. */
@Component
public final class PackageProcedureRules implements ProcedureRules {
  private final Assessing assessing = new Assessing();
  private final Examples examples = new Examples(this);

  @Override
  public Reading read(ResolvedProcedure procedure, Field.Step step, Map<String, Object> before,
      Map<String, List<String>> sent, Locale language) {
    var answers = new HashMap<>(before);
    var values = new LinkedHashMap<String, Object>();
    var errors = new ArrayList<FieldError>();
    for (var key : step.fields()) {
      var field = Objects.requireNonNull(procedure.pack().fields().get(key), key);
      var found = FormReading.read(field, before, sent, language);
      var value = found.value();
      put(answers, key, value);
      // whether it is asked follows from the answers above it, on this page too
      if (Asked.fields(procedure, step, answers).stream().noneMatch(one -> one.key().equals(key))) {
        answers.remove(key);
        continue;
      }
      var mistake = found.mistake();
      if (mistake != null) {
        errors.add(new FieldError(key, Said.text(language, mistake, field.label().in(language))));
        continue;
      }
      var wrong = AnswerCheck.mistake(procedure, field, value, language);
      wrong.ifPresent(errors::add);
      if (wrong.isEmpty() && value != null) {
        values.put(key, value);
      }
    }
    return new Reading(values, errors);
  }

  private static void put(Map<String, Object> answers, String key, @Nullable Object value) {
    if (value == null) {
      answers.remove(key);
    } else {
      answers.put(key, value);
    }
  }

  @Override
  public List<Field.Step> stepsOf(ResolvedProcedure procedure, Map<String, Object> answers) {
    return Asked.steps(procedure, answers);
  }

  @Override
  public List<Field> fieldsOf(ResolvedProcedure procedure, Field.Step step, Map<String, Object> answers) {
    return Asked.fields(procedure, step, answers);
  }

  @Override
  public Map<String, Words> optionsOf(ResolvedProcedure procedure, Field field) {
    return Options.of(procedure, field);
  }

  @Override
  public List<FieldError> check(ResolvedProcedure procedure, Map<String, Object> answers, Locale language) {
    var errors = new ArrayList<FieldError>();
    for (var step : Asked.steps(procedure, answers)) {
      for (var field : Asked.fields(procedure, step, answers)) {
        AnswerCheck.mistake(procedure, field, answers.get(field.key()), language).ifPresent(errors::add);
      }
    }
    return errors;
  }

  @Override
  public Map<String, Object> onlyAsked(ResolvedProcedure procedure, Map<String, Object> answers) {
    return Asked.only(procedure, answers);
  }

  @Override
  public Assessment assess(ResolvedProcedure procedure, Map<String, Object> answers, LocalDateTime at) {
    return assessing.assess(procedure, answers, at);
  }

  @Override
  public String display(ResolvedProcedure procedure, Field field, Object answer, Locale language) {
    return Shown.answer(procedure, field, answer, language);
  }

  @Override
  public String text(ResolvedProcedure procedure, Words words, Map<String, Object> values, Locale language) {
    var template = own(procedure, words).in(language);
    if (!Texts.hasPlaceholders(template)) {
      return template;
    }
    var all = Texts.ofParameters(procedure, language);
    Texts.addValues(all, procedure, values, language);
    return Texts.plain(template, all, language);
  }

  /** Our words in place of a text of the package, if there are some. */
  private static Words own(ResolvedProcedure procedure, Words words) {
    if (procedure.ownTexts().isEmpty()) {
      return words;
    }
    for (var text : procedure.pack().texts().entrySet()) {
      var own = procedure.ownTexts().get("text." + text.getKey());
      if (own != null && text.getValue().equals(words)) {
        return own;
      }
    }
    return words;
  }

  @Override
  public String section(ResolvedProcedure procedure, String section, Locale language, boolean plain) {
    var words = procedure.ownTexts().getOrDefault("section." + section, procedure.pack().sections().get(section));
    return sectionHtml(procedure, words, language, plain)
        + sectionHtml(procedure, procedure.addenda().get(section), language, plain);
  }

  private static String sectionHtml(ResolvedProcedure procedure, @Nullable Words words, Locale language,
      boolean plain) {
    if (words == null) {
      return "";
    }
    var simple = words.plain();
    var text = plain && simple != null && !language.getLanguage().equals("en") ? simple : words.in(language);
    return Sections.html(Texts.hasPlaceholders(text)
        ? Texts.plain(text, Texts.ofParameters(procedure, language), language)
        : text);
  }

  @Override
  public String document(ResolvedProcedure procedure, String template, Map<String, Object> answers,
      Map<String, Object> values, Locale language) {
    var documents = procedure.pack().documents();
    var name = template + (language.getLanguage().equals("en") ? ".en" : ".de");
    var text = documents.containsKey(name) ? documents.get(name) : documents.get(template + ".de");
    if (text == null) {
      throw new IllegalArgumentException("The package %s has no document \"%s\".".formatted(procedure.pack().id(),
          template));
    }
    var spoken = documents.containsKey(name) ? language : Locale.GERMAN;
    var all = Texts.ofParameters(procedure, spoken);
    Texts.addAnswers(all, procedure, answers, spoken);
    Texts.addValues(all, procedure, values, spoken);
    return Texts.document(text, all, spoken);
  }

  @Override
  public List<ExampleResult> runExamples(ResolvedProcedure procedure) {
    return procedure.pack().examples().stream().map(example -> examples.run(procedure, example)).toList();
  }
}
