package de.citycloud.benchmarks.signals;

import de.citycloud.signals.network.Lane;
import de.citycloud.signals.network.RoadNetwork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Invented trips through a network: the same seed writes the same trips. */
final class Demand {
  /** Cars do not all drive along the same streets: a gate draws between half and twice the mean. */
  private static final double SMALLEST_GATE = 0.5;
  private static final double LARGEST_GATE = 2.0;

  private final Town town;
  private final SplittableRandom random;
  private final List<String> gatesIn;
  private final List<String> gatesOut;
  private final Map<String, Set<String>> reachable = new HashMap<>();
  private final RoadNetwork network;
  private final Map<String, Double> weights = new LinkedHashMap<>();
  private final List<Trip> trips = new ArrayList<>();
  private final Map<String, Integer> eventGates = new LinkedHashMap<>();
  private final List<String> venue;

  private record Trip(String id, double departSeconds, String from, String to) {}

  /** A trip's ends. */
  private record Ends(String from, String to) {}

  Demand(Town town, RoadNetwork network, long seed) {
    this.town = town;
    this.network = network;
    this.random = new SplittableRandom(seed);
    var roads = network.lanes().values().stream().filter(lane -> lane.cars() && !lane.internal())
        .sorted(Comparator.comparing(Lane::id)).collect(
            Collectors.groupingBy(Lane::edgeId, LinkedHashMap::new, Collectors.toList()));
    var ways = roads.entrySet().stream().filter(road -> leaves(road.getValue())).map(Map.Entry::getKey).toList();
    var ends = roads.entrySet().stream().filter(road -> road.getValue().stream()
        .anyMatch(lane -> !network.linksTo(lane).isEmpty())).map(Map.Entry::getKey).toList();
    var edgeIn = ways.stream().filter(edge -> !ends.contains(edge)).toList();
    var edgeOut = ends.stream().filter(edge -> !ways.contains(edge)).toList();
    boolean closed = edgeIn.size() < 2 || edgeOut.size() < 2; // a ring has no edge: its streets are its gates
    this.gatesIn = closed ? ways : edgeIn;
    this.gatesOut = closed ? ends : edgeOut;
    if (gatesIn.isEmpty() || gatesOut.isEmpty()) {
      throw new IllegalArgumentException("Network %s has %d ways in and %d out, expected at least 1 each.".formatted(
          town.name(), gatesIn.size(), gatesOut.size()));
    }
    gatesIn.forEach(gate -> weights.put(gate, random.nextDouble(SMALLEST_GATE, LARGEST_GATE)));
    gatesOut.forEach(gate -> weights.putIfAbsent(gate, random.nextDouble(SMALLEST_GATE, LARGEST_GATE)));
    this.venue = venueOf(roads);
    everydayTrips();
    eventTrips();
    trips.sort(Comparator.comparingDouble(Trip::departSeconds).thenComparing(Trip::id));
  }

  private boolean leaves(List<Lane> lanes) {
    return lanes.stream().anyMatch(lane -> !network.linksFrom(lane).isEmpty());
  }

  /** The streets that most gates lead to and from, long enough to hold cars. */
  private List<String> venueOf(Map<String, List<Lane>> roads) {
    return roads.entrySet().stream().filter(road -> road.getValue().getFirst().lengthMetres() > 60)
        .map(Map.Entry::getKey).filter(edge -> !gatesIn.contains(edge) && !gatesOut.contains(edge))
        .filter(edge -> ways(edge) > 0)
        .sorted(Comparator.comparingLong((String edge) -> -ways(edge)).thenComparing(Comparator.naturalOrder()))
        .limit(4).toList();
  }

  private long ways(String edge) {
    return gatesIn.stream().filter(gate -> from(gate).contains(edge)).count()
        * gatesOut.stream().filter(gate -> from(edge).contains(gate)).count();
  }

  private void everydayTrips() {
    var mainAxis = mainAxis();
    double at = 0;
    int number = 0;
    while (true) {
      at -= Math.log(1 - random.nextDouble()) * 3600 / town.vehPerHour();
      if (at >= town.seconds()) {
        return;
      }
      // The hour has a peak in its middle, a fifth above the mean.
      double level = 1 + 0.2 * Math.sin(Math.PI * at / town.seconds());
      if (random.nextDouble() * 1.2 > level) {
        continue;
      }
      var ends = random.nextDouble() < town.mainShare() && !mainAxis.isEmpty()
          ? mainAxis.get(random.nextInt(mainAxis.size()))
          : any(gatesIn, gatesOut);
      trips.add(new Trip("base_" + number++, at, ends.from, ends.to));
    }
  }

  /** Ways straight through: those with the most streets in between. */
  private List<Ends> mainAxis() {
    var ways = new ArrayList<Ends>();
    for (var from : gatesIn) {
      gatesOut.stream().filter(to -> from(from).contains(to) && !back(from, to))
          .max(Comparator.comparingInt((String to) -> steps(from, to)).thenComparing(Comparator.naturalOrder()))
          .ifPresent(to -> ways.add(new Ends(from, to)));
    }
    ways.sort(Comparator.comparingInt((Ends way) -> -steps(way.from, way.to)).thenComparing(Ends::from));
    return ways.subList(0, Math.min(2, ways.size()));
  }

