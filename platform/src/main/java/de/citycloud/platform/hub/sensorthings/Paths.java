package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.Expression.Path;
import de.citycloud.platform.hub.sensorthings.Value.Json;
import de.citycloud.platform.hub.sensorthings.Value.Period;
import de.citycloud.platform.hub.sensorthings.Value.Scalar;
import de.citycloud.platform.hub.sensorthings.Value.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a path of an expression into the SQL of what it names. */
final class Paths {
  private Paths() {}

  /** The links up to the first one that leads to many and is not yet bound in {@code scope}; null if there is none. */
  static @Nullable List<String> unboundMany(Expression expression, Scope scope) {
    if (!(expression instanceof Path(var segments, var _))) {
      return expression.parts().map(part -> unboundMany(part, scope)).filter(found -> found != null).findFirst()
          .orElse(null);
    }
    var root = scope.find(List.of());
    var type = root == null ? null : root.type();
    for (int i = 0; i < segments.size() && type != null; i++) {
      var link = type.link(segments.get(i));
      if (link.isEmpty()) {
        return null;
      }
      var prefix = segments.subList(0, i + 1);
      if (link.get().many() && scope.find(prefix) == null) {
        return List.copyOf(prefix);
      }
      type = link.get().target();
    }
    return null;
  }

  /** The value that {@code path} names; links to many in it are bound already. */
  static Value value(Path path, Scope scope) {
    var segments = path.segments();
    var node = scope.node(List.of());
    int links = 0;
    while (links < segments.size() && node.type().link(segments.get(links)).isPresent()) {
      node = scope.node(segments.subList(0, ++links));
    }
    if (links == segments.size()) {
      throw SensorThingsProblem.badRequest("\"%s\" at position %d names an entity, expected one of its properties: %s."
          .formatted(String.join("/", segments), path.position(), Names.of(node.type())));
    }
    var name = segments.get(links);
    var below = segments.subList(links + 1, segments.size());
    if (name.equals("id") || name.equals("@iot.id")) {
      refuse(below, path);
      return node.type() == EntityType.OBSERVATION
          ? new Value.ObservationKey(node.alias())
          : new Value.Id(node.alias());
    }
    var type = node.type();
    var property = type.property(name).orElseThrow(() -> SensorThingsProblem.badRequest(
        "\"%s\" at position %d is not known, expected one of %s.".formatted(name, path.position(), Names.of(type))));
    return property(property, node, below, path, scope);
  }

  private static Value property(Property property, Scope.Node node, List<String> below, Path path, Scope scope) {
    var alias = node.alias();
    var column = alias + "." + property.column();
    boolean observation = node.type() == EntityType.OBSERVATION;
    return switch (property.kind()) {
      case TEXT -> {
        refuse(below, path);
        yield Scalar.of(Sql.of(column), Type.TEXT);
      }
      case INSTANT -> {
        refuse(below, path);
        yield Scalar.of(Sql.of(column),
            Type.TIME);
      }
      case PERIOD -> {
        refuse(below, path);
        yield period(property, node, scope);
      }
      case RESULT -> below.isEmpty() ? new Value.Result(alias) : json(alias + ".details", prepend("result", below));
      case GEOMETRY -> below.isEmpty() ? new Value.Stored(node.type(), alias, property.column()) : json(column, below);
      case OBJECT, JSON -> json(column, observation ? prepend(property.name(), below) : below);
    };
  }

  private static Value period(Property property, Scope.Node node, Scope scope) {
    if (node.type() == EntityType.DATASTREAM) {
      var latest = scope.latest(node.alias());
      var kind = property.name().equals("phenomenonTime") ? "time" : "result_time";
      return new Period(Sql.of(latest + ".first_" + kind), Sql.of(latest + ".last_" + kind));
    }
    if (property.name().equals("phenomenonTime")) {
      return new Value.PhenomenonTime(node.alias());
    }
    var text = node.alias() + ".details ->> '" + property.name() + "'";
    return new Period(Values.safeTime(Sql.of("split_part(" + text + ", '/', 1)")),
        Values.safeTime(Sql.of("coalesce(nullif(split_part(%1$s, '/', 2), ''), %1$s)".formatted(text))));
  }

  private static Json json(String column, List<String> members) {
    if (members.isEmpty()) {
      return new Json(Sql.of(column), Sql.of("(" + column + " #>> '{}')"));
    }
    var path = members.toArray(String[]::new);
    return new Json(Sql.of("(" + column + " #> ").bind(path, "text[]").add(")"),
        Sql.of("(" + column + " #>> ").bind(path, "text[]").add(")"));
  }

  private static List<String> prepend(String first, List<String> rest) {
    var all = new ArrayList<String>(rest.size() + 1);
    all.add(first);
    all.addAll(rest);
    return all;
  }

  private static void refuse(List<String> below, Path path) {
    if (!below.isEmpty()) {
      throw SensorThingsProblem.badRequest("\"%s\" at position %d goes below a property that has no members.".formatted(
          String.join("/", path.segments()), path.position()));
    }
  }
}
