package de.citycloud.platform.hub.source;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Quantities that many sources tell, under one name each. */
final class Quantities {
  /** A name, not an address: nothing of ours has to be online for it to stay the same. */
  private static final String OWN = "urn:smart-city-cloud:property:";
  private static final Map<String, Quantity> KNOWN = new HashMap<>();
  private static final Map<String, String> ALIASES = new HashMap<>();

  static {
    add("free", "Freie Plätze", Unit.ONE, Quantity.Type.COUNT);
    add("occupied", "Belegte Plätze", Unit.ONE, Quantity.Type.COUNT);
    add("state", "Zustand", Unit.NONE, Quantity.Type.CATEGORY);
    add("count", "Anzahl", Unit.ONE, Quantity.Type.COUNT);
    add("flow", "Verkehrsstärke", Unit.of("1/h"), Quantity.Type.MEASUREMENT);
    add("speed", "Geschwindigkeit", Unit.of("km/h"), Quantity.Type.MEASUREMENT);
    add("occupancy", "Belegungsgrad", Unit.of("%"), Quantity.Type.MEASUREMENT);
    add("travel-time", "Reisezeit", Unit.of("s"), Quantity.Type.MEASUREMENT);
    add("pm1", "Feinstaub PM1", Unit.of("ug/m3"), Quantity.Type.MEASUREMENT);
    add("pm25", "Feinstaub PM2,5", Unit.of("ug/m3"), Quantity.Type.MEASUREMENT, "pm2-5");
    add("pm4", "Feinstaub PM4", Unit.of("ug/m3"), Quantity.Type.MEASUREMENT);
    add("pm10", "Feinstaub PM10", Unit.of("ug/m3"), Quantity.Type.MEASUREMENT);
    add("no2", "Stickstoffdioxid", Unit.of("ug/m3"), Quantity.Type.MEASUREMENT);
    add("o3", "Ozon", Unit.of("ug/m3"), Quantity.Type.MEASUREMENT);
    add("co2", "Kohlendioxid", Unit.of("ppm"), Quantity.Type.MEASUREMENT);
    add("temperature", "Lufttemperatur", Unit.of("Cel"), Quantity.Type.MEASUREMENT, "air-temperature", "temp",
        "temperatur", "lufttemperatur");
    add("humidity", "Luftfeuchte", Unit.of("%"), Quantity.Type.MEASUREMENT, "air-humidity", "relative-humidity",
        "luftfeuchte");
    add("pressure", "Luftdruck", Unit.of("Pa"), Quantity.Type.MEASUREMENT, "barometric-pressure", "luftdruck");
    add("soil-temperature", "Bodentemperatur", Unit.of("Cel"), Quantity.Type.MEASUREMENT, "temp-soil");
    add("soil-moisture", "Bodenfeuchte", Unit.of("%"), Quantity.Type.MEASUREMENT, "water-soil");
    add("soil-conductivity", "Leitfähigkeit des Bodens", Unit.of("uS/cm"), Quantity.Type.MEASUREMENT, "conduct-soil");
    add("noise", "Schallpegel", Unit.of("dB(A)"), Quantity.Type.MEASUREMENT, "laeq", "noise-laeq");
    add("wind-speed", "Windgeschwindigkeit", Unit.of("m/s"), Quantity.Type.MEASUREMENT);
    add("wind-direction", "Windrichtung", Unit.of("deg"), Quantity.Type.MEASUREMENT, "wind-direction-sensor");
    add("rain", "Niederschlag", Unit.of("mm"), Quantity.Type.MEASUREMENT, "precipitation", "niederschlag");
    add("battery", "Batteriespannung", Unit.of("V"), Quantity.Type.MEASUREMENT, "bat", "batv", "battery-voltage",
        "voltage");
    add("rssi", "Empfangsstärke", Unit.of("dBm"), Quantity.Type.MEASUREMENT);
    add("snr", "Signal-Rausch-Abstand", Unit.of("dB"), Quantity.Type.MEASUREMENT);
    add("payload", "Rohdaten (Base64)", Unit.NONE, Quantity.Type.ANY);
  }

  private Quantities() {}

  static Quantity of(String text, @Nullable Unit unit) {
    var role = Quantity.role(text);
    role = ALIASES.getOrDefault(role, role);
    var known = KNOWN.get(role);
    if (known == null) {
      return new Quantity(role, text.strip(), OWN + role, unit == null ? Unit.NONE : unit, Quantity.Type.MEASUREMENT);
    }
    return unit == null || unit.equals(known.unit())
        ? known
        : new Quantity(role, known.name(), known.definition(), unit, known.type());
  }

  private static void add(String role, String name, Unit unit, Quantity.Type type, String... aliases) {
    KNOWN.put(role, new Quantity(role, name, OWN + role, unit, type));
    for (var alias : aliases) {
      ALIASES.put(alias, role);
    }
  }
}
