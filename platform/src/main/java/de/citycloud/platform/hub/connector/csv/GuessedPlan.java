package de.citycloud.platform.hub.connector.csv;

import de.citycloud.platform.hub.connector.csv.CsvPlan.ParkingColumns;
import de.citycloud.platform.hub.connector.csv.CsvPlan.ThingColumns;
import de.citycloud.platform.hub.source.InputRefused;
import de.citycloud.platform.hub.source.Mapping;
import de.citycloud.platform.hub.source.Quantity;
import de.citycloud.platform.hub.source.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Guesses the plan from the names of the columns and the first rows. */
final class GuessedPlan {
  private static final Pattern ID = Pattern.compile("id|.*[_ -]id|nummer|nr|kennung|mq_name|detid_15|key|code");
  private static final Pattern NAME = Pattern
      .compile("name|bezeichnung|titel|title|ort|standort|station|parkhaus|parkhaus_name|adresse|address|.*_name");
  private static final Pattern LATITUDE = Pattern.compile("lat|latitude|breite|breitengrad.*|y|geo_lat|y_wgs84");
  private static final Pattern LONGITUDE = Pattern
      .compile("lon|lng|long|longitude|länge|längengrad.*|x|geo_lon|x_wgs84");
  private static final Pattern WKT = Pattern.compile("geom|geometry|wkt|the_geom|shape");
  private static final Pattern TIME = Pattern
      .compile(
          "time|timestamp|datetime|date|datum|zeit|zeitpunkt|zeitstempel|uhrzeit|tag|messzeit|.*timestamp|.*_time|date[_ ]time");
  private static final Pattern HOUR = Pattern.compile("stunde|hour|std");
  private static final Pattern FREE = Pattern.compile("free|frei|freie.*|vacant.*|available.*");
  private static final Pattern OCCUPIED = Pattern.compile("occupied.*|belegt|belegte.*|belegung");
  private static final Pattern CAPACITY = Pattern
      .compile("capacity|kapazit.t|kapazitaet|gesamt|stellpl.tze|anzahl stellpl.tze|total|max");
  private static final Pattern STATE = Pattern
      .compile("openingstate|opening_state|status|state|zustand|.ffnungsstatus");

  private final Mapping mapping;
  private final List<String> header;
  private final List<List<String>> rows;
  private final String tableName;
  private final int width;
  private final boolean decimalComma;
  private final Set<Integer> used = new HashSet<>();

  private GuessedPlan(Mapping mapping, List<String> header, List<List<String>> rows, String tableName) {
    this.mapping = mapping;
    this.header = header;
    this.rows = rows;
    this.tableName = tableName;
    this.width = header.isEmpty() ? rows.isEmpty() ? 0 : rows.getFirst().size() : header.size();
    this.decimalComma = rows.stream().flatMap(List::stream).anyMatch(cell -> cell.strip().matches("-?\\d+,\\d+"));
  }

  /**
   * @param header names of the columns; empty if there are none
   * @param rows the first rows
   * @throws InputRefused if there is nothing to tell
   */
  static CsvPlan of(Mapping mapping, List<String> header, List<List<String>> rows, String tableName)
      throws InputRefused {
    return new GuessedPlan(mapping, header, rows, tableName).plan();
  }

  private CsvPlan plan() throws InputRefused {
    int time = timeColumn();
    var format = time < 0 ? "" : CsvTime.guess(cells(time)).orElseThrow();
    int hour = format.equals("dd.MM.yyyy") || format.equals("iso") ? named(HOUR) : -1;
    var parking = new ParkingColumns(named(FREE), named(OCCUPIED), named(CAPACITY), named(STATE));
    int wkt = named(WKT);
    int latitude = named(LATITUDE);
    int longitude = named(LONGITUDE);
    int id = named(ID);
    int name = named(NAME);
    var interval = MappedPlan.interval(mapping);
    if (interval == null && hour >= 0) {
      interval = Duration.ofHours(1);
    }
    var idColumns = id >= 0 ? List.of(id) : name >= 0 ? List.of(name) : List.<Integer>of();
    if (id < 0 && latitude >= 0 && longitude >= 0) { // places without an id: where they are tells them apart
      idColumns = name >= 0 ? List.of(name, longitude, latitude) : List.of(longitude, latitude);
    }
    var values = time >= 0 ? values() : List.<CsvPlan.Value>of();
    if (values.isEmpty() && !parking.isLive() && wkt < 0 && latitude < 0 && (id < 0 && name < 0 || time >= 0)) {
      throw new InputRefused(
          """
          %s has no column that can be told from its name and values, expected a time with numbers, or \
          places with an id or a position.
          Maybe write a mapping.\
          """.formatted(tableName));
    }
    var properties = new LinkedHashMap<String, Integer>();
    if (parking.capacity() >= 0) {
      properties.put("capacity", parking.capacity());
    }
    if (time < 0) {
      for (int column = 0; column < width && properties.size() < 12 && !header.isEmpty(); column++) {
        if (!used.contains(column) && !header.get(column).isBlank()) {
          properties.putIfAbsent(Quantity.role(header.get(column)), column);
        }
      }
    }
    var thing = new ThingColumns(idColumns, name, longitude, latitude, wkt, kind(parking), tableName, properties);
    return new CsvPlan(header, thing, time < 0 ? List.of() : List.of(time), hour,
        time < 0 ? null : MappedPlan.time(mapping, format, interval),
        interval == null ? 0 : (int) interval.toSeconds(), values, parking,
        mapping.text("decimal").map(","::equals).orElse(decimalComma), CsvNumbers.MISSING);
  }

