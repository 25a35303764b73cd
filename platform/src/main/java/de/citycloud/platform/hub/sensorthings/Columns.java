package de.citycloud.platform.hub.sensorthings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import de.citycloud.platform.hub.sensorthings.Row.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a query needs of its entities, which stand in the table or subquery {@code t}. The key comes first:
 * {@code id}, or {@code datastream_id, phenomenon_time, seq} of an Observation.
 */
final class Columns {
  /** How a column is read. */
  enum Kind {
    INT, TEXT, DOUBLE, TIME, BOOL
  }

  /** A property that is written, and its first column. */
  record Field(Property property, int at) {}

  private final Query query;
  private final List<String> sql = new ArrayList<>();
  private final List<Kind> kinds = new ArrayList<>();
  private final List<Field> fields = new ArrayList<>();
  private final int[] keys;
  private final @Nullable Ready[] ready;
  private final String alias;

  /** Columns of the newest Observation, which stand behind those of its Datastream. */
  private record Ready(int at, Columns columns) {}

  /**
   * @param scope of the statement, to which needed joins are added
   * @param alias of the table in which the entities stand
   */
  Columns(Query query, Scope scope, String alias) {
    this.query = query;
    this.alias = alias;
    this.keys = new int[query.expand().size()];
    this.ready = new @Nullable Ready[keys.length];
    if (query.type() == EntityType.OBSERVATION) {
      add(alias + ".datastream_id", Kind.INT);
      add(alias + ".phenomenon_time", Kind.TIME);
      add(alias + ".seq", Kind.INT);
    } else {
      add(alias + ".id", Kind.INT);
    }
    for (var property : query.type().properties()) {
      if (query.selects(property.name())) {
        fields.add(new Field(property, add(property, scope)));
      }
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = switch (query.expand().get(i).link().join()) {
        case Link.Join.Forward(var column) -> add(alias + "." + column, Kind.INT);
        case Link.Join.ToFeature() -> add(scope.feature(alias), Kind.INT);
        default -> 0;
      };
    }
    for (int i = 0; i < keys.length; i++) {
      var expand = query.expand().get(i);
      if (query.type() == EntityType.DATASTREAM && expand.query().isLatest()) {
        var latest = scope.latest(alias);
        var columns = new Columns(expand.query(), scope, latest);
        ready[i] = new Ready(sql.size(), columns);
        sql.addAll(columns.sql);
        kinds.addAll(columns.kinds);
        sql.add(hasOlder(latest));
        kinds.add(Kind.BOOL);
      }
    }
  }

  /** Whether a Datastream has other Observations than its newest one, in {@code datastream_latest}. */
  static String hasOlder(String alias) {
    return "%1$s.first_time < %1$s.phenomenon_time or %1$s.seq > 0".formatted(alias);
  }

  /** Columns of {@code $expand} number {@code expand} if its entities come with these; null if they have to be read. */
  @Nullable
  Columns ready(int expand) {
    var found = ready[expand];
    return found == null ? null : found.columns;
  }

  private int add(Property property, Scope scope) {
    if (query.type() == EntityType.DATASTREAM && property.kind() == PropertyKind.PERIOD) {
      var latest = scope.latest(alias);
      var kind = property.name().equals("phenomenonTime") ? "time" : "result_time";
      int at = add(latest + ".first_" + kind, Kind.TIME);
      add(latest + ".last_" + kind, Kind.TIME);
      return at;
    }
    if (query.type() == EntityType.OBSERVATION) {
      int details = add(alias + ".details", Kind.TEXT);
      return switch (property.kind()) {
        case RESULT -> add(alias + ".result", Kind.DOUBLE);
        case INSTANT -> add(alias + ".result_time", Kind.TIME);
        default -> details;
      };
    }
    return add(alias + "." + property.column(), property.kind() == PropertyKind.INSTANT ? Kind.TIME : Kind.TEXT);
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
    return sql.indexOf(alias + ".details");
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
        case BOOL -> row.getBoolean(first + i);
      };
    }
    return row(values);
  }

  private Row row(@Nullable Object[] values) {
    var linked = new @Nullable Object[keys.length];
    for (int i = 0; i < keys.length; i++) {
      var found = ready[i];
      if (found != null) {
        int end = found.at + found.columns.size();
        linked[i] = values[found.at] == null
            ? Page.EMPTY
            : new Page(List.of(found.columns.row(Arrays.copyOfRange(values, found.at, end))),
                Boolean.TRUE.equals(values[end]), -1);
      }
    }
    return new Row(values, linked);
  }
}
