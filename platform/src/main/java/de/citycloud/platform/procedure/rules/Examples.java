package de.citycloud.platform.procedure.rules;

import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.ExampleCase;
import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.FlowWalk;
import de.citycloud.platform.procedure.pack.VisibleState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs example cases: form, tables, flow and the document of the decision, with the parameters of a municipality. */
final class Examples {
  private static final int MOST_TASKS = 100;
  private final ProcedureRules rules;

  Examples(ProcedureRules rules) {
    this.rules = rules;
  }

  ProcedureRules.ExampleResult run(ResolvedProcedure adopted, ExampleCase example) {
    var parameters = new HashMap<>(adopted.parameters());
    parameters.putAll(example.parameters());
    var procedure = new ResolvedProcedure(adopted.pack(), adopted.activationId(), parameters, adopted.ownTexts(),
        adopted.addenda(), adopted.office(), example.at().toLocalDate());
    var failures = new ArrayList<String>();
    try {
      new Run(procedure, example, failures).run();
    } catch (CityProblem e) {
      failures.add(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    return new ProcedureRules.ExampleResult(example.name(), failures);
  }

  private final class Run {
    private final ResolvedProcedure procedure;
    private final ExampleCase example;
    private final List<String> failures;
    private final List<VisibleState> states = new ArrayList<>();
    private @Nullable String decision;

    Run(ResolvedProcedure procedure, ExampleCase example, List<String> failures) {
      this.procedure = procedure;
      this.example = example;
      this.failures = failures;
    }

    void run() {
      var answers = rules.onlyAsked(procedure, example.answers());
      example.answers().keySet().stream().filter(key -> !answers.containsKey(key)).sorted()
          .forEach(key -> failures.add("The answer to \"%s\" is not asked with the others.".formatted(key)));
      var invalid = rules.check(procedure, answers, Locale.GERMAN);
      expect("invalid fields", example.invalid(), invalid.stream().map(FieldError::field).toList());
      if (!invalid.isEmpty()) {
        expect("states", example.states(), List.of());
        return;
      }
      var assessment = rules.assess(procedure, answers, example.at());
      if (example.eligible() != null) {
        expect("eligible", example.eligible(), assessment.eligible());
      }
      if (example.reason() != null) {
        expect("reason", example.reason(), assessment.reason());
      }
      expectFee(assessment);
      if (assessment.eligible()) {
        walk();
      }
      if (!example.states().isEmpty()) {
        expect("states", example.states(), states);
      }
      contains(answers, assessment);
    }

    private void expectFee(Assessment assessment) {
      var parameter = example.feeParameter();
      var expected = parameter == null ? example.fee() : procedure.parameters().get(parameter);
      if (parameter != null && expected == null) {
        failures.add("The parameter \"%s\" has no value, expected the fee.".formatted(parameter));
      } else if (expected instanceof BigDecimal fee && fee.compareTo(assessment.fee()) != 0) {
        failures.add("The fee is %s, expected %s.".formatted(assessment.fee(), fee));
      }
    }

    private void expect(String what, Object expected, @Nullable Object found) {
      if (!Objects.equals(expected, found)) {
        failures.add("%s: %s, expected %s.".formatted(what, found, expected));
      }
    }

    private void walk() {
      reach(VisibleState.RECEIVED);
      var walk = FlowWalk.start(procedure.pack().flow());
      services(walk.advance());
      for (int i = 0; !walk.ended(); i++) {
        if (i == MOST_TASKS) {
          failures.add("The case comes to no end after %d tasks.".formatted(MOST_TASKS));
          return;
        }
        if (!walk.waiting().isEmpty()) {
          reach(VisibleState.IN_REVIEW);
        }
        var next = walk.waiting().stream().filter(task -> example.outcomes().containsKey(task.id())).findFirst();
        if (next.isEmpty()) {
          return;
        }
        var task = next.get();
        var outcome = Objects.requireNonNull(example.outcomes().get(task.id()), task.id());
        walk.complete(task, outcome);
        var reached = walk.advance();
        completed(task, outcome, walk);
        services(reached);
      }
      if (states.getLast() != VisibleState.FORWARDED) {
        reach(VisibleState.CLOSED);
      }
    }

    /** A decision stands once nobody has to look at it a second time. */
    private void completed(Flow.Task task, String outcome, FlowWalk walk) {
      boolean secondLook = walk.waiting().stream().anyMatch(one -> one.kind() == Flow.Task.Kind.SECOND_LOOK);
      switch (task.kind()) {
        case DECIDE -> {
          decision = outcome;
          if (!secondLook) {
            reach(VisibleState.DECIDED);
          }
        }
        case SECOND_LOOK -> {
          if (outcome.equals("approve")) {
            reach(VisibleState.DECIDED);
          }
        }
        case HAND_OVER -> reach(VisibleState.FORWARDED);
        case REVIEW, HEARING -> {
        }
      }
    }

    private void services(List<Flow.Service> services) {
      for (var service : services) {
        if (service.call() == Flow.Service.Call.DECIDE_BY_TABLE) {
          decision = "grant";
          reach(VisibleState.DECIDED);
        }
      }
    }

    private void reach(VisibleState state) {
      if (states.isEmpty() || states.getLast() != state) {
        states.add(state);
      }
    }

    private void contains(Map<String, Object> answers, Assessment assessment) {
      if (example.contains().isEmpty()) {
        return;
      }
      var text = new StringBuilder();
      for (var language : List.of(Locale.GERMAN, Locale.ENGLISH)) {
        var reason = assessment.reason();
        if (reason != null) {
          var words = Objects.requireNonNull(procedure.pack().texts().get(reason), reason);
          text.append(rules.text(procedure, words, assessment.values(), language)).append('\n');
        }
        if (decision != null && procedure.pack().documents().containsKey("decision.de")) {
          text.append(rules.document(procedure, "decision", answers, values(assessment), language)).append('\n');
        }
      }
      var found = plain(text.toString());
      example.contains().stream().filter(words -> !found.contains(plain(words)))
          .forEach(words -> failures.add("The decision does not contain \"%s\".".formatted(words)));
    }

    private Map<String, Object> values(Assessment assessment) {
      var values = new HashMap<String, Object>(assessment.values());
      values.put("fee", assessment.fee());
      values.put("outcomeGranted", "grant".equals(decision));
      values.put("outcomeRefused", "refuse".equals(decision));
      values.put("outcomePartly", "partly".equals(decision));
      values.put("reference", "0000-0000");
      values.put("date", example.at().toLocalDate());
      values.put("objectionUntil", example.at().toLocalDate().plusMonths(1));
      return values;
    }

    private static String plain(String text) {
      return text.replaceAll("<[^>]*>", " ").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
          .replace("&quot;", "\"").replace("&#39;", "'").replaceAll("[\\s\u00a0]+", " ");
    }
  }
}
