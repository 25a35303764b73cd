package de.citycloud.platform.hub.connector.datex2;

import de.citycloud.platform.hub.Result;
import de.citycloud.platform.hub.source.Checks;
import de.citycloud.platform.hub.source.Findings;
import de.citycloud.platform.hub.source.ParkingValues;
import de.citycloud.platform.hub.source.Quantity;
import de.citycloud.platform.hub.source.SourceRecord.DatastreamFound;
import de.citycloud.platform.hub.source.SourceRecord.ObservationFound;
import de.citycloud.platform.hub.source.SourceRecord.ThingFound;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.BooleanNode;

/** Car parks and their live values, in all three dialects. */
final class Parking {
  /** A live id that repeats the name, {@code 1230[P+R Vaihingen]}: the id of the table is the part before. */
  private static final Pattern NAMED_ID = Pattern.compile("([^\\[\\]]{1,100})\\[([^\\[\\]]{0,100})]");

  private final Findings findings;
  private final Instant receivedAt;
  private final Map<String, Double> capacities = new HashMap<>();

  Parking(Findings findings, Instant receivedAt) {
    this.findings = findings;
    this.receivedAt = receivedAt;
  }

  void take(Element element) throws IOException {
    switch (element.name()) {
      case "parkingFacility" -> described(element, "parkingFacilityName", "totalParkingCapacity");
      case "parkingRecord" -> described(element, "parkingName", "parkingNumberOfSpaces");
      case "parkingFacilityStatus" -> facilityStatus(element);
      default -> recordStatus(element);
    }
  }

  private void described(Element element, String nameOf, String capacityOf) throws IOException {
    var id = element.attribute("id").filter(found -> found.length() <= 200);
    var where = place(element, id.orElse("without id"));
    if (id.isEmpty()) {
      findings.reject(where, "The id is missing or longer than 200 characters.", null);
      return;
    }
    var properties = new HashMap<String, Object>(Map.of("kind", "parking"));
    var capacity = element.number(capacityOf);
    var written = element.text(capacityOf);
    if (written.isPresent() && (capacity.isEmpty() || capacity.get() < 0)) {
      findings.reject(where + ", " + capacityOf, "The capacity is \"%s\", expected a number of 0 or more."
          .formatted(Checks.shown(written.get())), null);
    } else if (capacity.isPresent()) {
      properties.put("capacity", capacity.get().intValue());
      capacities.put(id.get(), capacity.get());
    }
    element.text("owner", "contactName").or(() -> element.multilingual("operator", "name"))
        .ifPresent(owner -> properties.put("operator", owner));
    element.findDeep("addressLine").flatMap(line -> line.multilingual("text"))
        .ifPresent(address -> properties.put("address", address));
    element.find("assignedParkingAmongOthers").flatMap(users -> users.text("applicableForUser"))
        .ifPresent(users -> properties.put("applicableForUser", users));
    var position = Places.position(element);
    if (position.isEmpty()) {
      findings.reject(where + ", location", "There is no position on earth in it; the car park is kept.", null);
    }
    findings.accept(new ThingFound(id.get(), element.multilingual(nameOf).orElse(id.get()), position.orElse(null),
        properties, false));
    for (var space : element.children("parkingSpace")) {
      var index = space.attribute("parkingSpaceIndex").or(() -> space.attribute("index"));
      if (index.isPresent()) {
        findings.accept(new ThingFound(id.get() + "#" + index.get(),
            element.multilingual(nameOf).orElse(id.get()) + ", Platz " + index.get(),
            Places.position(space).or(() -> position).orElse(null), Map.of("kind", "parking", "capacity", 1), false));
      }
    }
  }

  private void facilityStatus(Element element) throws IOException {
    // words such as "open" stand in elements of the same name
    var words = element.children("parkingFacilityStatus").stream().flatMap(word -> word.text().stream()).toList();
    tell(element, "parkingFacilityReference", "parkingFacilityStatusTime", "totalNumberOfVacantParkingSpaces",
        "totalNumberOfOccupiedParkingSpaces", element, element.number("totalParkingCapacityOverride"), state(words));
  }

