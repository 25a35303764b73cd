package de.citycloud.platform.hub;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest value of a Datastream.
 *
 * @param datastreamId the Datastream
 * @param name its name
 * @param unit symbol of its unit, as the source writes it (mostly UCUM); empty if it has none
 * @param role what the values say about the Thing: {@code free}, {@code occupied}, {@code no2} …; empty if unsaid
 * @param interval expected time between two values, 1 s or more
 * @param time end of the newest phenomenonTime; null if there never was a value
 * @param value the result where it is a number
 * @param text the result where it is no number
 * @param heardAt when the last Observation was stored; null if there never was one
 */
public record Reading(int datastreamId, String name, String unit, String role, Duration interval,
    @Nullable Instant time, @Nullable Double value, @Nullable String text, @Nullable Instant heardAt) {
  /** True if the value is older than twice its interval; false also if there is none. */
  public boolean isOldAt(Instant now) {
    return time != null && time.plus(interval.multipliedBy(2)).isBefore(now);
  }

  /** The unit as people write it: µg/m³ rather than ug/m3; empty for bare numbers. */
  public String unitForPeople() {
    return unitForPeople(unit);
  }

  /** {@code unit}, a UCUM symbol, as people write it: µg/m³ rather than ug/m3; empty for bare numbers. */
  public static String unitForPeople(String unit) {
    return switch (unit) {
      case "1", "" -> "";
      case "Cel", "degC" -> "°C";
      case "deg" -> "°";
      case "[ppm]", "ppm" -> "ppm";
      case "dB[A]", "dB(A)" -> "dB(A)";
      case "[degF]" -> "°F";
      default -> unit.replaceAll("^\\{(.*)}$", "$1").replaceAll("^\\{(.*)}/", "$1/").replaceAll("^ug\\b", "µg")
          .replaceAll("m3\\b", "m³").replaceAll("m2\\b", "m²");
    };
  }
}
