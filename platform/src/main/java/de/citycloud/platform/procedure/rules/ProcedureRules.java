package de.citycloud.platform.procedure.rules;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.Words;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rules of procedures. Thread-safe; a package's tables are parsed once. */
public interface ProcedureRules {
  /** Answers of one step as read from a form. @param values what is valid @param errors in the order of the fields */
  record Reading(Map<String, Object> values, List<FieldError> errors) {}

  /**
   * Reads what a form sent for the fields of {@code step} that are asked, given the answers before.
   *
   * @param sent values by name; a DATE comes as {@code key.day}, {@code key.month}, {@code key.year}; files are in
   *     {@code before} already
   */
  Reading read(ResolvedProcedure procedure, Field.Step step, Map<String, Object> before, Map<String, List<String>> sent,
      Locale language);

  /** Steps that are shown with these answers, in order. */
  List<Field.Step> stepsOf(ResolvedProcedure procedure, Map<String, Object> answers);

  /** Fields of a step that are asked with these answers, in order. */
  List<Field> fieldsOf(ResolvedProcedure procedure, Field.Step step, Map<String, Object> answers);

  /** Options of a CHOICE or MULTIPLE, also those that come from a parameter: value to words, in order. */
  Map<String, Words> optionsOf(ResolvedProcedure procedure, Field field);

  /** Everything that is missing or wrong in a whole application, in the order of the form; empty if it can be sent. */
  List<FieldError> check(ResolvedProcedure procedure, Map<String, Object> answers, Locale language);

  /** The same answers without those that are not asked with them (a step was left out later). */
  Map<String, Object> onlyAsked(ResolvedProcedure procedure, Map<String, Object> answers);

  /**
   * What the tables say.
   *
   * @param at local time of the application in Europe/Berlin
   * @throws de.citycloud.platform.problem.CityProblem {@code decision-failed} (422) if a table does not answer
   */
  Assessment assess(ResolvedProcedure procedure, Map<String, Object> answers, LocalDateTime at);

  /** An answer as people read it, e.g. {@code 3. Dez. 2026}; options with their words. */
  String display(ResolvedProcedure procedure, Field field, Object answer, Locale language);

  /** A text of the package or of ours with its placeholders filled; no HTML. */
  String text(ResolvedProcedure procedure, Words words, Map<String, Object> values, Locale language);

  /** A section of the service page as safe HTML: paragraphs, lists, links; addenda of ours below. Empty if there is none. */
  String section(ResolvedProcedure procedure, String section, Locale language, boolean plain);

  /**
   * A document of the package as safe XHTML for the PDF; a language that the package lacks falls back to German.
   *
   * @param values placeholders besides parameters and answers: {@code reference}, {@code date}, {@code outcome.*} …
   */
  String document(ResolvedProcedure procedure, String template, Map<String, Object> answers, Map<String, Object> values,
      Locale language);

  /** Runs the example cases of the package with the parameters of {@code procedure}. */
  List<ExampleResult> runExamples(ResolvedProcedure procedure);

  /** @param failures what was expected and what came, each a sentence; empty if the case passes */
  record ExampleResult(String name, List<String> failures) {}

  /** Time as the rules see it. */
  static LocalDateTime local(Instant at) {
    return LocalDateTime.ofInstant(at, java.time.ZoneId.of("Europe/Berlin"));
  }
}
