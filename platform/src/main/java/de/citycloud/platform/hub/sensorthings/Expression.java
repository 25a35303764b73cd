package de.citycloud.platform.hub.sensorthings;

import java.util.List;
import java.util.stream.Stream;

/** What {@code $filter} and {@code $orderby} say, as a tree. Positions count characters of the option from 1. */
sealed interface Expression {
  /** Where it begins. */
  int position();

  /** The expressions it is made of, from left to right. */
  default Stream<Expression> parts() {
    return Stream.of();
  }

  /**
   * A value as such.
   *
   * @param value a String, Double, Long, Boolean, {@link TimeText}, LocalDate, LocalTime, Duration, Geometry or {@link Nothing}
   */
  record Literal(Object value, int position) implements Expression {}

  /** The value of {@code null}. */
  enum Nothing {
    NULL
  }

  /** A property, the members below it, and the links that lead there: {@code Datastream/Thing/properties/kind}. */
  record Path(List<String> segments, int position) implements Expression {}

  /** A function of the standard. */
  record Call(Function function, List<Expression> arguments, int position) implements Expression {
    @Override
    public Stream<Expression> parts() {
      return arguments.stream();
    }
  }

  /** Two values compared. */
  record Comparison(Operator operator, Expression left, Expression right, int position) implements Expression {
    @Override
    public Stream<Expression> parts() {
      return Stream.of(left, right);
    }
  }

  /** How two values are compared. */
  enum Operator {
    EQ("="), NE("<>"), GT(">"), GE(">="), LT("<"), LE("<=");

    private final String sql;

    Operator(String sql) {
      this.sql = sql;
    }

    String sql() {
      return sql;
    }

    /** The operator that says the same with left and right exchanged. */
    Operator mirrored() {
      return switch (this) {
        case EQ, NE -> this;
        case GT -> LT;
        case GE -> LE;
        case LT -> GT;
        case LE -> GE;
      };
    }
  }

  /** Two numbers, or a time and a duration, made one. */
  record Arithmetic(Sign sign, Expression left, Expression right, int position) implements Expression {
    @Override
    public Stream<Expression> parts() {
      return Stream.of(left, right);
    }
  }

  /** The arithmetic operators. */
  enum Sign {
    ADD, SUB, MUL, DIV, MOD
  }

  /** All hold. */
  record And(List<Expression> all, int position) implements Expression {
    @Override
    public Stream<Expression> parts() {
      return all.stream();
    }
  }

  /** At least one holds. */
  record Or(List<Expression> any, int position) implements Expression {
    @Override
    public Stream<Expression> parts() {
      return any.stream();
    }
  }

  /** It does not hold. */
  record Not(Expression of, int position) implements Expression {
    @Override
    public Stream<Expression> parts() {
      return Stream.of(of);
    }
  }
}
