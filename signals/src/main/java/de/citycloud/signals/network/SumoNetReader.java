package de.citycloud.signals.network;

import de.citycloud.signals.network.RoadNetwork.FixedProgram;
import de.citycloud.signals.network.RoadNetwork.Light;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a SUMO network ({@code net.xml}, version 1.15 and newer, plain or gzip). External entities and document types
 * are refused. Intergreens are not part of such a file: the conflicts are those of its right-of-way matrix.
 */
public final class SumoNetReader {
  private static final long LARGEST_BYTES = 512L << 20;
  private static final Set<String> NOT_FOR_CARS = Set.of("pedestrian", "bicycle", "tram", "rail", "rail_urban",
      "rail_electric", "rail_fast", "ship", "bus", "delivery", "wheelchair", "emergency", "authority", "army", "moped");

  private static final Pattern CROSSING_EDGE = Pattern.compile(":.+_c\\d+");

  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private final List<RawConnection> connections = new ArrayList<>();
  private final Map<String, RightOfWay> rightsOfWay = new HashMap<>();
  private final Map<String, Integer> crossingsAt = new HashMap<>();
  private final Set<String> railLights = new HashSet<>();
  private final Map<String, List<FixedProgram>> programs = new LinkedHashMap<>();
  private final List<String> assumptions = new ArrayList<>();
  private final List<String> omissions = new ArrayList<>();
  private final String name;

  private SumoNetReader(String name) {
    this.name = name;
  }

  private record RawConnection(String from, int fromLane, String to, int toLane, @Nullable String via,
      @Nullable String light, int linkIndex, char direction) {}

