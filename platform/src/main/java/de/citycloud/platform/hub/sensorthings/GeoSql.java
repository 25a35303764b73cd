package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.Expression.Call;
import de.citycloud.platform.hub.sensorthings.Expression.Comparison;
import de.citycloud.platform.hub.sensorthings.Expression.Literal;
import de.citycloud.platform.hub.sensorthings.Expression.Operator;
import de.citycloud.platform.hub.sensorthings.Value.Scalar;
import de.citycloud.platform.hub.sensorthings.Value.Shape;
import de.citycloud.platform.hub.sensorthings.Value.Stored;
import de.citycloud.platform.hub.sensorthings.Value.Type;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/** Turns the functions on geometries into SQL about ids. One of the geometries stands in the query, the other in the store. */
final class GeoSql {
  private static final Pattern RELATION = Pattern.compile("[012TtFf*]{9}");

  private final GeoIndex index;
  private final ExpressionSql expressions;

  GeoSql(GeoIndex index, ExpressionSql expressions) {
    this.index = index;
    this.expressions = expressions;
  }

  /** A relation of two geometries. */
  Sql condition(Call call, Scope scope) {
    var first = geometry(call, 0, scope);
    var second = geometry(call, 1, scope);
    if (first instanceof Shape(var a) && second instanceof Shape(var b)) {
      return new Sql().bind(holds(test(call, b, false), a), "boolean");
    }
    if (first instanceof Stored && second instanceof Stored) {
      throw SensorThingsProblem.badRequest("%s at position %d has two stored geometries, expected one as geography'…'."
          .formatted(call.function().text(), call.position()));
    }
    boolean turned = first instanceof Shape;
    var stored = (Stored) (turned ? second : first);
    var shape = ((Shape) (turned ? first : second)).geometry();
    if (call.function() == Function.ST_DISJOINT) {
      var meeting = index.matching(stored.type(), stored.column(), shape.getEnvelopeInternal(),
          prepared(shape)::intersects);
      var present = stored.type() == EntityType.DATASTREAM ? stored.column() : "extent";
      return Sql.of("(%1$s.%2$s is not null and not (%1$s.id = any(".formatted(stored.alias(), present))
          .bind(meeting, "int[]").add(")))");
    }
    var box = call.function() == Function.ST_RELATE ? null : shape.getEnvelopeInternal();
    return ids(stored, index.matching(stored.type(), stored.column(), box, test(call, shape, turned)));
  }

  /** {@code geo.distance(a, b) lt 0.1} through the index; null if the comparison is none of that kind. */
  @Nullable
  Sql near(Comparison comparison, Scope scope) {
    var found = distance(comparison.operator(), comparison.left(), comparison.right(), scope);
    return found != null
        ? found
        : distance(comparison.operator().mirrored(), comparison.right(), comparison.left(), scope);
  }

  private @Nullable Sql distance(Operator operator, Expression left, Expression right, Scope scope) {
    if (!(left instanceof Call call && right instanceof Literal(var value, var _) && value instanceof Double limit
        && (call.function() == Function.GEO_DISTANCE || call.function() == Function.ST_DISTANCE)
        && (operator == Operator.LT || operator == Operator.LE))) {
      return null;
    }
    var first = geometry(call, 0, scope);
    var second = geometry(call, 1, scope);
    var stored = first instanceof Stored ? first : second;
    var shape = first instanceof Stored ? second : first;
    if (!(stored instanceof Stored it && shape instanceof Shape(var geometry))) {
      return null;
    }
    var box = new Envelope(geometry.getEnvelopeInternal());
    box.expandBy(Math.min(Math.max(limit, 0), 1_000));
    return ids(it, index.matching(it.type(), it.column(), box, other -> {
      double distance = other.distance(geometry);
      return operator == Operator.LT ? distance < limit : distance <= limit;
    }));
  }

