package de.citycloud.platform.demo;

import de.citycloud.platform.hub.NewSource;
import de.citycloud.platform.hub.Sources;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sources that the demo town connects; each key stands in an address {@code /in/{source}} or names a folder. */
final class DemoSources {
  static final String SOIL = "bodenfeuchte";
  static final String PARTICULATES = "feinstaub";
  static final String CAR_PARKS = "parkhaeuser-pbw";
  static final String PARK_AND_RIDE = "park-and-ride";
  static final String COUNTS = "verkehrszaehlung";
  /** How to read what {@link DemoMessages#counts} writes. */
  static final String COUNTS_MAPPING = """
                                       delimiter: ";"
                                       decimal: ","
                                       missing: ["-1"]
                                       zone: Europe/Berlin
                                       interval: 300
                                       thing:
                                         id: Zaehlstelle
                                         name: Name
                                         longitude: Laenge
                                         latitude: Breite
                                         kind: traffic
                                       time:
                                         columns: Zeit
                                         format: dd.MM.yyyy HH:mm
                                       values:
                                         - {column: Fahrzeuge, role: count, name: Fahrzeuge, unit: "1", main: true}
                                         - {column: Geschwindigkeit, role: speed, name: Mittlere Geschwindigkeit, unit: km/h}
                                       """;

  private DemoSources() {}

  /** Connects those of its kinds for which the town has places. */
  static void register(DemoTown town, Sources sources) {
    connect(town, sources, "tts", SOIL, "tts", "Bodenfeuchte über LoRaWAN", 900, null);
    connect(town, sources, "sensor-community", PARTICULATES, "sensor-community", "Feinstaub, gemessen von Bürgern", 300,
        null);
    connect(town, sources, "parking-pbw", CAR_PARKS, "parking-pbw", "Parkhäuser der PBW", 120, null);
    connect(town, sources, "datex2", PARK_AND_RIDE, "datex2", "Park and Ride, DATEX II", 120, null);
    connect(town, sources, "csv", COUNTS, "csv", "Verkehrszählung an der B 27", 300, COUNTS_MAPPING);
  }

  private static void connect(DemoTown town, Sources sources, String feed, String key, String kind, String name,
      int everySeconds, @Nullable String mapping) {
    if (!town.placesOf(feed).isEmpty()) {
      sources.register(new NewSource(key, kind, name + " (Demo)", List.of(), Duration.ofSeconds(everySeconds), mapping,
          "CC0-1.0", "Demo, Werte erfunden"));
    }
  }
}
