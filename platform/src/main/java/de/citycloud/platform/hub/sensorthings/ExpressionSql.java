package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.Expression.And;
import de.citycloud.platform.hub.sensorthings.Expression.Arithmetic;
import de.citycloud.platform.hub.sensorthings.Expression.Call;
import de.citycloud.platform.hub.sensorthings.Expression.Comparison;
import de.citycloud.platform.hub.sensorthings.Expression.Literal;
import de.citycloud.platform.hub.sensorthings.Expression.Not;
import de.citycloud.platform.hub.sensorthings.Expression.Or;
import de.citycloud.platform.hub.sensorthings.Expression.Path;
import de.citycloud.platform.hub.sensorthings.Expression.Sign;
import de.citycloud.platform.hub.sensorthings.Value.Scalar;
import de.citycloud.platform.hub.sensorthings.Value.Type;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Turns expressions into SQL.
 *
 * <p>A path over a link to many means: one of them. Conditions joined by {@code and} that go over the same link mean the
 * same one, so {@code Datastreams/name eq 'a' and Datastreams/unitOfMeasurement/symbol eq 'm'} finds Things with a
 * Datastream of that name and unit.
 */
final class ExpressionSql {
  private final GeoSql geo;

  ExpressionSql(GeoIndex index) {
    this.geo = new GeoSql(index, this);
  }

  /** A condition, which is true, false or null. */
  Sql condition(Expression expression, Scope scope) {
    return switch (expression) {
      case And(var all, var _) -> and(all, scope);
      case Or(var any, var _) -> {
        var sql = Sql.of("(");
        for (int i = 0; i < any.size(); i++) {
          sql.add(i == 0 ? "" : " or ").add(condition(any.get(i), scope));
        }
        yield sql.add(")");
      }
      case Not(var of, var _) -> Sql.of("((").add(condition(of, scope)).add(") is not true)");
      default -> {
        var many = Paths.unboundMany(expression, scope);
        yield many == null ? atom(expression, scope) : exists(many, List.of(expression), scope);
      }
    };
  }

  /** A value; paths over links to many are refused, since no condition binds them. */
  Value single(Expression expression, Scope scope) {
    var many = Paths.unboundMany(expression, scope);
    if (many != null) {
      throw SensorThingsProblem.badRequest("\"%s\" at position %d leads to many entities, expected a path to one."
          .formatted(String.join("/", many), expression.position()));
    }
    return value(expression, scope);
  }

  private Sql and(List<Expression> all, Scope scope) {
    var groups = new LinkedHashMap<List<String>, List<Expression>>();
    var sql = Sql.of("(");
    var between = "";
    for (var one : all) {
      var many = sharedMany(one, scope);
      if (many == null) {
        sql.add(between).add(condition(one, scope));
        between = " and ";
      } else {
        groups.computeIfAbsent(many, _ -> new ArrayList<>()).add(one);
      }
    }
    for (var group : groups.entrySet()) {
      sql.add(between).add(exists(group.getKey(), group.getValue(), scope));
      between = " and ";
    }
    return sql.add(")");
  }

  /** The link to many over which all of a condition goes; null if there is none or not everywhere the same. */
  private static @Nullable List<String> sharedMany(Expression expression, Scope scope) {
    return switch (expression) {
      case Not _ -> null;
      case And _,Or _ -> {
        var found = expression.parts().map(part -> sharedMany(part, scope)).distinct().toList();
        yield found.size() == 1 ? found.getFirst() : null;
      }
      default -> Paths.unboundMany(expression, scope);
    };
  }

  private Sql exists(List<String> path, List<Expression> all, Scope scope) {
    var from = scope.node(path.subList(0, path.size() - 1));
    var link = from.type().link(path.getLast()).orElseThrow();
    var inner = scope.inner();
    var to = inner.newAlias();
    inner.put(path, new Scope.Node(link.target(), to));
    var condition = and(all, inner);
    return Sql.of("exists (select 1 from ").add(joined(from.alias(), link, to, inner)).add(inner.joins())
        .add(" where ").add(linked(from.alias(), link, to)).add(" and ").add(condition).add(")");
  }

  private static String joined(String from, Link link, String to, Scope inner) {
    return link.join() instanceof Link.Join.Through(var table, var _, var column)
        ? "%1$s %3$sj join %2$s %3$s on %3$s.municipality_id = %3$sj.municipality_id and %3$s.id = %3$sj.%4$s"
            .formatted(table, link.target().table(), to, column)
        : link.target().table() + " " + to;
  }

  private static String linked(String from, Link link, String to) {
    var home = "%s.municipality_id = %s.municipality_id and ".formatted(to, from);
    return home + switch (link.join()) {
      case Link.Join.Backward(var column) -> "%s.%s = %s.id".formatted(to, column, from);
      case Link.Join.Through(var _, var column, var _) ->
        "%1$sj.municipality_id = %2$s.municipality_id and %1$sj.%3$s = %2$s.id".formatted(to, from, column);
      case Link.Join.FromFeature() ->
        """
        (%1$s.feature_id = %2$s.id or (%1$s.feature_id is null and %1$s.datastream_id in (select d.id from datastream d \
        where d.municipality_id = %2$s.municipality_id and d.default_feature_id = %2$s.id)))\
        """.formatted(
            to, from);
      case Link.Join.Forward _,Link.Join.ToFeature _ ->
        throw new IllegalStateException(link.name() + " leads to one, expected a link to many.");
    };
  }