  private void recordStatus(Element element) throws IOException {
    var words = java.util.stream.Stream.of("parkingSiteOpeningStatus", "parkingSiteStatus")
        .flatMap(name -> element.text(name).stream()).toList();
    var values = element.find("parkingOccupancy").orElse(element);
    tell(element, "parkingRecordReference", "parkingStatusOriginTime", "parkingNumberOfVacantSpaces",
        "parkingNumberOfOccupiedSpaces", values, values.number("parkingNumberOfSpacesOverride"), state(words));
  }

  private void tell(Element element, String reference, String timeOf, String freeOf, String occupiedOf, Element values,
      Optional<Double> override, @Nullable String state) throws IOException {
    var written = element.find(reference).flatMap(found -> found.attribute("id")).filter(id -> id.length() <= 200);
    if (written.isEmpty()) {
      findings.reject(place(element, "without id"), "The id in %s is missing or longer than 200 characters."
          .formatted(reference), null);
      return;
    }
    var named = NAMED_ID.matcher(written.get());
    var id = named.matches() ? named.group(1).strip() : written.get();
    var name = named.matches() && !named.group(2).isBlank() ? named.group(2).strip() : id;
    var where = place(element, written.get());
    var time = receivedAt;
    var timeText = element.text(timeOf);
    if (timeText.isPresent()) {
      var told = Places.time(timeText.get());
      if (told.isEmpty()) {
        findings.reject(where + ", " + timeOf, "The time is \"%s\", expected one such as 2026-05-10T16:10:45+02:00."
            .formatted(Checks.shown(timeText.get())), null);
        return;
      }
      time = told.get();
    }
    findings.accept(new ThingFound(id, name, null, Map.of("kind", "parking"), true));
    var capacity = override.isPresent() ? override : Optional.ofNullable(capacities.get(id));
    new ParkingValues(number(values, freeOf, where), number(values, occupiedOf, where), capacity.orElse(null), state)
        .tell(findings, id, time);
    spaces(element, id, name, time);
  }

  private void spaces(Element element, String id, String name, Instant time) throws IOException {
    for (var space : element.children("parkingSpaceStatus")) {
      var index = space.attribute("parkingSpaceIndex").or(() -> space.attribute("index"));
      var occupied = space.findDeep("parkingSpaceOccupied").flatMap(Element::text);
      if (index.isEmpty() || occupied.isEmpty() || !occupied.get().matches("true|false|0|1")) {
        findings.reject(place(space, id), "The space tells no index or not whether it is occupied.", null);
        continue;
      }
      var thing = id + "#" + index.get();
      boolean taken = occupied.get().equals("true") || occupied.get().equals("1");
      findings.accept(new ThingFound(thing, name + ", Platz " + index.get(), null, Map.of("kind", "parking"), true));
      findings.accept(new DatastreamFound(thing, "occupied", "Belegt", Quantity.of("occupied", Quantity.Type.TRUTH), 0,
          true));
      findings.accept(new ObservationFound(thing, "occupied", time, null,
          new Result.Json(BooleanNode.valueOf(taken)), List.of(), Map.of()));
    }
  }

  private @Nullable Double number(Element values, String name, String where) throws IOException {
    var text = values.text(name);
    var number = values.number(name);
    if (text.isPresent() && number.isEmpty()) {
      findings.reject(where + ", " + name,
          "The value is \"%s\", expected a number.".formatted(Checks.shown(text.get())),
          null);
    }
    return number.orElse(null);
  }

  /** The words as one: closed beats full beats the rest; null if there is none. */
  private static @Nullable String state(List<String> words) {
    var plain = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).filter(word -> word.length() <= 100).toList();
    for (var word : List.of("closed", "closedabnormal", "full", "fullatentrance")) {
      if (plain.contains(word)) {
        return word.startsWith("closed") ? "closed" : "full";
      }
    }
    if (plain.contains("open") || plain.contains("spacesavailable") || plain.contains("almostfull")) {
      return "open";
    }
    return plain.isEmpty() ? null : plain.getFirst();
  }

  private static String place(Element element, String id) {
    return "%s %s%s".formatted(element.name(), Checks.shown(id), element.line() > 0 ? ", line " + element.line() : "");
  }
}
