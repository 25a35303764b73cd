package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.sensorthings.Expression.Comparison;
import de.citycloud.platform.hub.sensorthings.Expression.Operator;
import de.citycloud.platform.hub.sensorthings.Value.Id;
import de.citycloud.platform.hub.sensorthings.Value.Json;
import de.citycloud.platform.hub.sensorthings.Value.Null;
import de.citycloud.platform.hub.sensorthings.Value.ObservationKey;
import de.citycloud.platform.hub.sensorthings.Value.Period;
import de.citycloud.platform.hub.sensorthings.Value.PhenomenonTime;
import de.citycloud.platform.hub.sensorthings.Value.Result;
import de.citycloud.platform.hub.sensorthings.Value.Scalar;
import de.citycloud.platform.hub.sensorthings.Value.Stored;
import de.citycloud.platform.hub.sensorthings.Value.Type;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Turns comparisons into SQL. What JSON holds is compared as what stands on the other side. */
final class Comparisons {
  private Comparisons() {}

  static Sql sql(Comparison comparison, Value left, Value right) {
    var operator = comparison.operator();
    if (right instanceof Null || left instanceof Null) {
      return isNull(comparison, right instanceof Null ? left : right);
    }
    var sql = find(operator, left, right);
    sql = sql == null ? find(operator.mirrored(), right, left) : sql;
    if (sql == null) {
      throw SensorThingsProblem
          .badRequest("The comparison at position %d has %s on its left and %s on its right, expected the same kind."
              .formatted(comparison.position(), Values.shown(left), Values.shown(right)));
    }
    return sql;
  }

  /** With the less certain kind on the left; null if it is on the right, or they do not fit. */
  private static @Nullable Sql find(Operator operator, Value left, Value right) {
    return switch (left) {
      case ObservationKey(var alias) when right instanceof Scalar(var _, var _, var constant)
          && (constant instanceof String || constant instanceof Number) ->
        key(operator, alias, text(constant));
      case Id(var alias) -> id(operator, alias, right);
      case PhenomenonTime(var alias) when instant(right) != null -> phenomenonTime(operator, alias, instant(right));
      case PhenomenonTime _,Period _ -> periods(operator, left, right);
      case Result result when right instanceof Scalar scalar -> result(operator, result, scalar);
      case Json json when right instanceof Scalar scalar -> json(operator, json, scalar);
      case Json _,Result _ when right instanceof Json || right instanceof Result ->
        binary(operator, any(left), any(right));
      case Scalar(var sql, var type, var _) when type != Type.TEXT || isText(right) -> {
        var other = Values.as(type, right);
        if (other != null && type == Type.TIME && operator == Operator.NE) {
          // A time that nobody said is not known to differ.
          yield Sql.of("(").add(sql).add(" <> ").add(other).add(")");
        }
        yield other == null ? null : binary(operator, sql, other);
      }
      default -> null;
    };
  }

  private static String text(Object id) {
    return id instanceof Double number ? Long.toString(number.longValue()) : id.toString();
  }

  private static boolean isText(Value value) {
    return value instanceof Scalar scalar && scalar.type() == Type.TEXT;
  }

  private static Sql isNull(Comparison comparison, Value value) {
    var negated = switch (comparison.operator()) {
      case EQ -> false;
      case NE -> true;
      default -> throw SensorThingsProblem.badRequest(
          "The comparison at position %d has null, expected eq or ne beside it.".formatted(comparison.position()));
    };
    var sql = switch (value) {
      case Null _ -> Sql.of("true");
      case Scalar(var it, var _, var _) -> Sql.of("(").add(it).add(") is null");
      case Json(var json, var _) -> Sql.of("coalesce(").add(json).add(", 'null'::jsonb) = 'null'::jsonb");
      case Period(var start, var _) -> Sql.of("(").add(start).add(") is null");
      case Result(var alias) ->
        Sql.of("(%1$s.result is null and coalesce(%1$s.details -> 'result', 'null'::jsonb) = 'null'::jsonb)"
            .formatted(alias));
      case Stored(var _, var alias, var column) -> Sql.of(alias + "." + column + " is null");
      case Id(var alias) -> Sql.of(alias + ".id is null");
      case ObservationKey(var alias) -> Sql.of(alias + ".datastream_id is null");
      case PhenomenonTime(var alias) -> Sql.of(alias + ".phenomenon_time is null");
      case Value.Shape _ -> Sql.of("false");
    };
    return Sql.of(negated ? "(not (" : "((").add(sql).add("))");
  }

  private static Sql binary(Operator operator, Sql left, Sql right) {
    return Sql.of("(").add(left).add(operator == Operator.NE ? " is distinct from " : " " + operator.sql() + " ")
        .add(right).add(")");
  }