  private Sql atom(Expression expression, Scope scope) {
    if (expression instanceof Comparison comparison) {
      var near = geo.near(comparison, scope);
      return near != null
          ? near
          : Comparisons.sql(comparison, value(comparison.left(), scope), value(comparison.right(), scope));
    }
    return typed(Type.BOOL, expression, scope);
  }

  /** The value of an expression as {@code type}. */
  Sql typed(Type type, Expression expression, Scope scope) {
    var value = value(expression, scope);
    var sql = Values.as(type, value);
    if (sql == null) {
      throw SensorThingsProblem.badRequest("%s stands at position %d, expected %s.".formatted(Values.shown(value),
          expression.position(), type.shown()));
    }
    return sql;
  }

  Value value(Expression expression, Scope scope) {
    return switch (expression) {
      case Literal(var value, var _) -> literal(value);
      case Path path -> Paths.value(path, scope);
      case Arithmetic arithmetic -> arithmetic(arithmetic, scope);
      case Call call -> switch (call.function()) {
        case GEO_DISTANCE, GEO_LENGTH, ST_DISTANCE, ST_LENGTH -> geo.measure(call, scope);
        case GEO_INTERSECTS, ST_EQUALS, ST_DISJOINT, ST_TOUCHES, ST_WITHIN, ST_OVERLAPS, ST_CROSSES, ST_INTERSECTS,
            ST_CONTAINS, ST_RELATE ->
          Scalar.of(geo.condition(call, scope), Type.BOOL);
        default -> new FunctionSql(this, scope).sql(call);
      };
      case Comparison _,And _,Or _,Not _ -> Scalar.of(condition(expression, scope), Type.BOOL);
    };
  }

  private static Value literal(Object value) {
    return switch (value) {
      case String text -> new Scalar(new Sql().bind(text, "text"), Type.TEXT, text);
      case Double number -> new Scalar(new Sql().bind(number, "float8"), Type.NUMBER, number);
      case Long number -> new Scalar(new Sql().bind(number.doubleValue(), "float8"), Type.NUMBER, number);
      case Boolean truth -> new Scalar(new Sql().bind(truth, "boolean"), Type.BOOL, truth);
      case TimeText time -> time.end() == null ? Values.time(time.start()) : Values.period(time);
      case LocalDate day -> new Scalar(new Sql().bind(day.toString(), "date"), Type.DATE, day);
      case LocalTime clock -> new Scalar(new Sql().bind(clock.toString(), "time"), Type.CLOCK, clock);
      case Duration duration -> new Scalar(new Sql().bind(duration.toString(), "interval"), Type.DURATION, duration);
      case Geometry geometry -> new Value.Shape(geometry);
      case Expression.Nothing _ -> new Value.Null();
      default -> throw new IllegalStateException("A literal of " + value.getClass());
    };
  }

  private Value arithmetic(Arithmetic arithmetic, Scope scope) {
    var left = value(arithmetic.left(), scope);
    var right = value(arithmetic.right(), scope);
    if (right instanceof Scalar(var duration, var type, var _) && type == Type.DURATION) {
      return withDuration(arithmetic, left, duration);
    }
    if (arithmetic.sign() == Sign.SUB && isTime(left) && isTime(right)) {
      return Scalar.of(Sql.of("(").add(typed(Type.TIME, arithmetic.left(), scope)).add(" - ")
          .add(typed(Type.TIME, arithmetic.right(), scope)).add(")"), Type.DURATION);
    }
    var a = typed(Type.NUMBER, arithmetic.left(), scope);
    var b = typed(Type.NUMBER, arithmetic.right(), scope);
    return Scalar.of(switch (arithmetic.sign()) {
      case ADD -> Sql.of("(").add(a).add(" + ").add(b).add(")");
      case SUB -> Sql.of("(").add(a).add(" - ").add(b).add(")");
      case MUL -> Sql.of("(").add(a).add(" * ").add(b).add(")");
      // Divided by zero is null, which no comparison finds.
      case DIV -> Sql.of("(").add(a).add(" / nullif(").add(b).add(", 0))");
      case MOD -> Sql.of("mod((").add(a).add(")::numeric, nullif((").add(b).add(")::numeric, 0))::float8");
    }, Type.NUMBER);
  }

  private static boolean isTime(Value value) {
    return value instanceof Value.PhenomenonTime || value instanceof Value.Period
        || (value instanceof Scalar scalar && scalar.type() == Type.TIME);
  }

  private static Value withDuration(Arithmetic arithmetic, Value left, Sql duration) {
    var sign = switch (arithmetic.sign()) {
      case ADD -> " + ";
      case SUB -> " - ";
      default -> throw SensorThingsProblem.badRequest("A duration at position %d is used with %s, expected add or sub."
          .formatted(arithmetic.right().position(), arithmetic.sign().name().toLowerCase(java.util.Locale.ROOT)));
    };
    if (left instanceof Scalar(var sql, var type, var _) && type == Type.DURATION) {
      return Scalar.of(Sql.of("(").add(sql).add(sign).add(duration).add(")"), Type.DURATION);
    }
    var time = Values.as(Type.TIME, left);
    if (time == null) {
      throw SensorThingsProblem.badRequest("%s stands at position %d, expected a time beside a duration.".formatted(
          Values.shown(left), arithmetic.position()));
    }
    return Scalar.of(Sql.of("(").add(time).add(sign).add(duration).add(")"), Type.TIME);
  }
}