  /** @throws NetworkRefused if the file is no such network, or contradicts itself */
  public static RoadNetwork read(Path file) throws NetworkRefused {
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      in.mark(2);
      boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return read(zipped ? new GZIPInputStream(in, 1 << 16) : in, file.getFileName().toString());
    } catch (IOException e) {
      throw new NetworkRefused("The network %s cannot be read: %s".formatted(file.getFileName(), e.getMessage()), e);
    }
  }

  /**
   * Reads from a stream.
   *
   * @param name what to call it in messages
   */
  public static RoadNetwork read(InputStream in, String name) throws NetworkRefused {
    var reader = new SumoNetReader(name);
    var factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      var xml = factory.createXMLStreamReader(new Bounded(in));
      try {
        reader.parse(xml);
      } catch (NumberFormatException e) {
        throw reader.refused(xml, "a number was expected: " + e.getMessage(), e);
      } catch (IllegalArgumentException e) {
        throw reader.refused(xml, String.valueOf(e.getMessage()), e);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      throw new NetworkRefused("The network %s is not well-formed: %s".formatted(name, e.getMessage()), e);
    }
    return reader.build();
  }

  private NetworkRefused refused(XMLStreamReader xml, String what, @Nullable Throwable cause) {
    var message = "The network %s, line %d: %s".formatted(name, xml.getLocation().getLineNumber(), what);
    return cause == null ? new NetworkRefused(message) : new NetworkRefused(message, cause);
  }

  private void parse(XMLStreamReader xml) throws XMLStreamException, NetworkRefused {
    boolean root = true;
    var edge = new Object() {
      String id = "";
      boolean internal;
    };
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.DTD) {
        throw refused(xml, "a document type was found, expected none.", null);
      }
      if (event != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      if (root && !xml.getLocalName().equals("net")) {
        throw refused(xml, "the root is \"%s\", expected \"net\".\nMaybe this is another file of SUMO, e.g. the demand."
            .formatted(xml.getLocalName()), null);
      }
      root = false;
      switch (xml.getLocalName()) {
        case "edge" -> {
          edge.id = text(xml, "id");
          var function = xml.getAttributeValue(null, "function");
          if ("crossing".equals(function)) {
            crossingsAt.merge(nodeOf(edge.id), 1, Integer::sum);
          }
          edge.internal = "internal".equals(function) || "crossing".equals(function) || "walkingarea".equals(function);
        }
        case "lane" -> lane(xml, edge.id, edge.internal);
        case "connection" -> connection(xml);
        case "junction" -> junction(xml);
        case "tlLogic" -> program(xml);
        default -> {
        }
      }
    }
  }

  private void lane(XMLStreamReader xml, String edge, boolean internal) throws NetworkRefused {
    var id = text(xml, "id");
    var lane = new Lane(id, edge, number(xml, "length"), number(xml, "speed"), internal, isForCars(xml));
    if (lanes.put(id, lane) != null) {
      throw refused(xml, "lane \"%s\" stands twice, expected once.".formatted(id), null);
    }
  }

  private static boolean isForCars(XMLStreamReader xml) {
    var allow = xml.getAttributeValue(null, "allow");
    var disallow = xml.getAttributeValue(null, "disallow");
    if (allow != null) {
      return allow.equals("all") || !NOT_FOR_CARS.containsAll(Arrays.asList(allow.strip().split("\\s+")));
    }
    return disallow == null || !(disallow.equals("all") || Arrays.asList(disallow.split("\\s+")).contains("passenger"));
  }

  private void connection(XMLStreamReader xml) throws NetworkRefused {
    var direction = xml.getAttributeValue(null, "dir");
    var index = xml.getAttributeValue(null, "linkIndex");
    connections.add(new RawConnection(text(xml, "from"), (int) number(xml, "fromLane"), text(xml, "to"),
        (int) number(xml, "toLane"), xml.getAttributeValue(null, "via"), xml.getAttributeValue(null, "tl"),
        index == null ? -1 : Integer.parseInt(index),
        direction == null || direction.isEmpty() ? 's' : direction.charAt(0)));
  }

  private void junction(XMLStreamReader xml) throws XMLStreamException, NetworkRefused {
    var id = text(xml, "id");
    var foes = new TreeMap<Integer, BitSet>();
    var yields = new TreeMap<Integer, BitSet>();
    while (xml.next() != XMLStreamConstants.END_ELEMENT || !xml.getLocalName().equals("junction")) {
      if (xml.getEventType() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("request")) {
        int index = (int) number(xml, "index");
        foes.put(index, bits(xml, "foes"));
        yields.put(index, bits(xml, "response"));
      }
    }
    if (!foes.isEmpty()) {
      int size = foes.lastKey() + 1;
      if (foes.size() != size) {
        throw refused(xml, "junction \"%s\" has %d requests, expected %d without a gap."
            .formatted(id, foes.size(), size), null);
      }
      rightsOfWay.put(id,
          new RightOfWay(foes.values().toArray(BitSet[]::new), yields.values().toArray(BitSet[]::new)));
    }
  }

  /** The last letter stands for request 0. */
  private BitSet bits(XMLStreamReader xml, String attribute) throws NetworkRefused {
    var text = text(xml, attribute);
    var bits = new BitSet(text.length());
    for (int i = 0; i < text.length(); i++) {
      bits.set(i, text.charAt(text.length() - 1 - i) == '1');
    }
    return bits;
  }

  private void program(XMLStreamReader xml) throws XMLStreamException, NetworkRefused {
    var id = text(xml, "id");
    var name = text(xml, "programID");
    if (String.valueOf(xml.getAttributeValue(null, "type")).startsWith("rail")) {
      railLights.add(id);
    }
    ProgramFile.program(xml, id, what -> refused(xml, what, null)).ifPresentOrElse(
        program -> programs.computeIfAbsent(id, ignored -> new ArrayList<>()).add(program),
        () -> omissions.add("Traffic light \"%s\": program \"%s\" has no steps and was left out.".formatted(id, name)));
  }

  private RoadNetwork build() throws NetworkRefused {
    var requests = requestIndices();
    var next = new HashMap<String, String>();
    connections.stream().filter(c -> c.from.startsWith(":")).forEach(c -> {
      if (c.via != null) {
        next.put(c.from + "_" + c.fromLane, c.via);
      }
    });
    var links = new ArrayList<Link>();
    for (var connection : connections) {
      if (!connection.from.startsWith(":")) {
        links.add(link(connection, requests, next));
      }
    }
    var from = new HashMap<String, List<Link>>();
    var to = new HashMap<String, List<Link>>();
    for (var link : links) {
      from.computeIfAbsent(link.from().id(), ignored -> new ArrayList<>()).add(link);
      to.computeIfAbsent(link.to().id(), ignored -> new ArrayList<>()).add(link);
    }
    if (!programs.isEmpty()) {
      assumptions.add("The file carries no intergreens: conflicts are those of its right-of-way matrices.");
    }
    return new RoadNetwork(lanes, links, from, to, rightsOfWay, lights(links),
        new ImportReport(assumptions, omissions));
  }

  /** The k-th way of a junction's matrix starts on an internal lane whose name carries k: {@code :junction_k_lane}. */
  private Map<String, Integer> requestIndices() {
    var indices = new HashMap<String, Integer>();
    for (var lane : lanes.keySet()) {
      if (lane.startsWith(":")) {
        var parts = lane.split("_");
        try {
          int first = Integer.parseInt(parts[parts.length - 2]);
          indices.put(lane, first + Integer.parseInt(parts[parts.length - 1]));
        } catch (NumberFormatException e) {
          // Crossings and walking areas are named otherwise.
          indices.put(lane, -1);
        }
      }
    }
    return indices;
  }

  private Link link(RawConnection connection, Map<String, Integer> requests, Map<String, String> next)
      throws NetworkRefused {
    var via = new ArrayList<Lane>();
    for (var id = connection.via; id != null && via.size() < 20; id = next.get(id)) {
      via.add(lane(id, "a connection from \"" + connection.from + "\""));
    }
    var first = connection.via;
    var node = first == null ? "" : first.substring(1, first.lastIndexOf('_', first.lastIndexOf('_') - 1));
    int request = first == null ? -1 : requests.getOrDefault(first, -1);
    if (request < 0 && connection.light != null) {
      assumptions.add("The way from \"%s\" to \"%s\" has no place in a right-of-way matrix: it is taken to meet nobody."
          .formatted(connection.from, connection.to));
    }
    return new Link(lane(connection.from + "_" + connection.fromLane, "a connection"),
        lane(connection.to + "_" + connection.toLane, "a connection"), via, connection.direction, connection.light,
        connection.linkIndex, node, request);
  }

  /** Ways on foot, by traffic light; in a right-of-way matrix they stand behind all ways of vehicles. */
  private Map<String, List<Crossing>> crossings() {
    var crossings = new HashMap<String, List<Crossing>>();
    for (var c : connections) {
      if (c.light == null || !c.from.startsWith(":")) {
        continue;
      }
      var edge = CROSSING_EDGE.matcher(c.to).matches() ? c.to : c.from;
      var lane = lanes.get(edge + "_0");
      if (lane == null || !CROSSING_EDGE.matcher(edge).matches()) {
        continue;
      }
      var node = nodeOf(edge);
      var matrix = rightsOfWay.get(node);
      int number = Integer.parseInt(edge.substring(edge.lastIndexOf('_') + 2));
      int request = matrix == null ? -1 : matrix.foes().length - crossingsAt.getOrDefault(node, 0) + number;
      crossings.computeIfAbsent(c.light, ignored -> new ArrayList<>())
          .add(new Crossing(edge, c.light, c.linkIndex, node, request, lane.lengthMetres()));
    }
    return crossings;
  }

  /** {@code :junction_c0} belongs to {@code junction}. */
  private static String nodeOf(String internalEdge) {
    return internalEdge.substring(1, internalEdge.lastIndexOf('_'));
  }

  private Lane lane(String id, String place) throws NetworkRefused {
    var lane = lanes.get(id);
    if (lane == null) {
      throw new NetworkRefused("The network %s: %s names the lane \"%s\", expected one that is there."
          .formatted(name, place, id));
    }
    return lane;
  }

  private Map<String, Light> lights(List<Link> links) throws NetworkRefused {
    var controlled = new LinkedHashMap<String, Map<Integer, List<Link>>>();
    for (var link : links) {
      if (link.signalId() != null) {
        controlled.computeIfAbsent(link.signalId(), ignored -> new TreeMap<>())
            .computeIfAbsent(link.signalIndex(), ignored -> new ArrayList<>()).add(link);
      }
    }
    var crossings = crossings();
    var lights = new LinkedHashMap<String, Light>();
    for (var entry : controlled.entrySet()) {
      var id = entry.getKey();
      var light = new Light(id, entry.getValue(), crossings.getOrDefault(id, List.of()),
          programs.getOrDefault(id, List.of()));
      if (railLights.contains(id)) {
        omissions.add("Traffic light \"%s\" belongs to a railway and is left to itself.".formatted(id));
        continue;
      }
      int largest = entry.getValue().keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
      if (light.programs().isEmpty()) {
        omissions.add("Traffic light \"%s\" has no program and is left to itself.".formatted(id));
        continue;
      }
      if (largest >= light.size()) {
        throw new NetworkRefused("The network %s: traffic light \"%s\" controls position %d, but its states have %d."
            .formatted(name, id, largest, light.size()));
      }
      lights.put(id, light);
    }
    return lights;
  }

  private String text(XMLStreamReader xml, String attribute) throws NetworkRefused {
    var value = xml.getAttributeValue(null, attribute);
    if (value == null) {
      throw refused(xml, "<%s> has no \"%s\", expected one.".formatted(xml.getLocalName(), attribute), null);
    }
    return value;
  }

  private double number(XMLStreamReader xml, String attribute) throws NetworkRefused {
    double value = Double.parseDouble(text(xml, attribute));
    if (!Double.isFinite(value) || value < 0) {
      throw refused(xml, "<%s> has %s=\"%s\", expected 0 or more."
          .formatted(xml.getLocalName(), attribute, value), null);
    }
    return value;
  }

  /** Ends the reading of what never ends. */
  private static final class Bounded extends java.io.FilterInputStream {
    private long left = LARGEST_BYTES;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    private void count(int bytes) throws IOException {
      left -= bytes;
      if (left < 0) {
        throw new IOException("more than %d MB, expected a network of a city.".formatted(LARGEST_BYTES >> 20));
      }
    }
  }
}
