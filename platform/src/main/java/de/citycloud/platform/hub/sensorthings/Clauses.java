package de.citycloud.platform.hub.sensorthings;

import java.util.List;

/** The clauses that every statement about entities has; the entities stand in {@code t}. */
final class Clauses {
  private final int municipality;
  private final ExpressionSql expressions;

  Clauses(Statements statements) {
    this.municipality = statements.municipality();
    this.expressions = new ExpressionSql(new GeoIndex(statements));
  }

  /** The municipality, which every key begins with. */
  Sql where() {
    return Sql.of(" where t.municipality_id = ").bind(municipality, "int");
  }

  /** Adds the filter of {@code query} to {@code where}. */
  void filter(Query query, Scope scope, Sql where) {
    if (query.filter() != null) {
      where.add(" and ").add(expressions.condition(query.filter(), scope));
    }
  }

  /** By what the query says and then by key, so that pages neither overlap nor leave gaps. */
  Sql order(Query query, Scope scope) {
    var sql = Sql.of(" order by ");
    boolean backward = !query.orderBy().isEmpty();
    for (var order : query.orderBy()) {
      var direction = order.descending() ? " desc, " : ", ";
      for (var term : terms(expressions.single(order.expression(), scope), order)) {
        sql.add(term).add(direction);
      }
      backward &= order.descending();
    }
    var direction = backward ? " desc" : "";
    return query.type() == EntityType.OBSERVATION
        ? sql.add("t.datastream_id%1$s, t.phenomenon_time%1$s, t.seq%1$s".formatted(direction))
        : sql.add("t.id" + direction);
  }

  private static List<Sql> terms(Value value, OrderBy order) {
    return switch (value) {
      case Value.Scalar(var sql, var _, var _) -> List.of(sql);
      case Value.Json(var json, var _) -> List.of(json);
      case Value.Period(var start, var end) -> List.of(start, end);
      case Value.PhenomenonTime(var alias) -> List.of(Sql.of(alias + ".phenomenon_time"));
      case Value.Result(var alias) -> List.of(Sql.of(alias + ".result"), Sql.of(alias + ".details -> 'result'"));
      case Value.Id(var alias) -> List.of(Sql.of(alias + ".id"));
      case Value.ObservationKey(var alias) -> List.of(Sql.of(alias + ".datastream_id"),
          Sql.of(alias + ".phenomenon_time"), Sql.of(alias + ".seq"));
      case Value.Stored(var _, var alias, var column) -> List
          .of(Sql.of(alias + "." + column + "::text collate \"C\""));
      case Value.Shape _,Value.Null _ -> throw SensorThingsProblem.badRequest(
          "$orderby: %s stands at position %d, expected a property.".formatted(Values.shown(value),
              order.expression().position()));
    };
  }
}
