package de.citycloud.platform.hub.source;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the numbers that sources write. */
public final class Checks {
  private static final Pattern NUMBER = Pattern
      .compile("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?");
  private static final Pattern WITH_UNIT = Pattern
      .compile("([+-]?\\d{1,30}(?:[.,]\\d{1,30})?(?:[eE][+-]?\\d{1,3})?)\\s*([^\\d\\s].{0,20})?");

  private Checks() {}

  /** The finite number written in {@code text} with a decimal point; empty if it is none. */
  public static Optional<Double> number(String text) {
    var trimmed = text.strip();
    if (!NUMBER.matcher(trimmed).matches()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(trimmed);
    return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
  }

  /** A number with its unit, as in {@code 3.384 V}; empty if the text is something else. */
  public static Optional<Measured> measured(String text) {
    var parts = WITH_UNIT.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(parts.group(1).replace(',', '.'));
    var unit = parts.group(2);
    if (!Double.isFinite(value) || unit != null && Unit.find(unit).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Measured(value, unit == null ? Unit.NONE : Unit.of(unit)));
  }

  /** What {@code text} shows in a message: without control characters, at most 80 characters. */
  public static String shown(String text) {
    var clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > 80 ? clean.substring(0, 80) + "…" : clean;
  }

  /**
   * A number with its unit.
   *
   * @param value finite
   * @param unit {@link Unit#NONE} if none is written
   */
  public record Measured(double value, Unit unit) {}
}
