package de.citycloud.platform.procedure.pack.check;

import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.Parameter;
import de.citycloud.platform.procedure.pack.read.Findings;
import java.util.HashSet;

/** Example cases name what is there, and show every way a decision can go. */
final class ExampleRules {
  private static final String FILE = "examples ";

  private ExampleRules() {}

  /** {@code example}: tasks, outcomes, texts, fields and parameters of examples exist; names differ. */
  static void references(Draft draft, Findings findings) {
    var pack = draft.pack();
    var names = new HashSet<String>();
    for (var example : pack.examples()) {
      var place = FILE + Findings.shown(example.name());
      if (!names.add(example.name())) {
        findings.error("example", place, "Two examples have this name, expected different ones.");
      }
      example.outcomes().forEach((task, outcome) -> {
        if (!(pack.flow().nodes().get(task) instanceof Flow.Task known) || !known.outcomes().containsKey(outcome)) {
          findings.error("example", place, "There is no task \"%s\" with the outcome \"%s\".".formatted(
              Findings.shown(task), Findings.shown(outcome)));
        }
      });
      var reason = example.reason();
      if (reason != null && !pack.texts().containsKey(reason)) {
        findings.error("example", place, "The reason \"%s\" is no text of texts.json.".formatted(
            Findings.shown(reason)));
      }
      example.invalid().stream().filter(field -> !pack.fields().containsKey(field)).forEach(field -> findings
          .error("example", place, "There is no field \"%s\" to be invalid.".formatted(Findings.shown(field))));
      var parameter = example.feeParameter();
      if (parameter != null && (!pack.parameters().containsKey(parameter)
          || pack.parameters().get(parameter).type() != Parameter.Type.MONEY)) {
        findings.error("example", place, "There is no amount of money \"%s\", expected such a parameter.".formatted(
            Findings.shown(parameter)));
      }
    }
  }

  /** {@code outcome-without-example}: each outcome of a decision has an example, and so has a refusal by the table. */
  static void outcomes(Draft draft, Findings findings) {
    var examples = draft.pack().examples();
    if (examples.isEmpty()) {
      findings.error("outcome-without-example", "examples", "There is no example, expected at least one.");
    }
    for (var task : TaskRules.deciding(draft)) {
      task.outcomes().keySet().stream()
          .filter(outcome -> examples.stream().noneMatch(one -> outcome.equals(one.outcomes().get(task.id()))))
          .forEach(outcome -> findings.error("outcome-without-example", "examples",
              "No example shows the outcome \"%s\" of \"%s\", expected one.".formatted(outcome, task.id())));
    }
    if (draft.tables().containsKey("eligibility")
        && examples.stream().noneMatch(one -> Boolean.FALSE.equals(one.eligible()))) {
      findings.error("outcome-without-example", "examples",
          "No example is refused by the table \"eligibility\", expected one with \"eligible\": false.");
    }
  }
}
