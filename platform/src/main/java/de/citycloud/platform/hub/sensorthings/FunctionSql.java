package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.Expression.Call;
import de.citycloud.platform.hub.sensorthings.Value.Scalar;
import de.citycloud.platform.hub.sensorthings.Value.Type;
import java.time.Instant;

/** Turns the functions on texts, times and numbers into SQL. Parts of a time are those in UTC, as it is stored. */
final class FunctionSql {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private final ExpressionSql expressions;
  private final Scope scope;

  FunctionSql(ExpressionSql expressions, Scope scope) {
    this.expressions = expressions;
    this.scope = scope;
  }

  Scalar sql(Call call) {
    return switch (call.function()) {
      case SUBSTRINGOF -> bool("(strpos(", text(call, 1), ", ", text(call, 0), ") > 0)");
      case CONTAINS -> bool("(strpos(", text(call, 0), ", ", text(call, 1), ") > 0)");
      case STARTSWITH -> bool("starts_with(", text(call, 0), ", ", text(call, 1), ")");
      case ENDSWITH -> Scalar.of(Sql.of("(right(").add(text(call, 0)).add(", length(").add(text(call, 1)).add(")) = ")
          .add(text(call, 1)).add(")"), Type.BOOL);
      case LENGTH -> of(Type.NUMBER, "length(", text(call, 0), ")::float8");
      case INDEXOF ->
        Scalar.of(Sql.of("(strpos(").add(text(call, 0)).add(", ").add(text(call, 1)).add(") - 1)::float8"),
            Type.NUMBER);
      case SUBSTRING -> substring(call);
      case TOLOWER -> of(Type.TEXT, "lower(", text(call, 0), ")");
      case TOUPPER -> of(Type.TEXT, "upper(", text(call, 0), ")");
      case TRIM -> of(Type.TEXT, "btrim(", text(call, 0), ")");
      case CONCAT -> Scalar.of(Sql.of("(").add(text(call, 0)).add(" || ").add(text(call, 1)).add(")"), Type.TEXT);
      case YEAR, MONTH, DAY, HOUR, MINUTE -> part(call, call.function().text());
      case SECOND -> of(Type.NUMBER, "floor(extract(second from ", utc(call), "))::float8");
      case FRACTIONALSECONDS -> of(Type.NUMBER, "mod(extract(second from ", utc(call), "), 1)::float8");
      case DATE -> of(Type.DATE, "(", utc(call), ")::date");
      case TIME -> of(Type.CLOCK, "(", utc(call), ")::time");
      case TOTALOFFSETMINUTES -> of(Type.NUMBER, "(case when ", utc(call), " is not null then 0 end)::float8");
      case NOW -> Scalar.of(Sql.of("now()"), Type.TIME);
      case MINDATETIME -> Values.time(FIRST);
      case MAXDATETIME -> Values.time(LAST);
      case ROUND -> of(Type.NUMBER, "round((", number(call, 0), ")::numeric)::float8");
      case FLOOR -> of(Type.NUMBER, "floor(", number(call, 0), ")");
      case CEILING -> of(Type.NUMBER, "ceiling(", number(call, 0), ")");
      default -> throw new IllegalStateException(call.function() + " is a function on geometries.");
    };
  }

  private Scalar substring(Call call) {
    var sql = Sql.of("substr(").add(text(call, 0)).add(", (").add(number(call, 1)).add(")::int + 1");
    return Scalar.of((call.arguments().size() == 2
        ? sql
        : sql.add(", greatest((").add(number(call, 2)).add(")::int, 0)")).add(")"), Type.TEXT);
  }

  private Scalar part(Call call, String part) {
    return of(Type.NUMBER, "extract(" + part + " from ", utc(call), ")::float8");
  }

  private Sql utc(Call call) {
    return Sql.of("(").add(expressions.typed(Type.TIME, call.arguments().getFirst(), scope))
        .add(" at time zone 'UTC')");
  }

  private Sql text(Call call, int argument) {
    return expressions.typed(Type.TEXT, call.arguments().get(argument), scope);
  }

  private Sql number(Call call, int argument) {
    return expressions.typed(Type.NUMBER, call.arguments().get(argument), scope);
  }

  private static Scalar of(Type type, String before, Sql argument, String after) {
    return Scalar.of(Sql.of(before).add(argument).add(after), type);
  }

  private static Scalar bool(String before, Sql first, String between, Sql second, String after) {
    return Scalar.of(Sql.of(before).add(first).add(between).add(second).add(after), Type.BOOL);
  }
}
