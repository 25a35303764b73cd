package de.citycloud.platform.hub.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Options made from the grammar, and then broken: each is answered or refused, none hurts (faults F7 and F12). */
class QueryFuzzTest extends SensorThingsReading {
  private static final int INPUTS = 12_000;
  private static final int OVER_HTTP = 400;
  private static final List<String> LITERALS = List.of("1", "-2.5", "1e3", "9999999999999999", "7467152965632000044",
      "'x'",
      "'O''Neill'", "'ü\uD83D\uDE00'", "'3'", "''", "true", "false", "null", "2026-06-01T10:00:00Z",
      "2026-06-01T12:00:00+02:00", "2026-06-01T10:00:00Z/2026-06-01T11:00:00Z", "2026-06-01T10:00:00Z/PT1H",
      "2026-06-01",
      "10:00:00", "duration'PT5M'", "geography'POINT(9.19 48.89)'", "geography'LINESTRING(9 48,10 49)'",
      "geography'POLYGON((9 48,10 48,10 49,9 49,9 48))'", "geography'GEOMETRYCOLLECTION(POINT(9 48))'",
      "'2026-06-01T10:00:00Z'", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "'T*F**F***'", "0");
  private static final List<String> INJECTIONS = List.of("'; drop table thing; --", "' or 1=1 --", "'||pg_sleep(9)||'",
      "1); delete from observation; --", "\" or \"\"=\"", "$1", "?::int", "?", "${x}", "%s", "{d '2020-01-01'}",
      "name') or ('1'='1", "\\'; select 1; --", "/*", "*/", "--", "\\", ";", "name;select", "#>>",
      "pg_catalog.pg_class",
      "E'\\x27'", "U&'\\0027'", "properties/'; drop table thing; --");

  @Autowired
  private DataSource source;

  @Test
  void everyInputIsAnsweredOrRefused() {
    long seed = Long.getLong("citycloud.seed", 20260601L);
    int things = count();
    CurrentMunicipality.run(town, () -> {
      int answered = 0;
      for (int i = 0; i < INPUTS; i++) {
        var random = new Random(seed + i);
        var type = EntityType.values()[random.nextInt(8)];
        var options = options(random, type);
        try (var statements = new Statements(source, town.id())) {
          var path = ResourcePath.parse(type.plural());
          new EntityReader(statements).read(path, QueryParser.parse(type, encode(options)));
          answered++;
        } catch (CityProblem problem) {
          assertThat(problem.status().is4xxClientError()).as("seed %d: %s", seed + i, options).isTrue();
        } catch (RuntimeException | StackOverflowError e) {
          throw new AssertionError("seed %d: /%s?%s".formatted(seed + i, type.plural(), options), e);
        }
      }
      assertThat(answered).as("inputs that were answered").isGreaterThan(INPUTS / 8);
    });
    assertThat(count()).isEqualTo(things);
  }

  @Test
  void everyRequestIsAnsweredOrRefused() {
    long seed = Long.getLong("citycloud.seed", 40L);
    for (int i = 0; i < OVER_HTTP; i++) {
      var random = new Random(seed + i);
      var type = EntityType.values()[random.nextInt(8)];
      var options = options(random, type);
      var answer = askEncoded("/sta-read/sta/v1.1/" + type.plural() + "?" + encode(options));
      assertThat(answer.status()).as("seed %d: /%s?%s → %s", seed + i, type.plural(), options, answer.text())
          .isBetween(200, 499);
    }
  }

  @Test
  void injectionsAreValuesOrMistakesNeverSql() {
    int things = count();
    for (var text : INJECTIONS) {
      for (var options : List.of("$filter=name eq '" + text.replace("'", "''") + "'", "$filter=name eq '" + text + "'",
          "$filter=" + text, "$orderby=" + text, "$orderby=name " + text, "$select=" + text, "$expand=" + text,
          "$expand=Datastreams($filter=" + text + ")", "$filter=properties/" + text + " eq 1", "$top=" + text,
          "$skip=" + text, "$filter=" + text + "(name)",
          "$filter=st_within(Locations/location, geography'" + text + "')",
          "$filter=substringof('" + text.replace("'", "''") + "', name)")) {
        var answer = askEncoded("/sta-read/sta/v1.1/Things?" + encode(options));
        assertThat(answer.status()).as("%s → %s", options, answer.text()).isIn(200, 400);
        assertThat(answer.json().path("value").size()).as("%s finds what it should not", options).isIn(0,
            options.startsWith("$orderby") || options.startsWith("$expand") ? 4 : 0);
      }
    }
    assertThat(count()).isEqualTo(things);
  }

  private int count() {
    return CurrentMunicipality.call(town, () -> jdbc.sql("select count(*) from thing").query(Integer.class).single());
  }

