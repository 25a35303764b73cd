package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.Query.Expand;
import de.citycloud.platform.hub.sensorthings.Query.Texts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads the options of a request. Everything it does not know it refuses, so that a typing error is not an answer. */
final class QueryParser {
  private static final int LONGEST = 16_384;
  private static final int DEEPEST_EXPAND = 5;
  private static final int MOST_EXPANDS = 40;

  /** Clients ask the same again and again. */
  private static final int REMEMBERED = 1_000;
  private static final int LONGEST_REMEMBERED = 1_000;
  private static final Map<Asked, Query> KNOWN = new ConcurrentHashMap<>();

  private int expands;

  private QueryParser() {}

  private record Asked(EntityType type, String options) {}

  /**
   * @param type what is asked for
   * @param queryString behind the question mark, percent-encoded; null for none
   * @throws SensorThingsProblem 400, names the option and the position
   */
  static Query parse(EntityType type, @Nullable String queryString) {
    if (queryString == null || queryString.isEmpty()) {
      return Query.all(type);
    }
    if (queryString.length() > LONGEST) {
      throw SensorThingsProblem.badRequest("The options have %d characters, expected at most %d."
          .formatted(queryString.length(), LONGEST));
    }
    if (queryString.length() > LONGEST_REMEMBERED) {
      return read(type, queryString);
    }
    var asked = new Asked(type, queryString);
    var known = KNOWN.get(asked);
    if (known != null) {
      return known;
    }
    var query = read(type, queryString);
    if (KNOWN.size() >= REMEMBERED) {
      KNOWN.clear();
    }
    KNOWN.put(asked, query);
    return query;
  }

