package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.Row.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what {@code $expand} brings along, level by level: one message to the store for all links of a level. */
final class Expansions {
  /** Entities in one answer at most. */
  static final int BUDGET = 50_000;

  private final Statements statements;
  private final Clauses clauses;
  private final Map<Query.Expand, Columns> columns = new IdentityHashMap<>();
  private int budget = BUDGET;

  Expansions(Statements statements, Clauses clauses) {
    this.statements = statements;
    this.clauses = clauses;
  }

  /** A link whose entities are being read. */
  record Pending(int index, Query.Expand expand, Columns columns, Map<Integer, List<Row>> found,
      Map<Integer, Long> counts, Statements.Work work) {}

  Columns columns(Query.Expand expand) {
    return Objects.requireNonNull(columns.get(expand));
  }

  void spend(int rows) {
    budget -= rows;
    if (budget < 0) {
      throw SensorThingsProblem.badRequest("""
                                           The answer would hold more than %d entities, expected at most that many.
                                           Maybe set $top, also within $expand.\
                                           """.formatted(BUDGET));
    }
  }

  /** The links to many of the entity {@code id}, before it is known whether it exists. */
  List<Pending> ahead(Columns parents, int id) {
    var pending = new ArrayList<Pending>();
    var expands = parents.query().expand();
    for (int i = 0; i < expands.size(); i++) {
      if (expands.get(i).link().many() && parents.ready(i) == null) {
        pending.add(many(expands.get(i), i, new Integer[]{id}));
      }
    }
    return pending;
  }

  /** Hangs on {@code rows} what {@link #ahead} read. */
  void take(List<Pending> pending, List<Row> rows) {
    pending.forEach(one -> finish(one, rows));
  }

  /** Reads what is not yet there for {@code rows}, and what that brings along. */
  void expand(Columns parents, List<Row> rows) {
    var expands = parents.query().expand();
    if (rows.isEmpty() || expands.isEmpty()) {
      return;
    }
    var pending = new ArrayList<Pending>();
    for (int i = 0; i < expands.size(); i++) {
      var ready = parents.ready(i);
      if (ready != null) {
        columns.put(expands.get(i), ready);
        spend(rows.size());
      } else if (!columns.containsKey(expands.get(i))) {
        pending.add(expands.get(i).link().many()
            ? many(expands.get(i), i, rows.stream().map(row -> row.number(0)).toArray(Integer[]::new))
            : one(expands.get(i), i, parents.key(i), rows));
      }
    }
    statements.query(pending.stream().map(Pending::work).toList());
    pending.forEach(one -> {
      if (one.expand().link().many()) {
        finish(one, rows);
      } else {
        int key = parents.key(one.index());
        spend(one.found().size());
        columns.put(one.expand(), one.columns());
        rows.forEach(row -> row.linked()[one.index()] = row.values()[key] == null
            ? null
            : first(one.found().get(row.number(key))));
      }
    });
    for (int i = 0; i < expands.size(); i++) {
      expand(columns(expands.get(i)), linked(rows, i));
    }
  }

  private static @Nullable Row first(@Nullable List<Row> rows) {
    return rows == null ? null : rows.getFirst();
  }

  private static List<Row> linked(List<Row> rows, int index) {
    var all = new IdentityHashMap<Row, Boolean>();
    var linked = new ArrayList<Row>();
    for (var row : rows) {
      switch (row.linked()[index]) {
        case Page page -> linked.addAll(page.rows());
        // Many may lead to the same one.
        case Row one when all.put(one, true) == null -> linked.add(one);
        case null, default -> {
          /* none, or seen */ }
      }
    }
    return linked;
  }

  private Pending one(Query.Expand expand, int index, int key, List<Row> rows) {
    var query = expand.query();
    var ids = rows.stream().map(row -> row.values()[key]).filter(Objects::nonNull).distinct().toArray(Integer[]::new);
    var scope = Scope.of(query.type(), "t");
    var where = clauses.where().add(" and t.id = any(").bind(ids, "int[]").add(")");
    clauses.filter(query, scope, where);
    var read = new Columns(query, scope, "t");
    var found = new HashMap<Integer, List<Row>>();
    var sql = Sql.of("select " + read.sql(false) + " from " + query.type().table() + " t").add(scope.joins())
        .add(where);
    return new Pending(index, expand, read, found, Map.of(), new Statements.Work(sql, result -> {
      var row = read.read(result, 1);
      found.put(row.number(0), List.of(row));
    }));
  }

  /** A page for each of {@code ids}, each found through an index of its own. */
  private Pending many(Query.Expand expand, int index, Integer[] ids) {
    var query = expand.query();
    var counts = query.count() ? counts(expand, ids) : Map.<Integer, Long>of();
    var scope = Scope.of(query.type(), "t");
    var where = where(expand, scope);
    var read = new Columns(query, scope, "t");
    var order = clauses.order(query, scope);
    var sql = Sql.of("select p.id, " + read.names("x") + " from unnest(").bind(ids, "int[]")
        .add(") as p(id) cross join lateral (select " + read.sql(true) + " from " + from(expand.link()))
        .add(scope.joins()).add(where).add(order).add(" limit ").bind(query.page() + 1, "int").add(" offset ")
        .bind(query.skip(), "int").add(") x limit ").bind(BUDGET + ids.length + 1, "int");
    var found = new HashMap<Integer, List<Row>>();
    return new Pending(index, expand, read, found, counts, new Statements.Work(sql, result -> found
        .computeIfAbsent(result.getInt(1), _ -> new ArrayList<>()).add(read.read(result, 2))));
  }

  private void finish(Pending pending, List<Row> rows) {
    var query = pending.expand().query();
    columns.put(pending.expand(), pending.columns());
    for (var row : rows) {
      var linked = pending.found().getOrDefault(row.number(0), List.of());
      boolean cut = linked.size() > query.page();
      var page = cut ? linked.subList(0, query.page()) : linked;
      spend(page.size());
      row.linked()[pending.index()] = new Page(page, query.page() > 0 && cut,
          query.count() ? pending.counts().getOrDefault(row.number(0), 0L) : -1);
    }
  }

  private Map<Integer, Long> counts(Query.Expand expand, Integer[] ids) {
    var scope = Scope.of(expand.query().type(), "t");
    var where = where(expand, scope);
    var counts = new HashMap<Integer, Long>();
    statements.query(Sql.of("select p.id, x.n from unnest(").bind(ids, "int[]")
        .add(") as p(id) cross join lateral (select count(*) as n from " + from(expand.link())).add(scope.joins())
        .add(where).add(") x"), row -> counts.put(row.getInt(1), row.getLong(2)));
    return counts;
  }

  private Sql where(Query.Expand expand, Scope scope) {
    var where = clauses.where();
    switch (expand.link().join()) {
      case Link.Join.Backward(var column) -> where.add(" and t." + column + " = p.id");
      case Link.Join.Through(var _, var source, var _) ->
        where.add(" and j.municipality_id = ").bind(statements.municipality(), "int")
            .add(" and j." + source + " = p.id");
      default -> {
        /* FromFeature: within the subquery */ }
    }
    clauses.filter(expand.query(), scope, where);
    return where;
  }

  private static String from(Link link) {
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
