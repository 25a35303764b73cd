package de.citycloud.platform.procedure.pack;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that each municipality sets for itself: a fee, a number of weeks, a table of zones.
 *
 * @param key name in texts, decisions and documents: a lower case letter, then letters and digits, at most 40
 * @param columns of a {@link Type#TABLE}; empty for other types
 * @param options of a {@link Type#CHOICE}, value to words; empty for other types
 * @param required true if a procedure cannot become active without a value
 * @param standard the value if a municipality sets none; null if there is none. Values of parameters are
 *     {@code BigDecimal} (money in euros, decimal, integer), {@code String}, {@code Boolean}, {@code LocalDate},
 *     {@code Period}, or for a table a list of maps from column to such a value
 * @param minimum smallest number allowed; null for none
 * @param maximum largest number allowed; null for none
 * @param legalSource where such a value is set in law, e.g. {@code § 45 StVO; Gebührenverordnung}; may be empty
 */
public record Parameter(String key, Type type, Words label, @Nullable Words help, boolean required,
    @Nullable Object standard, java.math.@Nullable BigDecimal minimum, java.math.@Nullable BigDecimal maximum,
    Map<String, Words> options, List<Column> columns, String legalSource) {
  /** What a value is. */
  public enum Type {
    /** Euros with two decimals. */
    MONEY, INTEGER, DECIMAL, TEXT, BOOLEAN, CHOICE, DATE,
    /** ISO 8601, e.g. {@code P8W}. */
    PERIOD,
    /** Rows with {@link Column}s, e.g. zones and their fees; at most 500 rows. */
    TABLE
  }

  /** A column of a table. @param type none of CHOICE and TABLE */
  public record Column(String key, Type type, Words label) {}

  public Parameter {
    options = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(options));
    columns = List.copyOf(columns);
  }
}
