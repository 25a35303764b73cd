package de.citycloud.platform.hub.connector.csv;

import de.citycloud.platform.hub.source.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a table is what; columns by number from 0.
 *
 * @param header names of the columns; empty if the table has none
 * @param thing columns that describe the Thing
 * @param timeColumns columns of the time, joined by a blank; empty if the table tells none
 * @param hourColumn column of the hour of the day that belongs to a date; -1 if there is none
 * @param time how to read it; null if the table tells none
 * @param intervalSeconds expected time between two rows of a Thing, in s; 0 if not known
 * @param values columns that are observed
 * @param parking columns of a car park's live values
 * @param decimalComma true if numbers have a decimal comma
 * @param missing cells that say that there is no value
 */
record CsvPlan(List<String> header, ThingColumns thing, List<Integer> timeColumns, int hourColumn,
    @Nullable CsvTime time, int intervalSeconds, List<Value> values, ParkingColumns parking, boolean decimalComma,
    Set<String> missing) {
  /**
   * What describes the Thing; columns are -1 where there is none.
   *
   * @param id columns that make the id, joined by a blank; empty for one Thing in the whole table
   * @param name column of the name
   * @param longitude column of the degrees east
   * @param latitude column of the degrees north
   * @param wkt column of a {@code POINT (x y)}
   * @param kind kind of Thing
   * @param wholeName name, and id, of the one Thing where {@code id} is empty
   * @param properties further columns by the name of the property
   */
  record ThingColumns(List<Integer> id, int name, int longitude, int latitude, int wkt, String kind, String wholeName,
      Map<String, Integer> properties) {}

  /**
   * A column that is observed.
   *
   * @param column its number
   * @param key key of the Datastream
   * @param name name of the Datastream
   * @param quantity what it is
   * @param main true for the one shown on the map
   * @param words true if its cells are words
   * @param noMinusOne true if −1 says that there is no value
   * @param status column with a status of the value, 0 is good; -1 if there is none
   */
  record Value(int column, String key, String name, Quantity quantity, boolean main, boolean words,
      boolean noMinusOne, int status) {}

  /** Columns of a car park's live values; -1 where there is none. */
  record ParkingColumns(int free, int occupied, int capacity, int state) {
    static final ParkingColumns NONE = new ParkingColumns(-1, -1, -1, -1);

    boolean isLive() {
      return free >= 0 || occupied >= 0;
    }
  }

  /** The number in {@code cell}; empty if it is none. */
  Optional<Double> number(String cell) {
    return CsvNumbers.number(cell, decimalComma);
  }

  /** True if {@code cell} says that there is no value. */
  boolean isMissing(String cell) {
    return missing.contains(cell.strip().toLowerCase(java.util.Locale.ROOT));
  }
}
