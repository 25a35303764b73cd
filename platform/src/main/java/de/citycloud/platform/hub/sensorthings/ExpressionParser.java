package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.Expression.And;
import de.citycloud.platform.hub.sensorthings.Expression.Arithmetic;
import de.citycloud.platform.hub.sensorthings.Expression.Call;
import de.citycloud.platform.hub.sensorthings.Expression.Comparison;
import de.citycloud.platform.hub.sensorthings.Expression.Literal;
import de.citycloud.platform.hub.sensorthings.Expression.Not;
import de.citycloud.platform.hub.sensorthings.Expression.Operator;
import de.citycloud.platform.hub.sensorthings.Expression.Or;
import de.citycloud.platform.hub.sensorthings.Expression.Path;
import de.citycloud.platform.hub.sensorthings.Expression.Sign;
import de.citycloud.platform.hub.sensorthings.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code $filter} and {@code $orderby} by recursive descent; binding from weak to strong: {@code or}, {@code and},
 * {@code not}, comparisons, {@code add sub}, {@code mul div mod}.
 */
final class ExpressionParser {
  private static final int DEEPEST = 20;
  private static final int MOST_PARTS = 500;
  private static final int MOST_SIGNS = 50;

  private final String option;
  private final List<Token> tokens;
  private int next;
  private int depth;
  private int parts;
  private int signs;

  private ExpressionParser(String option, String text) {
    this.option = option;
    this.tokens = Tokenizer.tokens(option, text);
  }

  /** A condition. */
  static Expression filter(String text) {
    var parser = new ExpressionParser("$filter", text);
    var expression = parser.or();
    parser.expectEnd("and, or, a comparison such as eq, or the end");
    return expression;
  }

  /** Values to order by, with their directions. */
  static List<OrderBy> orderBy(String text) {
    var parser = new ExpressionParser("$orderby", text);
    var order = new ArrayList<OrderBy>();
    do {
      var expression = parser.sum();
      boolean descending = parser.peek().isWord("desc");
      if (descending || parser.peek().isWord("asc")) {
        parser.next++;
      }
      order.add(new OrderBy(expression, descending));
      if (order.size() > 20) {
        throw SensorThingsProblem.badRequest("$orderby names more than 20 values, expected at most 20.");
      }
    } while (parser.skip(Kind.COMMA));
    parser.expectEnd("asc, desc, a comma or the end");
    return order;
  }

  private Expression or() {
    var first = and();
    if (!peek().isWord("or")) {
      return first;
    }
    var any = new ArrayList<Expression>(List.of(first));
    while (peek().isWord("or")) {
      next++;
      any.add(and());
    }
    return new Or(List.copyOf(any), first.position());
  }

  private Expression and() {
    var first = not();
    if (!peek().isWord("and")) {
      return first;
    }
    var all = new ArrayList<Expression>(List.of(first));
    while (peek().isWord("and")) {
      next++;
      all.add(not());
    }
    return new And(List.copyOf(all), first.position());
  }

  private Expression not() {
    if (!peek().isWord("not")) {
      return comparison();
    }
    int position = tokens.get(next++).position();
    deeper();
    var of = not();
    depth--;
    return new Not(of, position);
  }

  private Expression comparison() {
    var left = sum();
    if (peek().isWord("in")) {
      next++;
      return in(left);
    }
    var operator = operator();
    if (operator == null) {
      return left;
    }
    next++;
    return new Comparison(operator, left, sum(), left.position());
  }

  private Expression in(Expression left) {
    expect(Kind.OPEN, "an opening parenthesis");
    var any = new ArrayList<Expression>();
    do {
      any.add(new Comparison(Operator.EQ, left, sum(), left.position()));
    } while (skip(Kind.COMMA));
    expect(Kind.CLOSE, "a comma or a closing parenthesis");
    return any.size() == 1 ? any.getFirst() : new Or(List.copyOf(any), left.position());
  }

  private @Nullable Operator operator() {
    if (peek().kind() != Kind.WORD) {
      return null;
    }
    return switch (peek().text()) {
      case "eq" -> Operator.EQ;
      case "ne" -> Operator.NE;
      case "gt" -> Operator.GT;
      case "ge" -> Operator.GE;
      case "lt" -> Operator.LT;
      case "le" -> Operator.LE;
      default -> null;
    };
  }

  private Expression sum() {
    var left = product();
    while (peek().isWord("add") || peek().isWord("sub")) {
      var sign = sign();
      left = new Arithmetic(sign, left, product(), left.position());
    }
    return left;
  }

  private Expression product() {
    var left = atom();
    while (peek().isWord("mul") || peek().isWord("div") || peek().isWord("mod")) {
      var sign = sign();
      left = new Arithmetic(sign, left, atom(), left.position());
    }
    return left;
  }

  private Sign sign() {
    if (++signs > MOST_SIGNS) {
      throw problem("at most " + MOST_SIGNS + " arithmetic operators");
    }
    return Sign.valueOf(tokens.get(next++).text().toUpperCase(Locale.ROOT));
  }

  private Expression atom() {
    if (++parts > MOST_PARTS) {
      throw problem("at most " + MOST_PARTS + " parts");
    }
    var token = tokens.get(next);
    switch (token.kind()) {
      case OPEN -> {
        next++;
        deeper();
        var inner = or();
        depth--;
        expect(Kind.CLOSE, "a closing parenthesis");
        return inner;
      }
      case LITERAL -> {
        next++;
        return new Literal(token.value(), token.position());
      }
      case WORD -> {
        next++;
        return skip(Kind.OPEN) ? call(token) : new Path(List.of(token.text().split("/", -1)), token.position());
      }
      default -> throw problem("a property, a function or a value");
    }
  }

  private Expression call(Token name) {
    var function = Function.of(name.text()).orElseThrow(() -> SensorThingsProblem
        .badRequest(
            "%s: the function %s at position %d is not known, expected one of %s.".formatted(option, name.shown(),
                name.position(), Names.ofFunctions())));
    deeper();
    var arguments = new ArrayList<Expression>();
    if (peek().kind() != Kind.CLOSE) {
      do {
        arguments.add(or());
      } while (skip(Kind.COMMA));
    }
    depth--;
    expect(Kind.CLOSE, "a comma or a closing parenthesis");
    if (arguments.size() < function.fewestArguments() || arguments.size() > function.mostArguments()) {
      throw SensorThingsProblem.badRequest("%s: %s at position %d has %d argument(s), expected %s.".formatted(option,
          function.text(), name.position(), arguments.size(), function.fewestArguments() == function.mostArguments()
              ? String.valueOf(function.mostArguments())
              : function.fewestArguments() + " or " + function.mostArguments()));
    }
    return new Call(function, List.copyOf(arguments), name.position());
  }

  private void deeper() {
    if (++depth > DEEPEST) {
      throw SensorThingsProblem.badRequest("%s is nested deeper than %d levels at position %d, expected at most %d."
          .formatted(option, DEEPEST, peek().position(), DEEPEST));
    }
  }

  private Token peek() {
    return tokens.get(next);
  }

  private boolean skip(Kind kind) {
    if (peek().kind() == kind) {
      next++;
      return true;
    }
    return false;
  }

  private void expect(Kind kind, String expected) {
    if (!skip(kind)) {
      throw problem(expected);
    }
  }

  private void expectEnd(String expected) {
    if (peek().kind() != Kind.END) {
      throw problem(expected);
    }
  }

  private SensorThingsProblem problem(String expected) {
    return SensorThingsProblem.badRequest("%s: %s stands at position %d, expected %s.".formatted(option, peek().shown(),
        peek().position(), expected));
  }
}