  private static String encode(String options) {
    return URLEncoder.encode(options, StandardCharsets.UTF_8).replace("%3D", "=").replace("%26", "&");
  }

  private static String options(Random random, EntityType type) {
    var options = switch (random.nextInt(5)) {
      case 0 -> "$expand=" + expand(random, type, 0);
      case 1 -> "$orderby=" + orderBy(random, type) + "&$top=" + random.nextInt(5) + "&$skip=" + random.nextInt(3);
      case 2 -> "$filter=" + filter(random, type, 0) + "&$expand=" + expand(random, type, 0) + "&$count=true";
      default -> "$filter=" + filter(random, type, 0);
    };
    return random.nextInt(3) == 0 ? broken(random, options) : options;
  }

  private static String filter(Random random, EntityType type, int depth) {
    return switch (random.nextInt(depth > 3 ? 3 : 8)) {
      case 0, 1, 2 -> value(random, type, depth) + " " + one(random, List.of("eq", "ne", "gt", "ge", "lt", "le")) + " "
          + value(random, type, depth);
      case 3 -> filter(random, type, depth + 1) + " and " + filter(random, type, depth + 1);
      case 4 -> "(" + filter(random, type, depth + 1) + " or " + filter(random, type, depth + 1) + ")";
      case 5 -> "not " + filter(random, type, depth + 1);
      case 6 -> path(random, type) + " in (" + one(random, LITERALS) + "," + one(random, LITERALS) + ")";
      default -> call(random, type, depth);
    };
  }

  private static String value(Random random, EntityType type, int depth) {
    return switch (random.nextInt(depth > 3 ? 6 : 9)) {
      case 0, 1, 2 -> path(random, type);
      case 3, 4, 5 -> one(random, LITERALS);
      case 6 -> value(random, type, depth + 1) + " " + one(random, List.of("add", "sub", "mul", "div", "mod")) + " "
          + value(random, type, depth + 1);
      default -> call(random, type, depth + 1);
    };
  }

  private static String call(Random random, EntityType type, int depth) {
    var function = Function.values()[random.nextInt(Function.values().length)];
    int arguments = random.nextInt(20) == 0 ? 1 + random.nextInt(3) : function.mostArguments();
    return function.text() + "(" + IntStream.range(0, arguments)
        .mapToObj(i -> i == 2 && function == Function.ST_RELATE ? "'T*F**F***'" : value(random, type, depth + 1))
        .collect(Collectors.joining(",")) + ")";
  }

  private static String path(Random random, EntityType type) {
    var path = new StringBuilder();
    for (int i = 0; i < 4 && random.nextInt(3) == 0; i++) {
      var link = one(random, type.links());
      path.append(link.name()).append('/');
      type = link.target();
    }
    if (random.nextInt(6) == 0) {
      return path.append("id").toString();
    }
    var property = one(random, type.properties());
    path.append(property.name());
    return random.nextInt(4) == 0
        ? path.append(one(random, List.of("/kind", "/name", "/0", "/x/y"))).toString()
        : path.toString();
  }

  private static String orderBy(Random random, EntityType type) {
    return IntStream.range(0, 1 + random.nextInt(3)).mapToObj(i -> (random.nextInt(4) == 0
        ? value(random, type, 3)
        : path(random, type)) + one(random, List.of("", " asc", " desc"))).collect(Collectors.joining(","));
  }

  private static String expand(Random random, EntityType type, int depth) {
    var link = one(random, type.links());
    var options = switch (random.nextInt(depth > 2 ? 2 : 6)) {
      case 0 -> "";
      case 1 -> "($top=" + random.nextInt(4) + ";$skip=" + random.nextInt(2) + ";$count=true)";
      case 2 -> "/" + expand(random, link.target(), depth + 1);
      case 3 -> "($filter=" + filter(random, link.target(), 2) + ")";
      case 4 -> "($orderby=" + orderBy(random, link.target()) + ";$select="
          + one(random, link.target().properties()).name() + ")";
      default -> "($expand=" + expand(random, link.target(), depth + 1) + ";$orderby=id desc)";
    };
    return link.name() + options + (random.nextInt(4) == 0 ? "," + one(random, type.links()).name() : "");
  }

  /** A few characters taken out, doubled, exchanged or put in. */
  private static String broken(Random random, String options) {
    var text = new StringBuilder(options);
    for (int i = 0; i <= random.nextInt(3); i++) {
      int at = 1 + random.nextInt(text.length() - 1);
      switch (random.nextInt(4)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, text.charAt(at));
        case 2 -> text.setCharAt(at, (char) random.nextInt(0x250));
        default ->
          text.insert(at, one(random, List.of("'", "(", ")", ",", "/", ";", "\0", "\uD800", "and ", "eq ", "$", "=")));
      }
    }
    return text.toString();
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
