package de.citycloud.platform.hub.sensorthings;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The functions of {@code $filter} (OGC 18-088, section 9.3.3.5.2). Distances and lengths are in degrees on the plane of
 * longitude and latitude, as PostGIS computes them for {@code geometry} and as FROST answers.
 */
enum Function {
  SUBSTRINGOF("substringof", 2, 2), CONTAINS("contains", 2, 2), ENDSWITH("endswith", 2, 2), STARTSWITH("startswith", 2,
      2), LENGTH("length", 1, 1), INDEXOF("indexof", 2, 2), SUBSTRING("substring", 2, 3), TOLOWER("tolower", 1,
          1), TOUPPER("toupper", 1, 1), TRIM("trim", 1, 1), CONCAT("concat", 2, 2), YEAR("year", 1, 1), MONTH("month",
              1, 1), DAY("day", 1, 1), HOUR("hour", 1, 1), MINUTE("minute", 1, 1), SECOND("second", 1,
                  1), FRACTIONALSECONDS("fractionalseconds", 1, 1), DATE("date", 1, 1), TIME("time", 1,
                      1), TOTALOFFSETMINUTES("totaloffsetminutes", 1, 1), NOW("now", 0, 0), MINDATETIME("mindatetime",
                          0, 0), MAXDATETIME("maxdatetime", 0, 0), ROUND("round", 1, 1), FLOOR("floor", 1, 1), CEILING(
                              "ceiling", 1,
                              1), GEO_DISTANCE("geo.distance", 2, 2), GEO_LENGTH("geo.length", 1, 1), GEO_INTERSECTS(
                                  "geo.intersects", 2, 2), ST_DISTANCE("st_distance", 2, 2), ST_LENGTH("st_length", 1,
                                      1), ST_EQUALS("st_equals", 2, 2), ST_DISJOINT("st_disjoint", 2, 2), ST_TOUCHES(
                                          "st_touches", 2, 2), ST_WITHIN("st_within", 2, 2), ST_OVERLAPS("st_overlaps",
                                              2, 2), ST_CROSSES("st_crosses", 2, 2), ST_INTERSECTS("st_intersects", 2,
                                                  2), ST_CONTAINS("st_contains", 2, 2), ST_RELATE("st_relate", 3, 3);

  private static final Map<String, Function> BY_NAME = Arrays.stream(values())
      .collect(Collectors.toUnmodifiableMap(Function::text, UnaryOperator.identity()));

  private final String text;
  private final int fewest;
  private final int most;

  Function(String text, int fewest, int most) {
    this.text = text;
    this.fewest = fewest;
    this.most = most;
  }

  /** As written. */
  String text() {
    return text;
  }

  int fewestArguments() {
    return fewest;
  }

  int mostArguments() {
    return most;
  }

  static Optional<Function> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
