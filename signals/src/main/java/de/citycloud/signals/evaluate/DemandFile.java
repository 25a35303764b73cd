package de.citycloud.signals.evaluate;

import de.citycloud.signals.simulate.Trip;
import de.citycloud.signals.simulate.Trip.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads SUMO's demand for the built-in simulator; no controller ever sees it. */
final class DemandFile {
  private final Map<String, Kind> kinds = new HashMap<>();
  private final List<Trip> trips = new ArrayList<>();
  private @Nullable Trip open;

  private DemandFile() {}

  /** All trips that depart from {@code beginSecond} up to {@code endSecond}, as they stand in the file. */
  static List<Trip> read(Path file, long beginSecond, long endSecond) throws IOException {
    var demand = new DemandFile();
    Xml.each(file, demand::element);
    return demand.trips.stream().filter(t -> t.departSecond() >= beginSecond && t.departSecond() < endSecond).toList();
  }

  private void element(XMLStreamReader xml) {
    switch (xml.getLocalName()) {
      case "vType" -> kinds.put(xml.getAttributeValue(null, "id"), kind(xml));
      case "trip" -> {
        if (hasTime(xml)) {
          trips.add(trip(xml, List.of(xml.getAttributeValue(null, "from"), xml.getAttributeValue(null, "to"))));
        }
      }
      case "vehicle" -> open = hasTime(xml) ? trip(xml, List.of("?")) : null;
      case "route" -> {
        var trip = open;
        if (trip != null) {
          trips.add(new Trip(trip.id(), trip.departSecond(),
              Arrays.asList(xml.getAttributeValue(null, "edges").strip().split("\\s+")), trip.insideOfEdge(),
              trip.anyLane(), trip.departSpeed(), trip.kind()));
          open = null;
        }
      }
      default -> {
      }
    }
  }

  /** Without one it waits for somebody or something ("triggered"); SUMO's figures leave it out as well. */
  private static boolean hasTime(XMLStreamReader xml) {
    return String.valueOf(xml.getAttributeValue(null, "depart")).matches("[0-9.]+");
  }

  private Trip trip(XMLStreamReader xml, List<String> edges) {
    var speed = String.valueOf(xml.getAttributeValue(null, "departSpeed"));
    return new Trip(xml.getAttributeValue(null, "id"), Double.parseDouble(xml.getAttributeValue(null, "depart")), edges,
        String.valueOf(xml.getAttributeValue(null, "departPos")).startsWith("random"),
        !List.of("null", "first").contains(String.valueOf(xml.getAttributeValue(null, "departLane"))),
        speed.matches("[0-9.]+") ? Double.parseDouble(speed) : speed.equals("null") ? 0 : 50,
        kinds.getOrDefault(String.valueOf(xml.getAttributeValue(null, "type")), Kind.CAR));
  }

  private static Kind kind(XMLStreamReader xml) {
    var usual = "bus".equals(xml.getAttributeValue(null, "vClass")) ? Kind.BUS : Kind.CAR;
    return new Kind(number(xml, "length", usual.lengthMetres()), number(xml, "minGap", usual.gapMetres()),
        number(xml, "accel", usual.acceleration()), number(xml, "decel", usual.deceleration()),
        number(xml, "speedDev", usual.speedDeviation()), usual.weight());
  }

  private static double number(XMLStreamReader xml, String attribute, double otherwise) {
    var value = xml.getAttributeValue(null, attribute);
    return value == null ? otherwise : Double.parseDouble(value);
  }
}
