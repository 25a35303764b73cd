package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.ResourcePath.Step;
import de.citycloud.platform.hub.sensorthings.Row.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads entities and what {@code $expand} brings along: one statement for the entities, one for each link, whatever
 * their number. What it reads in one request is bounded.
 */
final class EntityReader {
  /** Entities in one answer at most. */
  static final int BUDGET = 50_000;

  private final Statements statements;
  private final ExpressionSql expressions;
  private final int municipality;
  private final Map<Query.Expand, Columns> columns = new IdentityHashMap<>();
  private int budget = BUDGET;

  EntityReader(Statements statements) {
    this.statements = statements;
    this.expressions = new ExpressionSql(new GeoIndex(statements));
    this.municipality = statements.municipality();
  }

  /** What was read, with the columns to understand it. */
  record Answer(Columns columns, Page page) {}

  /**
   * Reads the entities at {@code path}: a page of a set, or a page of one or none.
   *
   * @throws SensorThingsProblem 404 if an entity on the way does not exist
   */
  Answer read(ResourcePath path, Query query) {
    var scope = Scope.of(query.type(), "t");
    var where = where(query).add(new Reach(municipality).conditions(path.steps(), "t"));
    filter(query, scope, where);
    var table = query.type().table();
    boolean latest = query.isLatest() && path.steps().size() > 1
        && path.steps().get(path.steps().size() - 2).type() == EntityType.DATASTREAM;
    if (latest) {
      table = "datastream_latest";
    }
    long count = query.count() && path.isSet() ? count(table, scope, where) : -1;
    var columns = new Columns(query, scope);
    var order = path.isSet() && !latest ? order(query, scope) : new Sql();
    var sql = Sql.of("select " + columns.sql(false) + (latest ? ", t.first_time < t.phenomenon_time or t.seq > 0" : "")
        + " from " + table + " t").add(scope.joins()).add(where).add(order);
    int size = path.isSet() ? query.page() : 1;
    if (!latest) {
      sql.add(" limit ").bind(size + 1, "int").add(" offset ").bind(path.isSet() ? query.skip() : 0, "int");
    }
    var rows = new ArrayList<Row>();
    var more = new boolean[1];
    statements.query(sql, row -> {
      rows.add(columns.read(row, 1));
      more[0] = latest && row.getBoolean(columns.size() + 1);
    });
    boolean cut = rows.size() > size;
    if (cut) {
      rows.removeLast();
    }
    if (rows.isEmpty() && path.steps().size() > 1) {
      requireWay(path.steps().subList(0, path.steps().size() - 1));
    }
    spend(rows.size());
    expand(columns, rows);
    return new Answer(columns, new Page(rows, size > 0 && (cut || more[0]), count));
  }

  private Sql where(Query query) {
    return Sql.of(" where t.municipality_id = ").bind(municipality, "int");
  }

  private void filter(Query query, Scope scope, Sql where) {
    if (query.filter() != null) {
      where.add(" and ").add(expressions.condition(query.filter(), scope));
    }
  }

  private long count(String table, Scope scope, Sql where) {
    var counted = new long[1];
    statements.query(Sql.of("select count(*) from " + table + " t").add(scope.joins()).add(where),
        row -> counted[0] = row.getLong(1));
    return counted[0];
  }

