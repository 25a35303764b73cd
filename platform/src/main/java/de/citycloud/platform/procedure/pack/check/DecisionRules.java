package de.citycloud.platform.procedure.pack.check;

import de.citycloud.platform.procedure.pack.read.Findings;
import java.util.HashSet;
import java.util.Set;

/** Decision tables give what is asked of them, from what is there. */
final class DecisionRules {
  private DecisionRules() {}

  /** {@code decision-output}: {@code eligibility} gives {@code eligible}, {@code fee} gives {@code fee}. */
  static void outputs(Draft draft, Findings findings) {
    draft.tables().forEach((name, table) -> {
      var place = "decisions/" + name + ".dmn";
      switch (name) {
        case "eligibility" -> require(findings, place, table.outputs().contains("eligible"), "eligible");
        case "fee" -> require(findings, place, table.outputs().contains("fee"), "fee");
        default -> findings.error("decision-output", place,
            "The platform asks no table \"%s\", expected eligibility or fee.".formatted(name));
      }
      for (var output : table.outputs()) {
        if (!output.matches("[a-z][a-zA-Z0-9]{0,39}") || draft.pack().fields().containsKey(output)
            || draft.pack().parameters().containsKey(output)) {
          findings.error("decision-output", place,
              "The output \"%s\" is no name, or that of a field or parameter, expected a name of its own.".formatted(
                  Findings.shown(output)));
        }
      }
    });
  }

  private static void require(Findings findings, String place, boolean there, String output) {
    if (!there) {
      findings.error("decision-output", place, "The table has no output \"%s\", expected it.".formatted(output));
    }
  }

  /** {@code unknown-variable}: expressions name answers, parameters, columns of tables, {@code today} or {@code now}. */
  static void variables(Draft draft, Findings findings) {
    var known = new HashSet<>(TextRules.parameters(draft));
    known.addAll(draft.pack().fields().keySet());
    known.addAll(Set.of("today", "now", "item", "?"));
    draft.tables().forEach((name, table) -> table.variables().stream().filter(one -> !known.contains(one)).sorted()
        .forEach(one -> findings.error("unknown-variable", "decisions/" + name + ".dmn",
            "\"%s\" is neither an answer nor a parameter, expected one of them, today or now.".formatted(
                Findings.shown(one)))));
  }
}