  /** Distance or length, in degrees. */
  Scalar measure(Call call, Scope scope) {
    var first = geometry(call, 0, scope);
    if (call.arguments().size() == 1) {
      return first instanceof Shape(var geometry)
          ? Scalar.of(new Sql().bind(geometry.getLength(), "float8"), Type.NUMBER)
          : measured((Stored) first, Geometry::getLength, scope);
    }
    var second = geometry(call, 1, scope);
    if (first instanceof Shape(var a) && second instanceof Shape(var b)) {
      return Scalar.of(new Sql().bind(a.distance(b), "float8"), Type.NUMBER);
    }
    if (first instanceof Stored && second instanceof Stored) {
      throw SensorThingsProblem.badRequest("%s at position %d has two stored geometries, expected one as geography'…'."
          .formatted(call.function().text(), call.position()));
    }
    var stored = (Stored) (first instanceof Stored ? first : second);
    var shape = ((Shape) (first instanceof Stored ? second : first)).geometry();
    return measured(stored, geometry -> geometry.distance(shape), scope);
  }

  private Scalar measured(Stored stored, java.util.function.ToDoubleFunction<Geometry> measure, Scope scope) {
    var found = index.measured(stored.type(), stored.column(), measure);
    var alias = scope.newAlias();
    scope.joins().add(" left join unnest(").bind(found.ids(), "int[]").add(", ").bind(found.values(), "float8[]")
        .add(") as %1$s(id, v) on %1$s.id = %2$s.id".formatted(alias, stored.alias()));
    return Scalar.of(Sql.of(alias + ".v"), Type.NUMBER);
  }

  private static Sql ids(Stored stored, Integer[] ids) {
    return Sql.of("(" + stored.alias() + ".id = any(").bind(ids, "int[]").add("))");
  }

  private static org.locationtech.jts.geom.prep.PreparedGeometry prepared(Geometry shape) {
    return PreparedGeometryFactory.prepare(shape);
  }

  /** Whether a stored geometry stands in the relation; {@code turned} if the stored one is the second argument. */
  static Predicate<Geometry> test(Call call, Geometry shape, boolean turned) {
    var prepared = prepared(shape);
    return switch (call.function()) {
      case GEO_INTERSECTS, ST_INTERSECTS -> prepared::intersects;
      case ST_DISJOINT -> prepared::disjoint;
      case ST_TOUCHES -> prepared::touches;
      case ST_CROSSES -> turned ? prepared::crosses : other -> other.crosses(shape);
      case ST_OVERLAPS -> prepared::overlaps;
      case ST_EQUALS -> shape::equalsTopo;
      case ST_WITHIN -> turned ? prepared::within : prepared::contains;
      case ST_CONTAINS -> turned ? prepared::contains : prepared::within;
      case ST_RELATE -> {
        var pattern = pattern(call);
        yield other -> turned ? shape.relate(other, pattern) : other.relate(shape, pattern);
      }
      default -> throw new IllegalStateException(call.function() + " is no relation of geometries.");
    };
  }

  private static boolean holds(Predicate<Geometry> relation, Geometry geometry) {
    try {
      return relation.test(geometry);
    } catch (IllegalArgumentException | TopologyException e) {
      return false;
    }
  }

  private static String pattern(Call call) {
    if (call.arguments().get(2) instanceof Literal(var value, var _) && value instanceof String text
        && RELATION.matcher(text).matches()) {
      return text;
    }
    throw SensorThingsProblem.badRequest(
        "st_relate has something else at position %d, expected a pattern of nine of 0, 1, 2, T, F and * such as 'T*F**F***'."
            .formatted(call.arguments().get(2).position()));
  }

  private Value geometry(Call call, int argument, Scope scope) {
    var expression = call.arguments().get(argument);
    var value = expressions.value(expression, scope);
    if (value instanceof Stored || value instanceof Shape) {
      return value;
    }
    throw SensorThingsProblem.badRequest(
        "%s has %s at position %d, expected a geometry: location, feature, observedArea or geography'POINT(9.19 48.89)'."
            .formatted(call.function().text(), Values.shown(value), expression.position()));
  }
}
