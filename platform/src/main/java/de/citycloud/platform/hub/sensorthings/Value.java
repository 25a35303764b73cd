package de.citycloud.platform.hub.sensorthings;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** A value within a statement, with what is known of its type. */
sealed interface Value {
  /** Types that PostgreSQL compares by itself. */
  enum Type {
    TEXT("text", "a text"), NUMBER("float8", "a number"), BOOL("boolean", "true or false"), TIME("timestamptz",
        "a time"), DATE("date", "a date"), CLOCK("time", "a time of day"), DURATION("interval", "a duration");

    private final String sql;
    private final String shown;

    Type(String sql, String shown) {
      this.sql = sql;
      this.shown = shown;
    }

    String sql() {
      return sql;
    }

    String shown() {
      return shown;
    }
  }

  /**
   * Of one type.
   *
   * @param constant the value if it stands in the query; null if it is computed
   */
  record Scalar(Sql sql, Type type, @Nullable Object constant) implements Value {
    static Scalar of(Sql sql, Type type) {
      return new Scalar(sql, type, null);
    }
  }

  /** JSON, whose type each row decides: as {@code jsonb}, and as text. */
  record Json(Sql json, Sql text) implements Value {}

  /** An instant or an interval. */
  record Period(Sql start, Sql end) implements Value {}

  /** The phenomenonTime of an Observation, whose end is rarely there. */
  record PhenomenonTime(String alias) implements Value {}

  /** The result of an Observation: a number in a column, or anything in JSON. */
  record Result(String alias) implements Value {}

  /** The id of any entity but an Observation. */
  record Id(String alias) implements Value {}

  /** The id of an Observation. */
  record ObservationKey(String alias) implements Value {}

  /** A stored geometry. */
  record Stored(EntityType type, String alias, String column) implements Value {}

  /** A geometry that stands in the query. */
  record Shape(Geometry geometry) implements Value {}

  /** {@code null}. */
  record Null() implements Value {}
}
