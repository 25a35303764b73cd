package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.sensorthings.ResourcePath.Step;
import de.citycloud.platform.hub.sensorthings.Row.Page;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads entities and what {@code $expand} brings along: one statement for the entities, one for each link, whatever
 * their number; what does not depend on each other goes to the store in one message.
 */
final class EntityReader {
  /** Up to this far the newest Observations of all Datastreams are looked up; beyond, all are sorted. */
  private static final int NEWEST = 1_001;

  private final Statements statements;
  private final Clauses clauses;
  private final Expansions expansions;
  private final int municipality;

  EntityReader(Statements statements) {
    this.statements = statements;
    this.clauses = new Clauses(statements);
    this.expansions = new Expansions(statements, clauses);
    this.municipality = statements.municipality();
  }

  /** What was read, with the columns to understand it. */
  record Answer(Columns columns, Page page) {}

  /** The columns with which the entities of an expand were read. */
  Columns columns(Query.Expand expand) {
    return expansions.columns(expand);
  }

  /**
   * Reads the entities at {@code path}: a page of a set, or a page of one or none.
   *
   * @throws SensorThingsProblem 404 if an entity on the way does not exist
   */
  Answer read(ResourcePath path, Query query) {
    var near = path.steps().size() == 1 ? Nearby.of(query) : null;
    var found = near == null ? null : near.read(statements, clauses);
    var answer = found == null ? ordinary(path, query) : found;
    if (answer.page().rows().isEmpty() && path.steps().size() > 1) {
      requireWay(path.steps().subList(0, path.steps().size() - 1));
    }
    expansions.expand(answer.columns(), answer.page().rows());
    return answer;
  }

  /**
   * Keys of the entities of a set, numbers or {@link ObservationId}s; one more than the page of {@code query} holds if
   * there are more.
   */
  List<Object> keys(ResourcePath path, Query query) {
    requireWay(path.steps().subList(0, path.steps().size() - 1));
    var scope = Scope.of(query.type(), "t");
    var where = clauses.where().add(new Reach(municipality).conditions(path.steps(), "t"));
    clauses.filter(query, scope, where);
    boolean observations = query.type() == EntityType.OBSERVATION;
    var keys = new ArrayList<Object>();
    statements.query(
        Sql.of(observations ? "select t.datastream_id, t.phenomenon_time, t.seq" : "select t.id")
            .add(" from " + query.type().table() + " t").add(scope.joins()).add(where).add(" limit ")
            .bind(query.page() + 1, "int"),
        row -> keys.add(observations
            ? new ObservationId(row.getInt(1), row.getObject(2, OffsetDateTime.class).toInstant(), row.getInt(3))
            : (Object) row.getInt(1)));
    return keys;
  }

  private Answer ordinary(ResourcePath path, Query query) {
    var scope = Scope.of(query.type(), "t");
    var where = clauses.where().add(new Reach(municipality).conditions(path.steps(), "t"));
    clauses.filter(query, scope, where);
    boolean latest = query.isLatest() && path.isSet() && path.steps().size() > 1
        && path.steps().get(path.steps().size() - 2).type() == EntityType.DATASTREAM;
    var table = latest ? "datastream_latest" : query.type().table();
    long count = query.count() && path.isSet() ? count(table, scope, where) : -1;
    var columns = new Columns(query, scope, "t");
    var order = path.isSet() && !latest ? clauses.order(query, scope) : new Sql();
    int size = path.isSet() ? query.page() : 1;
    int reach = query.skip() + size + 1;
    boolean newest = path.isSet() && path.steps().size() == 1 && query.isNewestFirst() && reach <= NEWEST;
    var sql = Sql.of("select " + columns.sql(false) + (latest ? ", " + Columns.hasOlder("t") : "") + " from ")
        .add(newest ? newest(reach) : Sql.of(table + " t")).add(scope.joins()).add(where).add(order);
    if (path.isSet() && !latest) {
      sql.add(" limit ").bind(size + 1, "int").add(" offset ").bind(query.skip(), "int");
    }
    var rows = new ArrayList<Row>();
    var older = new boolean[1];
    var work = new ArrayList<Statements.Work>();
    work.add(new Statements.Work(sql, row -> {
      rows.add(columns.read(row, 1));
      older[0] = latest && row.getBoolean(columns.size() + 1);
    }));
    var ahead = ahead(path, columns);
    ahead.forEach(pending -> work.add(pending.work()));
    statements.query(work);
    boolean cut = rows.size() > size;
    if (cut) {
      rows.removeLast();
    }
    expansions.spend(rows.size());
    expansions.take(ahead, rows);
    return new Answer(columns, new Page(rows, size > 0 && (cut || older[0]), count));
  }

  /** What hangs on an entity whose id is in the path can be asked for together with it. */
  private List<Expansions.Pending> ahead(ResourcePath path, Columns columns) {
    var id = path.steps().size() == 1 ? path.last().id() : null;
    return id == null || path.type() == EntityType.OBSERVATION
        ? List.of()
        : id.number().map(number -> expansions.ahead(columns, number)).orElse(List.of());
  }

  /**
   * The newest Observations of all Datastreams, where no index is ordered by time alone: the first {@code reach} can
   * only belong to the {@code reach} Datastreams that were heard last, and each of these has an index.
   */
  private Sql newest(int reach) {
    return Sql.of("(select n.datastream_id from datastream_latest n where n.municipality_id = ")
        .bind(municipality, "int").add(" order by n.phenomenon_time desc, n.datastream_id desc limit ")
        .bind(reach, "int").add(") n cross join lateral (select o.* from observation o where o.municipality_id = ")
        .bind(municipality, "int")
        .add(" and o.datastream_id = n.datastream_id order by o.phenomenon_time desc, o.seq desc limit ")
        .bind(reach, "int").add(") t");
  }

  private long count(String table, Scope scope, Sql where) {
    var counted = new long[1];
    statements.query(Sql.of("select count(*) from " + table + " t").add(scope.joins()).add(where),
        row -> counted[0] = row.getLong(1));
    return counted[0];
  }

  /** Says which entity is missing, if one on the way to an empty answer is. */
  private void requireWay(List<Step> steps) {
    for (int i = 1; i <= steps.size(); i++) {
      var way = steps.subList(0, i);
      var last = way.getLast();
      var found = statements.query(Sql.of("select 1 from " + last.type().table() + " t").add(clauses.where())
          .add(new Reach(municipality).conditions(way, "t")).add(" limit 1"), _ -> {});
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
}