  private void eventTrips() {
    var event = town.event();
    if (event.cars() > 0 && venue.isEmpty()) {
      throw new IllegalArgumentException("Network %s has no street for an event."
          .formatted(town.name()));
    }
    for (int car = 0; car < event.cars(); car++) {
      double depart = event.departSeconds(new double[]{random.nextDouble(), random.nextDouble()});
      var ends = event.arriving() ? any(gatesIn, venue) : any(venue, gatesOut);
      trips.add(new Trip("ev_" + car, depart, ends.from, ends.to));
      eventGates.merge(event.arriving() ? ends.from : ends.to, 1, Integer::sum);
    }
  }

  private Ends any(List<String> starts, List<String> ends) {
    for (int tries = 0; tries < 10_000; tries++) {
      var from = draw(starts);
      var to = draw(ends);
      if (!back(from, to) && from(from).contains(to)) {
        return new Ends(from, to);
      }
    }
    throw new IllegalArgumentException("Network %s has no way from %s to %s.".formatted(town.name(), starts, ends));
  }

  /** True if the second street leads back where the first came from; the generator names streets by their ends. */
  private static boolean back(String from, String to) {
    return from.equals(to) || from.equals("-" + to) || to.equals("-" + from)
        || from.length() == to.length() && (from + from).contains(to);
  }

  private String draw(List<String> edges) {
    double total = edges.stream().mapToDouble(edge -> weights.getOrDefault(edge, 1.0)).sum();
    double at = random.nextDouble() * total;
    for (var edge : edges) {
      at -= weights.getOrDefault(edge, 1.0);
      if (at < 0) {
        return edge;
      }
    }
    return edges.getLast();
  }

  private Set<String> from(String edge) {
    return reachable.computeIfAbsent(edge, start -> {
      var seen = new HashSet<String>(Set.of(start));
      var next = new ArrayList<String>(List.of(start));
      while (!next.isEmpty()) {
        after(next.removeLast()).stream().filter(seen::add).forEach(next::add);
      }
      return seen;
    });
  }

  private int steps(String from, String to) {
    var seen = new HashSet<String>(Set.of(from));
    var ring = List.of(from);
    for (int steps = 0; !ring.isEmpty(); steps++) {
      if (ring.contains(to)) {
        return steps;
      }
      ring = ring.stream().flatMap(edge -> after(edge).stream()).filter(seen::add).toList();
    }
    return Integer.MAX_VALUE;
  }

  private Map<String, List<String>> followers = Map.of();

  private List<String> after(String edge) {
    if (followers.isEmpty()) {
      followers = network.links().stream().filter(link -> link.to().cars() && !link.to().internal()).collect(
          Collectors.groupingBy(link -> link.from().edgeId(), Collectors.mapping(link -> link.to().edgeId(),
              Collectors.collectingAndThen(Collectors.toList(), all -> all.stream().distinct().sorted().toList()))));
    }
    return followers.getOrDefault(edge, List.of());
  }

  /** The trips as SUMO reads them. */
  String routes() {
    var out = new StringBuilder("""
                                <routes>
                                  <vType id="car" vClass="passenger" speedDev="0.1"/>
                                """);
    for (var trip : trips) {
      out.append(String.format(Locale.ROOT, "  <trip id=\"%s\" type=\"car\" depart=\"%.2f\" from=\"%s\" to=\"%s\""
          + " departLane=\"best\" departSpeed=\"%s\"/>\n", trip.id, trip.departSeconds, trip.from, trip.to,
          venue.contains(trip.from) ? "0" : "max"));
    }
    return out.append("</routes>\n").toString();
  }

  /** What the calendar knows of the event; the number of cars is off by an eighth, as organisers are. */
  String calendarEntry() {
    var event = town.event();
    int expected = Math.round(event.cars() * 1.125f);
    String gates = eventGates.entrySet().stream().sorted(Map.Entry.comparingByKey())
        .map(gate -> String.format(Locale.ROOT, "    \"%s\": %.3f", gate.getKey(),
            gate.getValue() / (double) event.cars()))
        .collect(Collectors.joining(",\n"));
    return """
           {
             "name": "Invented event",
             "mode": "%s",
             "venueEdges": [%s],
             "eventStart": %s,
             "eventEnd": %s,
             "expectedCars": %d,
             "gateShare": {
           %s
             }
           }
           """.formatted(event.arriving() ? "arrive" : "depart",
        venue.stream().map(edge -> '"' + edge + '"').collect(Collectors.joining(", ")),
        event.arriving() ? Town.EventTraffic.MOMENT_SECONDS : "null",
        event.arriving() ? "null" : Town.EventTraffic.MOMENT_SECONDS, expected, gates);
  }
}
