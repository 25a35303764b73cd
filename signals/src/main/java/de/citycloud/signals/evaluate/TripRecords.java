package de.citycloud.signals.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Delays of all due trips. Delay = time lost on the way + wait for insertion; for a trip never inserted, the wait until
 * the end.
 *
 * @param delays by trip, s
 */
record TripRecords(Map<String, Double> delays) {
  /** Trips of visitors begin with this. */
  private static final String EVENT = "ev_";

  /**
   * Reads SUMO's trip records.
   *
   * @param routes demand: tells which trips are due
   */
  static TripRecords read(Path tripinfo, Path routes, long beginSecond, long endSecond) throws IOException {
    var departures = new HashMap<String, Double>();
    Xml.each(routes, xml -> {
      var name = xml.getLocalName();
      if (name.equals("trip") || name.equals("vehicle")) {
        var depart = xml.getAttributeValue(null, "depart");
        var id = xml.getAttributeValue(null, "id");
        if (depart != null && id != null && depart.matches("[0-9.]+")) {
          double second = Double.parseDouble(depart);
          if (second >= beginSecond && second < endSecond) {
            departures.put(id, second);
          }
        }
      }
    });
    var delays = new HashMap<String, Double>();
    Xml.each(tripinfo, xml -> {
      if (xml.getLocalName().equals("tripinfo")) {
        var id = xml.getAttributeValue(null, "id");
        if (departures.containsKey(id)) {
          delays.put(id, Double.parseDouble(xml.getAttributeValue(null, "timeLoss"))
              + Double.parseDouble(xml.getAttributeValue(null, "departDelay")));
        }
      }
    });
    departures.forEach((id, depart) -> delays.putIfAbsent(id, endSecond - depart));
    return new TripRecords(delays);
  }

  /** Mean delay of all, s. */
  double mean() {
    return mean(id -> true);
  }

  /** Mean delay of trips that are not visitors', s; 0 without any. */
  double base() {
    return mean(id -> !id.startsWith(EVENT));
  }

  /** Mean delay of visitors' trips, s; 0 without any. */
  double event() {
    return mean(id -> id.startsWith(EVENT));
  }

  /** Delay that 95 % of the trips do not exceed, s. */
  double percentile95() {
    List<Double> sorted = new ArrayList<>(delays.values());
    sorted.sort(null);
    return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
  }

  private double mean(Predicate<String> which) {
    return delays.entrySet().stream().filter(e -> which.test(e.getKey())).mapToDouble(Map.Entry::getValue).average()
        .orElse(0);
  }
}
