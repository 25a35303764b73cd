package de.citycloud.platform.hub.sensorthings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a query needs of its entities, which stand in the table or subquery {@code t}. The key comes first:
 * {@code id}, or {@code datastream_id, phenomenon_time, seq} of an Observation.
 */
final class Columns {
  /** How a column is read. */
  enum Kind {
    INT, TEXT, DOUBLE, TIME
  }

  /** A property that is written, and its first column. */
  record Field(Property property, int at) {}

  private final Query query;
  private final List<String> sql = new ArrayList<>();
  private final List<Kind> kinds = new ArrayList<>();
  private final List<Field> fields = new ArrayList<>();
  private final int[] keys;

  /** @param scope of the statement, to which needed joins are added */
  Columns(Query query, Scope scope) {
    this.query = query;
    this.keys = new int[query.expand().size()];
    if (query.type() == EntityType.OBSERVATION) {
      add("t.datastream_id", Kind.INT);
      add("t.phenomenon_time", Kind.TIME);
      add("t.seq", Kind.INT);
    } else {
      add("t.id", Kind.INT);
    }
    for (var property : query.type().properties()) {
      if (query.selects(property.name())) {
        fields.add(new Field(property, add(property, scope)));
      }
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = switch (query.expand().get(i).link().join()) {
        case Link.Join.Forward(var column) -> add("t." + column, Kind.INT);
        case Link.Join.ToFeature() -> add(scope.feature("t"), Kind.INT);
        default -> 0;
      };
    }
  }

  private int add(Property property, Scope scope) {
    if (query.type() == EntityType.DATASTREAM && property.kind() == PropertyKind.PERIOD) {
      var latest = scope.latest("t");
      var kind = property.name().equals("phenomenonTime") ? "time" : "result_time";
      int at = add(latest + ".first_" + kind, Kind.TIME);
      add(latest + ".last_" + kind, Kind.TIME);
      return at;
    }
    if (query.type() == EntityType.OBSERVATION) {
      int details = add("t.details", Kind.TEXT);
      return switch (property.kind()) {
        case RESULT -> add("t.result", Kind.DOUBLE);
        case INSTANT -> add("t.result_time", Kind.TIME);
        default -> details;
      };
    }
    return add("t." + property.column(), property.kind() == PropertyKind.INSTANT ? Kind.TIME : Kind.TEXT);
  }

  private int add(String column, Kind kind) {
    int known = sql.indexOf(column);
    if (known >= 0) {
      return known;
    }
    sql.add(column);
    kinds.add(kind);
    return sql.size() - 1;
  }

  int size() {
    return sql.size();
  }

  Query query() {
    return query;
  }

  List<Field> fields() {
    return fields;
  }

  /** Column of the key of the entity to which {@code $expand} number {@code expand} leads. */
  int key(int expand) {
    return keys[expand];
  }

  /** Position of the details of an Observation; -1 if not needed. */
  int details() {
    return sql.indexOf("t.details");
  }

  /** For the select list; with names c0, c1 … if {@code named}. */
  String sql(boolean named) {
    var list = new StringBuilder();
    for (int i = 0; i < sql.size(); i++) {
      list.append(i == 0 ? "" : ", ").append(sql.get(i));
      if (named) {
        list.append(" as c").append(i);
      }
    }
    return list.toString();
  }

  /** Names c0, c1 … of a subquery. */
  String names(String alias) {
    var list = new StringBuilder();
    for (int i = 0; i < sql.size(); i++) {
      list.append(i == 0 ? "" : ", ").append(alias).append(".c").append(i);
    }
    return list.toString();
  }

  /** Reads the current row from column {@code first} on. */
  Row read(ResultSet row, int first) throws SQLException {
    var values = new @Nullable Object[kinds.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = switch (kinds.get(i)) {
        case INT -> {
          int number = row.getInt(first + i);
          yield row.wasNull() ? null : number;
        }
        case TEXT -> row.getString(first + i);
        case DOUBLE -> {
          double number = row.getDouble(first + i);
          yield row.wasNull() ? null : number;
        }
        case TIME -> row.getObject(first + i, OffsetDateTime.class);
      };
    }
    return new Row(values, new @Nullable Object[keys.length]);
  }
}
