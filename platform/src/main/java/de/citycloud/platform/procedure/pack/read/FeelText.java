package de.citycloud.platform.procedure.pack.read;

import camundajar.impl.scala.Product;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;

/**
 * Looks at an expression of a decision table before anybody evaluates it. Allowed is what ends after a number of steps
 * that its length and the tables bound: comparisons, arithmetic, conditions, and a list of functions; a filter over a
 * table, but no filter within a filter. Refused are loops, functions of one's own, powers, and the clock of the machine.
 */
final class FeelText {
  static final int MOST_CHARACTERS = 500;
  private static final int MOST_NESTING = 8;
  private static final FeelEngineApi ENGINE = FeelEngineBuilder.forJava().build();
  private static final Set<String> REFUSED = Set.of("For", "SomeItem", "EveryItem", "FunctionDefinition",
      "JavaFunctionInvocation", "QualifiedFunctionInvocation", "Exponentiation", "IterationContext");
  private static final Set<String> FUNCTIONS = Set.of("date", "duration", "years and months duration", "number",
      "string", "not", "is defined", "contains", "starts with", "ends with", "upper case", "lower case",
      "string length", "substring", "list contains", "count", "min", "max", "sum", "mean", "floor", "ceiling",
      "round up", "round down", "round half up", "round half down", "abs", "modulo", "decimal", "day of week",
      "day of year", "month of year", "week of year", "last day of month", "append", "distinct values", "get value",
      "before", "after", "and", "or", "all", "any", "is empty");

  private final Set<String> variables = new HashSet<>();
  private Optional<String> trouble = Optional.empty();

  private FeelText() {}

  /** @param variables first names of all paths @param trouble what is wrong; empty if it can be used */
  record Look(Set<String> variables, Optional<String> trouble) {}

  /** Looks at {@code text}. @param unary true for a test of an input ({@code > 5}, {@code -}) */
  static Look at(String text, boolean unary) {
    if (text.length() > MOST_CHARACTERS) {
      return new Look(Set.of(), Optional.of("has %d characters, expected at most %d".formatted(text.length(),
          MOST_CHARACTERS)));
    }
    if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t' && c != '\r')) {
      return new Look(Set.of(), Optional.of("holds a control character"));
    }
    if (nesting(text) > MOST_NESTING) {
      return new Look(Set.of(), Optional.of("is nested deeper than %d brackets".formatted(MOST_NESTING)));
    }
    if (unary && text.strip().equals("-")) {
      return new Look(Set.of(), Optional.empty());
    }
    var result = unary ? ENGINE.parseUnaryTests(text) : ENGINE.parseExpression(text);
    if (!result.isSuccess()) {
      return new Look(Set.of(), Optional.of("is no FEEL: " + Findings.shown(result.failure().message())));
    }
    var look = new FeelText();
    look.walk(result.parsedExpression().expression(), 0);
    return new Look(look.variables, look.trouble);
  }

  private static int nesting(String text) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '(', '[', '{' -> deepest = Math.max(deepest, ++depth);
        case ')', ']', '}' -> depth--;
        default -> {
        }
      }
    }
    return deepest;
  }

  private void walk(Object node, int filters) {
    if (!(node instanceof Product product)) {
      return;
    }
    var kind = product.productPrefix();
    if (REFUSED.contains(kind)) {
      trouble = Optional.of("uses %s, expected no loops, functions of its own or powers".formatted(kind));
      return;
    }
    switch (kind) {
      case "FunctionInvocation" -> {
        var name = String.valueOf(product.productElement(0));
        if (!FUNCTIONS.contains(name)) {
          trouble = Optional.of("calls \"%s\", expected one of the allowed functions".formatted(
              Findings.shown(name)));
        }
      }
      // filters one after the other are fine: each passes once over what is left
      case "Filter" -> {
        if (filters > 0) {
          trouble = Optional.of("has a filter within a filter, expected one");
        }
        walk(product.productElement(0), filters);
        walk(product.productElement(1), filters + 1);
        return;
      }
      case "Ref" -> {
        if (product.productElement(0) instanceof Product names && names.productArity() > 0) {
          variables.add(String.valueOf(names.productElement(0)));
        }
      }
      default -> {
      }
    }
    for (int i = 0; i < product.productArity(); i++) {
      walk(product.productElement(i), filters);
    }
  }
}
