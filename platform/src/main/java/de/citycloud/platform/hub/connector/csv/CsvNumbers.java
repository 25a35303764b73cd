package de.citycloud.platform.hub.connector.csv;

import de.citycloud.platform.hub.source.Checks;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Numbers as tables write them. */
final class CsvNumbers {
  /** Cells that say that there is no value, in lower case. */
  static final Set<String> MISSING = Set.of("", "-", "--", "na", "n/a", "nan", "null", "none", "k.a.", "keine angabe",
      "#nv", "#n/a", "?");
  private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(\\.\\d{3})+(,\\d+)?");

  private CsvNumbers() {}

  /** The number in {@code cell}: {@code 1.234,5} with a decimal comma, else {@code 1234.5}. */
  static Optional<Double> number(String cell, boolean decimalComma) {
    var text = cell.strip();
    if (decimalComma) {
      if (GROUPED.matcher(text).matches()) {
        text = text.replace(".", "");
      }
      text = text.replace(',', '.');
    }
    return Checks.number(text);
  }
}
