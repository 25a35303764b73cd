package de.citycloud.platform.hub.connector.csv;

import de.citycloud.platform.hub.source.InputRefused;
import de.citycloud.platform.hub.source.Mapping;
import de.citycloud.platform.hub.source.Quantity;
import de.citycloud.platform.hub.source.Unit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the plan that a mapping says. */
final class MappedPlan {
  static final String[] MEMBERS = {"delimiter", "charset", "header", "skip", "decimal", "missing", "zone", "gap",
      "thing", "time", "interval", "values", "parking", "across"};

  private final Mapping mapping;
  private final List<String> header;
  private final int width;

  private MappedPlan(Mapping mapping, List<String> header, int width) {
    this.mapping = mapping;
    this.header = header;
    this.width = width;
  }

  /** True if {@code mapping} says what the columns are, not only how the text is written. */
  static boolean says(Mapping mapping) {
    return mapping.names().contains("thing") || mapping.names().contains("values")
        || mapping.names().contains("parking") || mapping.names().contains("time");
  }

  /**
   * @param header names of the columns; empty if there are none
   * @param width number of columns of the first row
   * @throws InputRefused if it names a column that is not there, or is malformed
   */
  static CsvPlan of(Mapping mapping, List<String> header, int width, String tableName) throws InputRefused {
    return new MappedPlan(mapping, header, width).plan(tableName);
  }

  private CsvPlan plan(String tableName) throws InputRefused {
    var thing = mapping.inner("thing");
    thing.allow("id", "name", "longitude", "latitude", "wkt", "kind", "title", "properties");
    var time = mapping.inner("time");
    time.allow("columns", "hour", "format");
    var parking = mapping.inner("parking");
    parking.allow("free", "occupied", "capacity", "state");
    var interval = interval(mapping);
    var timeColumns = columns(time.texts("columns"));
    int hour = column(time.text("hour").orElse(null));
    var whole = thing.text("title").orElse(tableName);
    var missing = new HashSet<>(CsvNumbers.MISSING);
    mapping.texts("missing").forEach(text -> missing.add(text.strip().toLowerCase(Locale.ROOT)));
    var properties = new LinkedHashMap<String, Integer>();
    var said = thing.inner("properties");
    for (var name : said.names()) {
      properties.put(name, column(said.text(name).orElse(null)));
    }
    var columns = new CsvPlan.ThingColumns(columns(thing.texts("id")), column(thing.text("name").orElse(null)),
        column(thing.text("longitude").orElse(null)), column(thing.text("latitude").orElse(null)),
        column(thing.text("wkt").orElse(null)), thing.text("kind").orElse("other"), whole, properties);
    return new CsvPlan(header, columns, timeColumns, hour,
        timeColumns.isEmpty() ? null : time(time.text("format").orElse("iso"), interval, hour >= 0),
        interval == null ? 0 : (int) interval.toSeconds(), values(),
        new CsvPlan.ParkingColumns(column(parking.text("free").orElse(null)),
            column(parking.text("occupied").orElse(null)), column(parking.text("capacity").orElse(null)),
            column(parking.text("state").orElse(null))),
        mapping.text("decimal").filter(","::equals).isPresent(), missing);
  }

  private CsvTime time(String format, @Nullable Duration interval, boolean byHour) throws InputRefused {
    return time(mapping, format, interval == null && byHour ? Duration.ofHours(1) : interval);
  }

  /** Reads {@code zone} and {@code gap} of a mapping. */
  static CsvTime time(Mapping mapping, String format, @Nullable Duration interval) throws InputRefused {
    var gap = mapping.text("gap").orElse("reject");
    if (!gap.equals("reject") && !gap.equals("shift")) {
      throw new InputRefused("\"gap\" of the mapping is \"%s\", expected reject or shift.".formatted(gap));
    }
    try {
      return new CsvTime(format, ZoneId.of(mapping.text("zone").orElse("Europe/Berlin")), gap.equals("shift"),
          interval);
    } catch (DateTimeException e) {
      throw new InputRefused("\"zone\" of the mapping is \"%s\", expected one such as Europe/Berlin."
          .formatted(mapping.text("zone").orElse("")));
    } catch (IllegalArgumentException e) {
      throw new InputRefused(
          "\"time.format\" of the mapping is \"%s\", expected iso, epoch-s, epoch-ms or a pattern such as dd.MM.yyyy HH:mm."
              .formatted(format));
    }
  }

  /** Reads {@code interval}; null if nothing is said. */
  static @Nullable Duration interval(Mapping mapping) throws InputRefused {
    var said = mapping.text("interval");
    if (said.isEmpty()) {
      return null;
    }
    try {
      var interval = said.get().matches("\\d{1,8}")
          ? Duration.ofSeconds(Long.parseLong(said.get()))
          : Duration.parse(said.get());
      if (!interval.isNegative() && !interval.isZero() && interval.compareTo(Duration.ofDays(366)) <= 0) {
        return interval;
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw new InputRefused("\"interval\" of the mapping is \"%s\", expected seconds or a duration such as PT1H."
        .formatted(said.get()));
  }

  private List<CsvPlan.Value> values() throws InputRefused {
    var values = new ArrayList<CsvPlan.Value>();
    for (var one : mapping.list("values")) {
      one.allow("column", "role", "unit", "name", "main", "words", "status");
      int column = column(one.text("column").orElseThrow(
          () -> new InputRefused("An element of \"values\" of the mapping names no column, expected one.")));
      var role = one.text("role").orElse(header.isEmpty() ? "value" : header.get(column));
      boolean words = one.flag("words", false);
      var quantity = words
          ? Quantity.of(role, Quantity.Type.CATEGORY)
          : Quantity.of(role, one.text("unit").map(Unit::of).orElse(null));
      values.add(new CsvPlan.Value(column, Quantity.role(header.isEmpty() ? role : header.get(column)),
          one.text("name").orElse(quantity.name()), quantity, one.flag("main", values.isEmpty()), words, false,
          column(one.text("status").orElse(null))));
    }
    return values;
  }

  private List<Integer> columns(List<String> names) throws InputRefused {
    var columns = new ArrayList<Integer>();
    for (var name : names) {
      columns.add(column(name));
    }
    return columns;
  }

  /** Number of the column with this name, or this number from 1; -1 for null. */
  private int column(@Nullable String name) throws InputRefused {
    if (name == null) {
      return -1;
    }
    int found = header.indexOf(name.strip());
    if (found >= 0) {
      return found;
    }
    if (name.matches("[1-9]\\d{0,4}") && Integer.parseInt(name) <= width) {
      return Integer.parseInt(name) - 1;
    }
    throw new InputRefused("The mapping names column \"%s\", expected one of %s or a number from 1 to %d."
        .formatted(name, header, width));
  }
}
