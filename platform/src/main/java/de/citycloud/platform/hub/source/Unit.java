package de.citycloud.platform.hub.source;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A unit of measurement as SensorThings writes it.
 *
 * @param name name for people; null if there is none
 * @param symbol UCUM symbol; null if there is none
 * @param definition URI; null if there is none
 */
public record Unit(@Nullable String name, @Nullable String symbol, @Nullable String definition) {
  /** No unit: words, or values whose unit is not known. */
  public static final Unit NONE = new Unit(null, null, null);
  /** A number of things. */
  public static final Unit ONE = unit("Anzahl", "1");

  private static final Map<String, Unit> KNOWN = Map.ofEntries(Map.entry("1", ONE),
      Map.entry("cel", unit("Grad Celsius", "Cel")), Map.entry("°c", unit("Grad Celsius", "Cel")),
      Map.entry("℃", unit("Grad Celsius", "Cel")), Map.entry("c", unit("Grad Celsius", "Cel")),
      Map.entry("%", unit("Prozent", "%")), Map.entry("%rh", unit("Prozent", "%")), Map.entry("v", unit("Volt", "V")),
      Map.entry("mv", unit("Millivolt", "mV")), Map.entry("pa", unit("Pascal", "Pa")),
      Map.entry("hpa", unit("Hektopascal", "hPa")), Map.entry("mbar", unit("Hektopascal", "hPa")),
      Map.entry("us/cm", unit("Mikrosiemens je Zentimeter", "uS/cm")),
      Map.entry("µs/cm", unit("Mikrosiemens je Zentimeter", "uS/cm")),
      Map.entry("μs/cm", unit("Mikrosiemens je Zentimeter", "uS/cm")),
      Map.entry("ug/m3", unit("Mikrogramm je Kubikmeter", "ug/m3")),
      Map.entry("µg/m³", unit("Mikrogramm je Kubikmeter", "ug/m3")),
      Map.entry("μg/m³", unit("Mikrogramm je Kubikmeter", "ug/m3")),
      Map.entry("µg/m3", unit("Mikrogramm je Kubikmeter", "ug/m3")),
      Map.entry("ppm", unit("Teile je Million", "[ppm]")),
      Map.entry("[ppm]", unit("Teile je Million", "[ppm]")), Map.entry("db", unit("Dezibel", "dB")),
      Map.entry("db(a)", unit("Dezibel (A)", "dB[A]")), Map.entry("dba", unit("Dezibel (A)", "dB[A]")),
      Map.entry("dbm", unit("Dezibel Milliwatt", "dB[mW]")), Map.entry("m/s", unit("Meter je Sekunde", "m/s")),
      Map.entry("km/h", unit("Kilometer je Stunde", "km/h")), Map.entry("1/h", unit("je Stunde", "1/h")),
      Map.entry("s", unit("Sekunde", "s")), Map.entry("min", unit("Minute", "min")),
      Map.entry("h", unit("Stunde", "h")),
      Map.entry("mm", unit("Millimeter", "mm")), Map.entry("cm", unit("Zentimeter", "cm")),
      Map.entry("m", unit("Meter", "m")), Map.entry("km", unit("Kilometer", "km")),
      Map.entry("deg", unit("Grad", "deg")),
      Map.entry("°", unit("Grad", "deg")), Map.entry("lx", unit("Lux", "lx")), Map.entry("lux", unit("Lux", "lx")),
      Map.entry("kw", unit("Kilowatt", "kW")), Map.entry("kwh", unit("Kilowattstunde", "kW.h")),
      Map.entry("w", unit("Watt", "W")), Map.entry("a", unit("Ampere", "A")), Map.entry("l", unit("Liter", "L")),
      Map.entry("m3", unit("Kubikmeter", "m3")), Map.entry("hz", unit("Hertz", "Hz")));

  /** The unit that people or sources write so; one without further knowledge if it is not known. */
  public static Unit of(String text) {
    return find(text).orElseGet(() -> new Unit(text.strip(), text.strip(), null));
  }

  /** The unit that people or sources write so; empty if it is not known. */
  public static Optional<Unit> find(String text) {
    return Optional.ofNullable(KNOWN.get(text.strip().toLowerCase(java.util.Locale.ROOT)));
  }

  private static Unit unit(String name, String symbol) {
    return new Unit(name, symbol, "http://unitsofmeasure.org/ucum.html#" + symbol);
  }
}
