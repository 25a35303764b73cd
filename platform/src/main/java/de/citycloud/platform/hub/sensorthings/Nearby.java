package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.Expression.Call;
import de.citycloud.platform.hub.sensorthings.Expression.Literal;
import de.citycloud.platform.hub.sensorthings.Expression.Path;
import de.citycloud.platform.hub.sensorthings.Row.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.TopologyException;

/**
 * The most frequent question about geometries, a set filtered by one relation and nothing else, in one statement: the
 * candidates come with all their columns and are decided here.
 */
record Nearby(Query query, String column, Geometry shape, Predicate<Geometry> test) {
  /** Candidates at most; more are left to {@link GeoIndex}. */
  private static final int MOST = 2_000;

  /** Null if {@code query} is another question. */
  static @Nullable Nearby of(Query query) {
    if (!query.orderBy().isEmpty() || !(query.filter() instanceof Call call) || call.arguments().size() != 2
        || query.type() == EntityType.DATASTREAM) {
      return null;
    }
    boolean turned = call.arguments().getFirst() instanceof Literal;
    if (!(call.arguments().get(turned ? 1 : 0) instanceof Path(var segments, var _)
        && call.arguments().get(turned ? 0 : 1) instanceof Literal(var value, var _)
        && value instanceof Geometry shape && segments.size() == 1)) {
      return null;
    }
    var property = query.type().property(segments.getFirst());
    return switch (call.function()) {
      case GEO_INTERSECTS, ST_INTERSECTS, ST_WITHIN, ST_CONTAINS, ST_TOUCHES, ST_CROSSES, ST_OVERLAPS, ST_EQUALS ->
        property.filter(it -> it.kind() == PropertyKind.GEOMETRY)
            .map(it -> new Nearby(query, it.column(), shape, GeoSql.test(call, shape, turned))).orElse(null);
      default -> null;
    };
  }

  /** Null if there are too many candidates. */
  EntityReader.@Nullable Answer read(Statements statements, Clauses clauses) {
    var columns = new Columns(query, Scope.of(query.type(), "t"), "t");
    var rows = new ArrayList<Row>();
    var sql = Sql.of("select " + GeoIndex.columns("t", column) + ", " + columns.sql(false) + " from "
        + query.type().table() + " t").add(clauses.where()).add(" and t.extent && ")
        .bind(GeoIndex.text(shape.getEnvelopeInternal()), "box").add(" limit " + (MOST + 1));
    int seen = statements.query(sql, result -> {
      var geometry = GeoIndex.geometry(result.getString(1), result.getDouble(2), result.getDouble(3));
      if (geometry != null && holds(geometry)) {
        rows.add(columns.read(result, 4));
      }
    });
    if (seen > MOST) {
      return null;
    }
    rows.sort(Comparator.comparingInt(row -> row.number(0)));
    int from = Math.min(query.skip(), rows.size());
    int to = Math.min(from + query.page(), rows.size());
    return new EntityReader.Answer(columns, new Page(List.copyOf(rows.subList(from, to)),
        query.page() > 0 && to < rows.size(), query.count() ? rows.size() : -1));
  }

  private boolean holds(Geometry geometry) {
    try {
      return test.test(geometry);
    } catch (IllegalArgumentException | TopologyException e) {
      return false;
    }
  }
}
