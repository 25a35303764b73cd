package de.citycloud.signals.event;

import de.citycloud.signals.event.EventDemand.Direction;
import de.citycloud.signals.event.EventDemand.Slice;
import de.citycloud.signals.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a calendar entry ({@code event.json}) and works out its {@link EventDemand}.
 *
 * <p>Visitors come over 75 minutes, most of them 20 to 40 minutes before the start, some after it; they go within about
 * an hour of the end, most in the first 20 minutes. Both are assumptions to be scaled by what is really seen.
 */
public final class EventReader {
  private static final double MOST_CARS = 100_000;
  private static final double MOST_VISITORS = 500_000;
  private static final double PERSONS_PER_CAR = 2.5;
  private static final double CAR_SHARE = 0.5;
  /** Share of the vehicles in each 5 minutes from 60 minutes before the start on, and from the end on. */
  private static final double[] COMING = {0.02, 0.04, 0.06, 0.08, 0.10, 0.12, 0.13, 0.13, 0.11, 0.08, 0.06, 0.04, 0.02,
      0.01};
  private static final double[] GOING = {0.10, 0.16, 0.16, 0.14, 0.11, 0.09, 0.07, 0.05, 0.04, 0.03, 0.02, 0.02, 0.01};
  private static final long COMING_BEGINS_BEFORE = 3600;

  private final Map<String, Object> json;
  private final String place;
  private final Set<String> edges;

  private EventReader(Map<String, Object> json, String place, Set<String> edges) {
    this.json = json;
    this.place = place;
    this.edges = edges;
  }

  /**
   * Reads a file.
   *
   * @param edges road sections of the network; others are refused
   * @throws IllegalArgumentException if the entry cannot be meant; names field, value and expectation
   */
  public static EventDemand read(Path file, Set<String> edges) {
    try {
      if (Files.size(file) > 1 << 20) {
        throw new IllegalArgumentException(
            "The event %s has %d bytes, expected at most 1 MB.".formatted(file.getFileName(), Files.size(file)));
      }
      return read(Files.readString(file), String.valueOf(file.getFileName()), edges);
    } catch (IOException e) {
      throw new IllegalArgumentException("The event %s cannot be read: %s".formatted(file, e), e);
    }
  }

  static EventDemand read(String text, String name, Set<String> edges) {
    try {
      return new EventReader(Json.object(text), "The event " + name, edges).demand();
    } catch (IllegalArgumentException e) {
      throw String.valueOf(e.getMessage()).startsWith("The event ")
          ? e
          : new IllegalArgumentException("The event %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private EventDemand demand() {
    if (!(json.get("name") instanceof String name) || name.isBlank()) {
      throw refused("name", json.get("name"), "a text");
    }
    var direction = switch (String.valueOf(json.get("mode"))) {
      case "arrive" -> Direction.ARRIVE;
      case "depart" -> Direction.DEPART;
      default -> throw refused("mode", json.get("mode"), "arrive or depart");
    };
    var venue = venueEdges();
    var gates = gateShares();
    double cars = number("expectedCars", 0, MOST_CARS, -1);
    double visitors = number("expectedVisitors", 0, MOST_VISITORS, -1);
    double persons = number("personsPerCar", 1, 60, PERSONS_PER_CAR);
    double share = number("carShare", 0, 1, CAR_SHARE);
    // A number of cars is a forecast; one from visitors also carries the doubt of share and occupancy.
    double doubt = cars >= 0 ? 0.25 : 0.4;
    double vehicles = cars >= 0 ? cars : Math.max(0, visitors) * share / persons;
    var moment = direction == Direction.ARRIVE ? "eventStart" : "eventEnd";
    double at = number(moment, 0, 1e9, -1);
    var slices = at < 0
        ? List.<Slice>of()
        : slices(direction, (long) at, vehicles, doubt, direction == Direction.ARRIVE ? gates : equal(venue));
    return new EventDemand(name, direction, vehicles, doubt, venue, gates, slices);
  }

  private static List<Slice> slices(Direction direction, long at, double vehicles, double doubt,
      Map<String, Double> sources) {
    var curve = direction == Direction.ARRIVE ? COMING : GOING;
    long begin = direction == Direction.ARRIVE ? at - COMING_BEGINS_BEFORE : at;
    var slices = new ArrayList<Slice>();
    for (int i = 0; i < curve.length; i++) {
      for (var source : sources.entrySet()) {
        double expected = vehicles * curve[i] * source.getValue();
        // Doubt about the whole, and chance of single arrivals.
        slices.add(new Slice(source.getKey(), begin + (long) i * EventDemand.SLICE_SECONDS, expected,
            Math.sqrt(expected * expected * doubt * doubt + expected)));
      }
    }
    return slices;
  }

  private static Map<String, Double> equal(List<String> edges) {
    var shares = new LinkedHashMap<String, Double>();
    edges.forEach(edge -> shares.put(edge, 1.0 / edges.size()));
    return shares;
  }

  private List<String> venueEdges() {
    if (json.get("venueEdges") == null) {
      return List.of();
    }
    if (!(json.get("venueEdges") instanceof List<?> list)) {
      throw refused("venueEdges", json.get("venueEdges"), "a list of road sections");
    }
    var found = new ArrayList<String>();
    for (var edge : list) {
      found.add(known("venueEdges", edge));
    }
    return found;
  }

  private Map<String, Double> gateShares() {
    if (json.get("gateShare") == null) {
      return Map.of();
    }
    if (!(json.get("gateShare") instanceof Map<?, ?> map)) {
      throw refused("gateShare", json.get("gateShare"), "shares by road section");
    }
    var shares = new LinkedHashMap<String, Double>();
    double sum = 0;
    for (var entry : map.entrySet()) {
      var edge = known("gateShare", entry.getKey());
      double share = number("gateShare of " + edge, entry.getValue(), 0, 1);
      shares.put(edge, share);
      sum += share;
    }
    if (sum > 1.05) {
      throw refused("gateShare", "shares that sum up to " + Math.round(sum * 1000) / 1000.0, "at most 1");
    }
    return shares;
  }

  private String known(String field, @Nullable Object edge) {
    if (edge instanceof String id && edges.contains(id)) {
      return id;
    }
    throw refused(field, "the road section " + edge, "one of the " + edges.size() + " of the network");
  }

  private double number(String field, double least, double most, double otherwise) {
    var value = json.get(field);
    return value == null ? otherwise : number(field, value, least, most);
  }

  private double number(String field, @Nullable Object value, double least, double most) {
    if (value instanceof Double number && number >= least && number <= most) {
      return number;
    }
    throw refused(field, value, "a number from %s to %s".formatted(plain(least), plain(most)));
  }

  private static String plain(double number) {
    return String.valueOf((long) number);
  }

  private IllegalArgumentException refused(String field, @Nullable Object value, String expected) {
    return new IllegalArgumentException("%s: %s is %s, expected %s.".formatted(place, field, value, expected));
  }
}
