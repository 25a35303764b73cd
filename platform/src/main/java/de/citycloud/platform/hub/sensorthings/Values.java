package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.Value.Id;
import de.citycloud.platform.hub.sensorthings.Value.Json;
import de.citycloud.platform.hub.sensorthings.Value.Null;
import de.citycloud.platform.hub.sensorthings.Value.ObservationKey;
import de.citycloud.platform.hub.sensorthings.Value.Period;
import de.citycloud.platform.hub.sensorthings.Value.PhenomenonTime;
import de.citycloud.platform.hub.sensorthings.Value.Result;
import de.citycloud.platform.hub.sensorthings.Value.Scalar;
import de.citycloud.platform.hub.sensorthings.Value.Shape;
import de.citycloud.platform.hub.sensorthings.Value.Stored;
import de.citycloud.platform.hub.sensorthings.Value.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads values of one kind as another, where that is clear. */
final class Values {
  private Values() {}

  static Scalar time(Instant time) {
    return new Scalar(new Sql().bind(time.atOffset(ZoneOffset.UTC), "timestamptz"), Type.TIME, time);
  }

  /** As {@code type}; null if it cannot be meant so. */
  static @Nullable Sql as(Type type, Value value) {
    return switch (type) {
      case TEXT -> text(value);
      case NUMBER -> number(value);
      case BOOL -> bool(value);
      case TIME -> time(value);
      default -> value instanceof Scalar scalar && scalar.type() == type ? scalar.sql() : null;
    };
  }

  private static @Nullable Sql text(Value value) {
    return switch (value) {
      case Scalar(var sql, var type, var _) when type == Type.TEXT -> sql;
      case Json(var _, var text) -> text;
      case Result(var alias) -> Sql.of("coalesce(%1$s.details ->> 'result', %1$s.result::text)".formatted(alias));
      default -> null;
    };
  }

  private static @Nullable Sql number(Value value) {
    return switch (value) {
      case Scalar(var sql, var type, var _) when type == Type.NUMBER -> sql;
      case Json json -> numeric(json).add("::float8");
      case Result(var alias) ->
        Sql.of("""
               coalesce(%1$s.result, case when jsonb_typeof(%1$s.details -> 'result') = 'number' \
               then (%1$s.details -> 'result')::float8 end)\
               """.formatted(alias));
      case Id(var alias) -> Sql.of(alias + ".id::float8");
      default -> null;
    };
  }

  /** The number in JSON in full precision and range; null where it is none. */
  static Sql numeric(Json value) {
    return Sql.of("(case when jsonb_typeof(").add(value.json()).add(") = 'number' then (").add(value.json())
        .add(")::numeric end)");
  }

  private static @Nullable Sql bool(Value value) {
    return switch (value) {
      case Scalar(var sql, var type, var _) when type == Type.BOOL -> sql;
      case Json(var json, var _) -> Sql.of("(").add(json).add(" = 'true'::jsonb)");
      case Result(var alias) -> Sql.of("(" + alias + ".details -> 'result' = 'true'::jsonb)");
      default -> null;
    };
  }

  private static @Nullable Sql time(Value value) {
    return switch (value) {
      case Scalar(var sql, var type, var _) when type == Type.TIME -> sql;
      case Scalar(var _, var type, var constant) when type == Type.DATE && constant instanceof LocalDate day ->
        time(day.atStartOfDay(ZoneOffset.UTC).toInstant()).sql();
      case Scalar(var _, var type, var constant) when type == Type.TEXT && constant instanceof String text -> {
        var time = parse(text);
        yield time == null ? null : time(time.start()).sql();
      }
      case Json(var _, var text) -> safeTime(text);
      case Result(var alias) -> safeTime(Sql.of(alias + ".details ->> 'result'"));
      case PhenomenonTime(var alias) -> Sql.of(alias + ".phenomenon_time");
      case Period(var start, var _) -> start;
      default -> null;
    };
  }

  /** The time that a stored text says; null where it says none. */
  static Sql safeTime(Sql text) {
    return Sql.of("(case when pg_input_is_valid(").add(text).add(", 'timestamptz') then (").add(text)
        .add(")::timestamptz end)");
  }

  /** An instant or interval in a text; null if it is none. */
  static @Nullable TimeText parse(String text) {
    try {
      return TimeText.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** As interval; null if it cannot be meant so. */
  static @Nullable Period period(Value value) {
    return switch (value) {
      case Period period -> period;
      case PhenomenonTime(var alias) -> new Period(Sql.of(alias + ".phenomenon_time"), Sql.of(end(alias)));
      case Scalar(var _, var type, var constant) when type == Type.TEXT && constant instanceof String text -> {
        var time = parse(text);
        yield time == null ? null : period(time);
      }
      case Scalar _,Json _,Result _ -> {
        var time = time(value);
        yield time == null ? null : new Period(time, time);
      }
      default -> null;
    };
  }

  static Period period(TimeText time) {
    return new Period(time(time.start()).sql(), time(time.end() == null ? time.start() : time.end()).sql());
  }

  /** End of an Observation's phenomenonTime. */
  static String end(String alias) {
    return """
           coalesce(timestamptz 'epoch' + (%1$s.details ->> 'end')::bigint * interval '1 microsecond', \
           %1$s.phenomenon_time)\
           """.formatted(alias);
  }

  /** For messages. */
  static String shown(Value value) {
    return switch (value) {
      case Scalar scalar -> scalar.type().shown();
      case Json _ -> "a member of a JSON object";
      case Period _,PhenomenonTime _ -> "a time or interval";
      case Result _ -> "a result";
      case Id _,ObservationKey _ -> "an id";
      case Stored _,Shape _ -> "a geometry";
      case Null _ -> "null";
    };
  }
}