  private int timeColumn() {
    int found = named(TIME, true);
    if (found < 0 && header.isEmpty()) {
      for (int column = 0; column < width; column++) {
        if (CsvTime.guess(cells(column)).isPresent()) {
          used.add(column);
          return column;
        }
      }
    }
    return found;
  }

  /** Columns that hold numbers in all of the first rows. */
  private List<CsvPlan.Value> values() {
    var values = new ArrayList<CsvPlan.Value>();
    for (int column = 0; column < width; column++) {
      if (used.contains(column) || isStatus(column)) {
        continue;
      }
      var cells = cells(column);
      var numbers = cells.stream().map(cell -> CsvNumbers.number(cell, decimalComma)).toList();
      if (!cells.isEmpty() && numbers.stream().allMatch(java.util.Optional::isPresent)) {
        boolean onlyMinusOne = numbers.stream().allMatch(n -> n.orElseThrow() >= 0 || n.orElseThrow() == -1);
        values.add(value(column, onlyMinusOne && !title(column).toLowerCase(Locale.ROOT).contains("temp"),
            values.isEmpty()));
      }
    }
    return values;
  }

  private CsvPlan.Value value(int column, boolean noMinusOne, boolean main) {
    var title = title(column);
    var quantity = Quantity.of(role(title), unit(title));
    return new CsvPlan.Value(column, Quantity.role(title), header.isEmpty() ? tableName : title, quantity, main, false,
        noMinusOne, status(title));
  }

  private static String role(String title) {
    var lower = title.toLowerCase(Locale.ROOT);
    if (lower.matches("q_.*|.*z(ae|ä)hler.*|.*anzahl.*|count|.*promenade.*|\\d{6,}.*")) {
      return "count";
    }
    if (lower.matches("v_.*|.*geschwindigkeit.*")) {
      return "speed";
    }
    return switch (lower) {
      case "p10" -> "pm10";
      case "p25" -> "pm25";
      default -> title;
    };
  }

  /** The unit in brackets behind a name, {@code P1 [kW]}; null if there is none. */
  private static @Nullable Unit unit(String title) {
    var brackets = Pattern.compile(".*[\\[(]([^\\])]{1,10})[\\])]\\s*").matcher(title);
    return brackets.matches() ? Unit.find(brackets.group(1)).orElse(null) : null;
  }

  private boolean isStatus(int column) {
    return title(column).endsWith("-status") && header.stream()
        .anyMatch(other -> !other.equals(title(column)) && other.startsWith(title(column).replace("-status", "")));
  }

  private int status(String title) {
    return header.indexOf(title.split(" ", 2)[0] + "-status");
  }

  private String title(int column) {
    return header.isEmpty() ? width <= 2 ? "value" : "value-" + (column + 1) : header.get(column);
  }

  private int named(Pattern pattern) {
    return named(pattern, false);
  }

  private int named(Pattern pattern, boolean time) {
    for (int column = 0; column < header.size(); column++) {
      var name = header.get(column).strip().toLowerCase(Locale.ROOT);
      if (!used.contains(column) && pattern.matcher(name).matches()
          && (!time || CsvTime.guess(cells(column)).isPresent())) {
        used.add(column);
        return column;
      }
    }
    return -1;
  }

  /** Cells of a column in the first rows that hold something. */
  private List<String> cells(int column) {
    return rows.stream().filter(row -> column < row.size()).map(row -> row.get(column).strip())
        .filter(cell -> !CsvNumbers.MISSING.contains(cell.toLowerCase(Locale.ROOT))).toList();
  }

  private String kind(ParkingColumns parking) {
    var words = (tableName + " " + String.join(" ", header)).toLowerCase(Locale.ROOT);
    for (var kind : Map.of("park", "parking", "stellpl", "parking").entrySet()) {
      if (words.contains(kind.getKey()) || parking.isLive() || parking.capacity() >= 0) {
        return kind.getValue();
      }
    }
    if (words.matches(".*(lade|charging|stecker).*")) {
      return "charging";
    }
    if (words.matches(".*(\\brad\\b|-rad-|fahrrad|bicycle|radfahr|rad-).*")) {
      return "bicycle";
    }
    if (words.matches(".*(kfz|verkehr|traffic|\\bmq_).*")) {
      return "traffic";
    }
    return words.matches(".*(\\bp10\\b|pm10|pm2|\\bno2\\b|luftdaten).*") ? "air" : "other";
  }
}
