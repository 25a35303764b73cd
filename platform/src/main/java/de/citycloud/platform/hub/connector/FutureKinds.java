package de.citycloud.platform.hub.connector;

import de.citycloud.platform.hub.source.InputHead;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Kinds that are planned and already recognised, so that the answer is a clear no rather than a wrong guess. */
final class FutureKinds {
  static final Set<String> NAMES = Set.of("gtfs", "gtfs-rt", "gbfs", "ical", "schema-org", "cap", "nina", "ngsi-ld",
      "sensorthings", "ocpi", "geojson", "xlsx", "wfs", "rdf", "bpmn");

  private static final List<Map.Entry<String, Predicate<InputHead>>> SHAPES = List.of(
      Map.entry("ical (a calendar)", head -> head.text().startsWith("BEGIN:VCALENDAR")),
      Map.entry("gtfs (a timetable)",
          head -> matches(head, "^(\\xEF\\xBB\\xBF)?\"?(stop_id|route_id|trip_id|agency_id|service_id)\"?,")
              || Set.of("stops.txt", "agency.txt", "routes.txt", "trips.txt", "stop_times.txt", "calendar.txt")
                  .contains(head.name())),
      Map.entry("gtfs-rt (timetable updates)", head -> matches(head, "^\\x0a[\\x05-\\x40]?\\x0a?\\x03[12]\\.[0-9]")
          || head.text().startsWith("2.0") && head.name().endsWith(".pb")
          || head.name().endsWith(".pb")),
      Map.entry("xlsx (a spreadsheet)", head -> matches(head, "\\[Content_Types\\]\\.xml|^xl/")
          || head.name().equals("[Content_Types].xml")),
      Map.entry("cap (a warning)", head -> matches(head, "urn:oasis:names:tc:emergency:cap|<(cap:)?alert[\\s>]")),
      Map.entry("rdf (a catalogue)", head -> matches(head, "<rdf:RDF|@prefix\\s+\\w*:\\s*<|http://www.w3.org/ns/dcat")),
      Map.entry("bpmn (a process)", head -> matches(head, "<(\\w+:)?definitions[\\s>].*BPMN|omg.org/spec/BPMN")),
      Map.entry("wfs (features in GML)", head -> matches(head, "<(wfs:)?FeatureCollection|opengis.net/(gml|wfs)")),
      Map.entry("gbfs (shared vehicles)",
          head -> head.isJson() && head.hasMember("last_updated") && head.hasMember("ttl")),
      Map.entry("sensorthings (another SensorThings service)",
          head -> head.isJson() && head.contains(Pattern.compile("\"@iot\\.\\w+\"\\s*:"))),
      Map.entry("ngsi-ld (entities)",
          head -> head.isJson() && head.contains(Pattern.compile("\"urn:ngsi-ld:|uri\\.etsi\\.org/ngsi-ld"))),
      Map.entry("schema-org (events)",
          head -> head.isJson() && head.contains(Pattern.compile("https?://schema\\.org"))),
      Map.entry("ocpi (charging)", head -> head.isJson() && (head.hasMember("evses") || head.hasMember("country_code")
          && head.hasMember("party_id"))),
      Map.entry("nina (warnings)", head -> head.isJson() && (head.hasMember("i18nTitle") || head.hasMember("msgType")
          || head.hasMember("alert"))),
      Map.entry("geojson (features)", head -> head.isJson()
          && (head.contains(Pattern.compile("\"FeatureCollection\"|\"geometryType\"\\s*:")))));

  private FutureKinds() {}

  /** Name of the planned kind that {@code head} looks like; empty if none. */
  static Optional<String> recognise(InputHead head) {
    return SHAPES.stream().filter(shape -> shape.getValue().test(head)).map(Map.Entry::getKey).findFirst();
  }

  private static boolean matches(InputHead head, String pattern) {
    return head.contains(Pattern.compile(pattern));
  }
}
