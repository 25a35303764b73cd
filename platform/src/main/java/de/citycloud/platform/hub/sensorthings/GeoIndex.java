package de.citycloud.platform.hub.sensorthings;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.TopologyException;

/**
 * Answers questions about stored geometries: the store finds candidates by their bounding boxes through its index, JTS
 * decides exactly. The answer is a set of ids, so that paging and counting stay right whatever stands beside it.
 */
final class GeoIndex {
  /** Candidates at most. */
  static final int MOST = 100_000;

  private final Statements statements;

  GeoIndex(Statements statements) {
    this.statements = statements;
  }

  /** Numbers that belong to ids. */
  record Measured(Integer[] ids, Double[] values) {}

  /**
   * Ids of the geometries that pass {@code test}.
   *
   * @param box only geometries whose bounding box meets it; null for all
   */
  Integer[] matching(EntityType type, String column, @Nullable Envelope box, Predicate<Geometry> test) {
    var ids = new ArrayList<Integer>();
    visit(type, column, box, (id, geometry) -> {
      if (test.test(geometry)) {
        ids.add(id);
      }
    });
    return ids.toArray(Integer[]::new);
  }

  /** A number for each geometry. */
  Measured measured(EntityType type, String column, ToDoubleFunction<Geometry> measure) {
    List<Integer> ids = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    visit(type, column, null, (id, geometry) -> {
      ids.add(id);
      values.add(measure.applyAsDouble(geometry));
    });
    return new Measured(ids.toArray(Integer[]::new), values.toArray(Double[]::new));
  }

  private interface Visitor {
    void visit(int id, Geometry geometry);
  }

  private void visit(EntityType type, String column, @Nullable Envelope box, Visitor visitor) {
    var sql = candidates(type, column, box);
    int seen = statements.query(sql, row -> {
      var geometry = geometry(row.getString(2), row.getDouble(3), row.getDouble(4));
      if (geometry != null) {
        try {
          visitor.visit(row.getInt(1), geometry);
        } catch (IllegalArgumentException | TopologyException e) {
          // A relation that is not defined for such geometries does not hold.
        }
      }
    });
    if (seen > MOST) {
      throw SensorThingsProblem.badRequest("""
                                           More than %d %s may lie there, expected at most that many.
                                           Maybe ask for a smaller area.\
                                           """.formatted(MOST, type.plural()));
    }
  }

  private Sql candidates(EntityType type, String column, @Nullable Envelope box) {
    var sql = new Sql();
    if (type == EntityType.DATASTREAM) {
      sql.add("select t.id, t.observed_area, 0::float8, 0::float8 from datastream t where t.municipality_id = ")
          .bind(statements.municipality(), "int").add(" and t.observed_area is not null");
    } else {
      sql.add("select t.id, " + columns("t", column) + " from " + type.table() + " t where t.municipality_id = ")
          .bind(statements.municipality(), "int");
      sql = box == null ? sql.add(" and t.extent is not null") : sql.add(" and t.extent && ").bind(text(box), "box");
    }
    return sql.add(" limit " + (MOST + 1));
  }

  /** GeoJSON, and longitude and latitude: a point is all that most have, and needs no JSON. */
  static String columns(String alias, String column) {
    return """
           case when (%1$s.extent[0])[0] = (%1$s.extent[1])[0] and (%1$s.extent[0])[1] = (%1$s.extent[1])[1] then null \
           else %1$s.%2$s end, (%1$s.extent[0])[0], (%1$s.extent[0])[1]\
           """.formatted(alias, column);
  }

  /** From {@link #columns}; null if the JSON is no geometry. */
  static @Nullable Geometry geometry(@Nullable String json, double longitude, double latitude) throws SQLException {
    return json == null ? Geometries.point(longitude, latitude) : Geometries.ofJson(json);
  }

  /** As PostgreSQL writes a box. */
  static String text(Envelope box) {
    return "(%s,%s),(%s,%s)".formatted(box.getMaxX(), box.getMaxY(), box.getMinX(), box.getMinY());
  }
}