  private static Query read(EntityType type, String queryString) {
    var options = new LinkedHashMap<String, String>();
    for (var pair : queryString.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        put(options, decode(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return new QueryParser().query(type, options, 0);
  }

  private static void put(Map<String, String> options, String name, String value) {
    if (options.put(name, value) != null) {
      throw SensorThingsProblem.badRequest("%s is given twice, expected once.".formatted(name));
    }
  }

  private static String decode(String text) {
    try {
      var decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
      if (decoded.indexOf('\0') >= 0) {
        throw SensorThingsProblem.badRequest("An option holds the character U+0000, expected text without it.");
      }
      return decoded;
    } catch (IllegalArgumentException e) {
      throw SensorThingsProblem.badRequest("The option \"%s\" has a broken percent-encoding, expected %%XX."
          .formatted(text.length() > 60 ? text.substring(0, 60) + "…" : text));
    }
  }

  private Query query(EntityType type, Map<String, String> options, int depth) {
    List<String> select = List.of();
    List<Expand> expand = List.of();
    @Nullable
    Expression filter = null;
    List<OrderBy> orderBy = List.of();
    @Nullable
    Integer top = null;
    int skip = 0;
    boolean count = false;
    boolean dataArray = false;
    for (var option : options.entrySet()) {
      var value = option.getValue();
      switch (option.getKey()) {
        case "$select" -> select = select(type, value);
        case "$expand" -> expand = expand(type, value, depth);
        case "$filter" -> filter = ExpressionParser.filter(value);
        case "$orderby" -> orderBy = ExpressionParser.orderBy(value);
        case "$top" -> top = (int) Math.min(Query.MOST, number("$top", value));
        case "$skip" -> skip = (int) Math.min(Integer.MAX_VALUE - 100_000, number("$skip", value));
        case "$count" -> count = truth(value);
        case "$resultFormat", "resultFormat" -> dataArray = resultFormat(type, value, depth);
        default -> throw unknown(option.getKey());
      }
    }
    return new Query(type, select, expand, filter, orderBy, top, skip, count, dataArray,
        new Texts(options.get("$filter"), options.get("$orderby"), options.get("$select")));
  }

  private static SensorThingsProblem unknown(String name) {
    return SensorThingsProblem.badRequest("""
                                          The option "%s" is not known, expected one of $select, $expand, $filter, \
                                          $orderby, $top, $skip, $count, $resultFormat.
                                          Maybe the dollar sign is missing.\
                                          """.formatted(name.length() > 60 ? name.substring(0, 60) + "…" : name));
  }

  private static long number(String option, String value) {
    var text = value.strip();
    if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw SensorThingsProblem.badRequest("%s is \"%s\", expected a whole number, 0 or more.".formatted(option,
          text.length() > 60 ? text.substring(0, 60) + "…" : text));
    }
    return Long.parseLong(text);
  }

  private static boolean truth(String value) {
    return switch (value.strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw SensorThingsProblem.badRequest("$count is \"%s\", expected true or false.".formatted(value));
    };
  }

  private static boolean resultFormat(EntityType type, String value, int depth) {
    if (!value.strip().equals("dataArray") || type != EntityType.OBSERVATION || depth > 0) {
      throw SensorThingsProblem
          .badRequest("resultFormat is \"%s\" for %s, expected dataArray for a set of Observations."
              .formatted(value, type.plural()));
    }
    return true;
  }

  private static List<String> select(EntityType type, String value) {
    var names = new ArrayList<String>();
    int position = 1;
    for (var part : value.split(",", -1)) {
      var name = part.strip();
      name = name.equals("@iot.id") ? "id" : name.equals("@iot.selfLink") ? "selfLink" : name;
      if (!name.equals("id") && !name.equals("selfLink") && type.property(name).isEmpty()
          && type.link(name).isEmpty()) {
        throw SensorThingsProblem.badRequest("$select: \"%s\" stands at position %d, expected one of %s."
            .formatted(name, position, Names.of(type)));
      }
      if (!names.contains(name)) {
        names.add(name);
      }
      position += part.length() + 1;
    }
    return List.copyOf(names);
  }

  private List<Expand> expand(EntityType type, String value, int depth) {
    var links = new LinkedHashMap<Link, Query>();
    int position = 1;
    for (var item : split(value, ',')) {
      read(type, item, position, depth + 1, links);
      position += item.length() + 1;
    }
    return links.entrySet().stream().map(entry -> new Expand(entry.getKey(), entry.getValue())).toList();
  }

  /** One item of {@code $expand}: {@code A}, {@code A/B}, {@code A($top=1;$expand=B)}. */
  private void read(EntityType type, String item, int position, int depth, Map<Link, Query> links) {
    if (depth > DEEPEST_EXPAND) {
      throw SensorThingsProblem.badRequest("$expand is nested deeper than %d levels, expected at most %d."
          .formatted(DEEPEST_EXPAND, DEEPEST_EXPAND));
    }
    if (++expands > MOST_EXPANDS) {
      throw SensorThingsProblem.badRequest("$expand names more than %d links, expected at most %d."
          .formatted(MOST_EXPANDS, MOST_EXPANDS));
    }
    int end = 0;
    while (end < item.length() && item.charAt(end) != '/' && item.charAt(end) != '(') {
      end++;
    }
    var name = item.substring(0, end).strip();
    var link = type.link(name).orElseThrow(() -> SensorThingsProblem.badRequest(
        "$expand: \"%s\" stands at position %d, expected one of %s.".formatted(name, position, Names.ofLinks(type))));
    var nested = Query.all(link.target());
    if (end < item.length() && item.charAt(end) == '(') {
      var rest = item.substring(end).strip();
      if (!rest.endsWith(")")) {
        throw SensorThingsProblem.badRequest("$expand: the options of %s at position %d have no closing parenthesis."
            .formatted(name, position));
      }
      nested = query(link.target(), options(rest.substring(1, rest.length() - 1)), depth);
    } else if (end < item.length()) {
      var below = new LinkedHashMap<Link, Query>();
      read(link.target(), item.substring(end + 1), position + end + 1, depth + 1, below);
      nested = nested.withExpand(below.entrySet().stream().map(e -> new Expand(e.getKey(), e.getValue())).toList());
    }
    links.merge(link, nested, QueryParser::merge);
  }

  /** {@code Datastreams/Sensor,Datastreams/ObservedProperty} names one link twice: both links below it come along. */
  private static Query merge(Query first, Query second) {
    var links = new LinkedHashMap<Link, Query>();
    first.expand().forEach(expand -> links.put(expand.link(), expand.query()));
    second.expand().forEach(expand -> links.merge(expand.link(), expand.query(), QueryParser::merge));
    var merged = links.entrySet().stream().map(entry -> new Expand(entry.getKey(), entry.getValue())).toList();
    boolean firstIsPlain = first.equals(Query.all(first.type()).withExpand(first.expand()));
    return (firstIsPlain ? second : first).withExpand(merged);
  }

  private static Map<String, String> options(String text) {
    var options = new LinkedHashMap<String, String>();
    for (var part : split(text, ';')) {
      if (!part.isBlank()) {
        int equals = part.indexOf('=');
        put(options, (equals < 0 ? part : part.substring(0, equals)).strip(),
            equals < 0 ? "" : part.substring(equals + 1));
      }
    }
    return options;
  }

  /** Cuts at {@code separator} where it stands outside of quotes and parentheses. */
  private static List<String> split(String text, char separator) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (!quoted && c == '(') {
        depth++;
      } else if (!quoted && c == ')') {
        depth--;
      } else if (!quoted && depth == 0 && c == separator) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }
}