  private static @Nullable Sql id(Operator operator, String alias, Value right) {
    if (right instanceof Scalar(var _, var type, var constant) && type == Type.NUMBER
        && constant instanceof Double number
        && number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE) {
      return binary(operator, Sql.of(alias + ".id"), new Sql().bind(number.intValue(), "int"));
    }
    var number = Values.as(Type.NUMBER, right);
    return number == null ? null : binary(operator, Sql.of(alias + ".id::float8"), number);
  }

  /** As rows, so that the order of ids is that of the key. */
  private static Sql key(Operator operator, String alias, String text) {
    var id = ObservationId.parse(text).filter(Comparisons::isStorable);
    if (id.isEmpty()) {
      return Sql.of(operator == Operator.NE ? "true" : "false");
    }
    return Sql.of("((%1$s.datastream_id, %1$s.phenomenon_time, %1$s.seq) %2$s (".formatted(alias, operator.sql()))
        .bind(id.get().datastreamId(), "int").add(", ").add(Values.time(id.get().phenomenonTime()).sql()).add(", ")
        .bind(id.get().seq(), "smallint").add("))");
  }

  /** False for years that no Observation has, which PostgreSQL might not even read. */
  static boolean isStorable(ObservationId id) {
    int year = id.phenomenonTime().atOffset(ZoneOffset.UTC).getYear();
    return year >= 1 && year <= 9999;
  }

  private static @Nullable Sql instant(Value value) {
    return value instanceof Scalar(var _, var type, var constant) && (type == Type.TIME || type == Type.DATE
        || (constant instanceof String text && Values.parse(text) instanceof TimeText(var _, var end) && end == null))
            ? Values.as(Type.TIME, value)
            : null;
  }

  /** Nearly all Observations are of an instant; the start alone decides through the index. */
  private static Sql phenomenonTime(Operator operator, String alias, @Nullable Sql instant) {
    var time = java.util.Objects.requireNonNull(instant);
    var start = Sql.of(alias + ".phenomenon_time");
    return switch (operator) {
      case GT, GE -> binary(operator, start, time);
      case LT, LE -> Sql.of("(").add(binary(operator, start, time)).add(" and (" + alias + ".details is null or ")
          .add(binary(operator, Sql.of(Values.end(alias)), time)).add("))");
      case EQ -> Sql.of("(").add(binary(operator, start, time))
          .add(" and coalesce(%1$s.details ->> 'end', '') = '')".formatted(alias));
      case NE -> Sql.of("(").add(binary(operator, start, time))
          .add(" or coalesce(%1$s.details ->> 'end', '') <> '')".formatted(alias));
    };
  }

  /** An interval is greater than what ends before it starts, and less than what starts after its end. */
  private static @Nullable Sql periods(Operator operator, Value left, Value right) {
    var a = Values.period(left);
    var b = Values.period(right);
    if (a == null || b == null) {
      return null;
    }
    return switch (operator) {
      case GT -> binary(operator, a.start(), b.end());
      case GE -> binary(operator, a.start(), b.start());
      case LT -> binary(operator, a.end(), b.start());
      case LE -> binary(operator, a.end(), b.end());
      case EQ -> Sql.of("(").add(binary(operator, a.start(), b.start())).add(" and ")
          .add(binary(operator, a.end(), b.end())).add(")");
      case NE -> Sql.of("(").add(binary(operator, a.start(), b.start())).add(" or ")
          .add(binary(operator, a.end(), b.end())).add(")");
    };
  }

  private static @Nullable Sql result(Operator operator, Result result, Scalar right) {
    if (right.type() == Type.NUMBER) {
      return binary(operator, operand(Type.NUMBER, result), right.sql());
    }
    // A text is compared as text, also with results that are numbers: so the conformance suite counts result gt '3'.
    return dynamic(operator, result, right);
  }

  private static @Nullable Sql json(Operator operator, Json json, Scalar right) {
    return right.type() == Type.NUMBER
        ? binary(operator, Values.numeric(json), Sql.of("(").add(right.sql()).add(")::numeric"))
        : dynamic(operator, json, right);
  }

  private static @Nullable Sql dynamic(Operator operator, Value left, Scalar right) {
    var sql = Values.as(right.type(), left);
    return sql == null ? null : binary(operator, sql, right.sql());
  }

  private static Sql operand(Type type, Value value) {
    return java.util.Objects.requireNonNull(Values.as(type, value));
  }

  private static Sql any(Value value) {
    return switch (value) {
      case Json(var json, var _) -> json;
      case Result(var alias) -> Sql.of("coalesce(to_jsonb(%1$s.result), %1$s.details -> 'result')".formatted(alias));
      default -> throw new IllegalStateException(Values.shown(value) + " is no JSON.");
    };
  }
}