  /** By what the query says and then by key, so that pages neither overlap nor leave gaps. */
  private Sql order(Query query, Scope scope) {
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
      case Value.Stored(var _, var alias, var column) -> List.of(Sql.of(alias + "." + column));
      case Value.Shape _,Value.Null _ -> throw SensorThingsProblem.badRequest(
          "$orderby: %s stands at position %d, expected a property.".formatted(Values.shown(value),
              order.expression().position()));
    };
  }

  /** Says which entity is missing, if one on the way to an empty answer is. */
  private void requireWay(List<Step> steps) {
    for (int i = 1; i <= steps.size(); i++) {
      var way = steps.subList(0, i);
      var last = way.getLast();
      var found = statements.query(Sql.of("select 1 from " + last.type().table() + " t where t.municipality_id = ")
          .bind(municipality, "int").add(new Reach(municipality).conditions(way, "t")).add(" limit 1"), _ -> {});
      if (found == 0) {
        throw missing(last);
      }
    }
  }

  static SensorThingsProblem missing(Step step) {
    return SensorThingsProblem.notFound(step.id() == null
        ? "There is no %s here.".formatted(step.type().singular())
        : "There is no %s with the id %s here.".formatted(step.type().singular(), step.id()));
  }

  private void spend(int rows) {
    budget -= rows;
    if (budget < 0) {
      throw SensorThingsProblem.badRequest("""
                                           The answer would hold more than %d entities, expected at most that many.
                                           Maybe set $top, also within $expand.\
                                           """.formatted(BUDGET));
    }
  }

  private void expand(Columns columns, List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    var expands = columns.query().expand();
    for (int i = 0; i < expands.size(); i++) {
      var expand = expands.get(i);
      switch (expand.link().join()) {
        case Link.Join.Forward _,Link.Join.ToFeature _ -> expandOne(expand, columns, i, rows);
        case Link.Join.Backward _,Link.Join.Through _,Link.Join.FromFeature _ -> expandMany(expand, i, rows);
      }
    }
  }

  private void expandOne(Query.Expand expand, Columns columns, int index, List<Row> rows) {
    var key = columns.key(index);
    var ids = rows.stream().map(row -> row.values()[key]).filter(Objects::nonNull).distinct().toArray(Integer[]::new);
    var query = expand.query();
    var scope = Scope.of(query.type(), "t");
    var where = where(query).add(" and t.id = any(").bind(ids, "int[]").add(")");
    filter(query, scope, where);
    var linked = new Columns(query, scope);
    var found = new HashMap<Integer, Row>();
    statements.query(Sql.of("select " + linked.sql(false) + " from " + query.type().table() + " t").add(scope.joins())
        .add(where), row -> {
          var read = linked.read(row, 1);
          found.put(read.number(0), read);
        });
    spend(found.size());
    expand(linked, List.copyOf(found.values()));
    for (var row : rows) {
      row.linked()[index] = row.values()[key] == null ? null : found.get(row.number(key));
    }
    this.columns.put(expand, linked);
  }

  /** The columns with which the entities of an expand were read. */
  Columns columns(Query.Expand expand) {
    return Objects.requireNonNull(columns.get(expand));
  }

  private void expandMany(Query.Expand expand, int index, List<Row> rows) {
    var query = expand.query();
    var ids = rows.stream().map(row -> row.number(0)).toArray(Integer[]::new);
    var found = new HashMap<Integer, List<Row>>();
    boolean latest = query.isLatest() && expand.link().join() instanceof Link.Join.Backward(var column)
        && column.equals("datastream_id");
    var counts = query.count() ? counts(expand, ids) : Map.<Integer, Long>of();
    var more = new HashMap<Integer, Boolean>();
    var read = latest ? latest(query, ids, found, more) : linked(expand, ids, found);
    columns.put(expand, read);
    var all = new ArrayList<Row>();
    for (var row : rows) {
      int id = row.number(0);
      var linked = found.getOrDefault(id, List.of());
      boolean cut = linked.size() > query.page();
      var page = cut ? linked.subList(0, query.page()) : linked;
      row.linked()[index] = new Page(page, query.page() > 0 && (cut || more.getOrDefault(id, false)),
          query.count() ? counts.getOrDefault(id, 0L) : -1);
      all.addAll(page);
    }
    expand(read, all);
  }

  /** The newest Observations, which are kept ready. */
  private Columns latest(Query query, Integer[] ids, Map<Integer, List<Row>> found, Map<Integer, Boolean> more) {
    var scope = Scope.of(query.type(), "t");
    var read = new Columns(query, scope);
    statements.query(Sql.of("select " + read.sql(false)
        + ", t.first_time < t.phenomenon_time or t.seq > 0 from datastream_latest t").add(scope.joins())
        .add(where(query)).add(" and t.datastream_id = any(").bind(ids, "int[]").add(")"), result -> {
          var row = read.read(result, 1);
          found.put(row.number(0), List.of(row));
          more.put(row.number(0), result.getBoolean(read.size() + 1));
        });
    spend(found.size());
    return read;
  }

  /** A page for each of {@code ids}, each found through an index of its own. */
  private Columns linked(Query.Expand expand, Integer[] ids, Map<Integer, List<Row>> found) {
    var query = expand.query();
    var scope = Scope.of(query.type(), "t");
    var where = linkedWhere(expand, scope);
    var read = new Columns(query, scope);
    var order = order(query, scope);
    var sql = Sql.of("select p.id, " + read.names("x") + " from unnest(").bind(ids, "int[]")
        .add(") as p(id) cross join lateral (select " + read.sql(true) + " from " + linkedFrom(expand.link()))
        .add(scope.joins()).add(where).add(order).add(" limit ").bind(query.page() + 1, "int").add(" offset ")
        .bind(query.skip(), "int").add(") x limit ").bind(budget + ids.length + 1, "int");
    int rows = statements.query(sql, result -> found.computeIfAbsent(result.getInt(1), _ -> new ArrayList<>())
        .add(read.read(result, 2)));
    spend(Math.max(0, rows - ids.length));
    return read;
  }

  private Map<Integer, Long> counts(Query.Expand expand, Integer[] ids) {
    var scope = Scope.of(expand.query().type(), "t");
    var where = linkedWhere(expand, scope);
    var counts = new HashMap<Integer, Long>();
    statements.query(Sql.of("select p.id, x.n from unnest(").bind(ids, "int[]")
        .add(") as p(id) cross join lateral (select count(*) as n from " + linkedFrom(expand.link()))
        .add(scope.joins()).add(where).add(") x"), row -> counts.put(row.getInt(1), row.getLong(2)));
    return counts;
  }

  private Sql linkedWhere(Query.Expand expand, Scope scope) {
    var where = where(expand.query());
    switch (expand.link().join()) {
      case Link.Join.Backward(var column) -> where.add(" and t." + column + " = p.id");
      case Link.Join.Through(var _, var source, var _) ->
        where.add(" and j.municipality_id = ").bind(municipality, "int").add(" and j." + source + " = p.id");
      default -> {
        /* FromFeature: within the subquery */ }
    }
    filter(expand.query(), scope, where);
    return where;
  }

  private static String linkedFrom(Link link) {
    return switch (link.join()) {
      case Link.Join.Through(var table, var _, var target) ->
        "%1$s j join %2$s t on t.municipality_id = j.municipality_id and t.id = j.%3$s".formatted(table,
            link.target().table(), target);
      case Link.Join.FromFeature() ->
        """
        (select o.* from observation o where o.feature_id = p.id union all \
        select o.* from datastream d join observation o on o.municipality_id = d.municipality_id \
        and o.datastream_id = d.id and o.feature_id is null where d.default_feature_id = p.id) t\
        """;
      default -> link.target().table() + " t";
    };
  }
}
