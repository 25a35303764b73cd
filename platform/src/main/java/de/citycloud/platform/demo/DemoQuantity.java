package de.citycloud.platform.demo;

import java.util.List;

/**
 * What a kind of place measures.
 *
 * @param role name of the quantity within the Thing
 * @param name name of the ObservedProperty
 * @param definition its address; of our own where no register has one
 * @param unitName name of the unit
 * @param unitSymbol UCUM symbol
 * @param intervalSeconds time between values, s
 * @param decimals digits after the point, 0 to 2
 * @param main whether the map shows it
 */
record DemoQuantity(String role, String name, String definition, String unitName, String unitSymbol,
    int intervalSeconds, int decimals, boolean main) {
  private static final String OWN = "https://smart-city-cloud.example/def/";

  /** The quantities of a kind; the first is the main one. */
  static List<DemoQuantity> of(String kind) {
    return switch (kind) {
      case "parking" -> List.of(new DemoQuantity("free", "Freie Stellplätze", OWN + "free-parking-spaces",
          "Stellplätze", "{spaces}", 60, 0, true));
      case "charging" -> List.of(new DemoQuantity("free", "Freie Ladepunkte", OWN + "free-charging-points",
          "Ladepunkte", "{points}", 120, 0, true));
      case "air" -> List.of(
          new DemoQuantity("no2", "Stickstoffdioxid", "http://dd.eionet.europa.eu/vocabulary/aq/pollutant/8",
              "Mikrogramm je Kubikmeter", "ug/m3", 600, 0, true),
          new DemoQuantity("pm10", "Feinstaub PM10", "http://dd.eionet.europa.eu/vocabulary/aq/pollutant/5",
              "Mikrogramm je Kubikmeter", "ug/m3", 600, 0, false));
      case "traffic" -> List.of(
          new DemoQuantity("count", "Fahrzeuge", OWN + "vehicle-count", "Fahrzeuge je 5 Minuten", "{veh}/(5.min)", 300,
              0,
              true),
          new DemoQuantity("speed", "Mittlere Geschwindigkeit", OWN + "mean-speed", "Kilometer je Stunde", "km/h", 300,
              0,
              false));
      case "bicycle" -> List.of(new DemoQuantity("count", "Fahrräder", OWN + "bicycle-count",
          "Fahrräder je 15 Minuten", "{bikes}/(15.min)", 900, 0, true));
      case "weather" -> List.of(
          new DemoQuantity("temperature", "Lufttemperatur", OWN + "air-temperature", "Grad Celsius", "Cel", 600, 1,
              true),
          new DemoQuantity("humidity", "Relative Luftfeuchte", OWN + "relative-humidity", "Prozent", "%", 600, 0,
              false));
      case "water" -> List.of(
          new DemoQuantity("level", "Wasserstand", OWN + "water-level", "Zentimeter", "cm", 900, 0, true));
      case "soil" -> List.of(
          new DemoQuantity("moisture", "Bodenfeuchte", OWN + "soil-moisture", "Prozent", "%", 900, 1, true));
      default -> throw new IllegalArgumentException("Nothing is known to measure at a place of kind " + kind);
    };
  }
}
