package de.citycloud.platform.hub.connector.pbw;

import de.citycloud.platform.hub.source.Connector;
import de.citycloud.platform.hub.source.Findings;
import de.citycloud.platform.hub.source.InputHead;
import de.citycloud.platform.hub.source.InputRefused;
import de.citycloud.platform.hub.source.Json;
import de.citycloud.platform.hub.source.JsonPieces;
import de.citycloud.platform.hub.source.ParkingValues;
import de.citycloud.platform.hub.source.Quantity;
import de.citycloud.platform.hub.source.SourceInput;
import de.citycloud.platform.hub.source.SourceRecord.DatastreamFound;
import de.citycloud.platform.hub.source.SourceRecord.ObservationFound;
import de.citycloud.platform.hub.source.SourceRecord.ThingFound;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the three answers of PBW, each an object with one member a car park or city: {@code object-by-city} (places
 * with live values), {@code object-dynamic-all} (live values only) and {@code catalog-city} (how many car parks a city
 * has). Live values carry no time, so they are as old as the answer.
 */
public final class PbwConnector implements Connector {
  private static final Pattern SHAPE = Pattern.compile("\"dynamisch\"\\s*:|\"count_objects\"\\s*:");

  @Override
  public String kind() {
    return "parking-pbw";
  }

  @Override
  public boolean recognises(InputHead head) {
    return head.text().startsWith("{") && head.contains(SHAPE);
  }

  @Override
  public void read(SourceInput input, Findings findings) throws IOException, InputRefused {
    input.mapping().allow();
    JsonPieces.read(input, JsonPieces.Cut.MEMBERS, findings, (place, id, value, text) -> {
      if (id.isEmpty() || id.length() > 100) {
        findings.reject(place, "The id is no text of 1 to 100 characters.", text);
      } else if (value.isObject() && (value.has("dynamisch") || value.has("objekt"))) {
        carPark(id, value, input.receivedAt(), place, findings, text);
      } else if (value.isObject() && value.has("count_objects")) {
        city(id, value, input.receivedAt(), place, findings, text);
      } else {
        findings.reject(place, """
                               This is neither a car park ("objekt", "dynamisch") nor a city ("count_objects").\
                               """, text);
      }
    });
  }

  private static void carPark(String id, JsonNode value, Instant time, String place, Findings findings, String text)
      throws IOException {
    var name = Json.text(value, "objekt", "name");
    var properties = new HashMap<String, Object>(Map.of("kind", "parking", "operator", "PBW"));
    Json.number(value, "stellplaetze", "gesamt").ifPresent(all -> properties.put("capacity", all.intValue()));
    Json.number(value, "dynamisch", "kurzparker_verfuegbar")
        .ifPresent(all -> properties.put("shortTermCapacity", all.intValue()));
    Json.text(value, "objekt", "art_lang").ifPresent(type -> properties.put("type", type));
    address(value).ifPresent(address -> properties.put("address", address));
    var position = Json.find(value, "position").flatMap(at -> Json.position(at, "longitude", "latitude"));
    if (name.isPresent() && position.isEmpty()) {
      findings.reject(place + ", member position",
          "The position is missing or no place on earth; the car park is kept.",
          null);
    }
    findings.accept(new ThingFound(id, name.orElse("PBW " + id), position.orElse(null), properties, name.isEmpty()));
    new ParkingValues(live(value, "kurzparker_frei", place, findings, text), null,
        Json.number(value, "dynamisch", "kurzparker_verfuegbar").orElse(null), null).tell(findings, id, time);
  }

  private static java.util.Optional<String> address(JsonNode value) {
    return Json.text(value, "objekt", "strasse")
        .map(street -> street + Json.text(value, "objekt", "plz").map(plz -> ", " + plz).orElse("")
            + Json.text(value, "objekt", "ort").map(town -> " " + town).orElse(""));
  }

  /** A live value; null means that the car park counts nothing, which is no mistake. */
  private static @Nullable Double live(JsonNode value, String name, String place, Findings findings, String text)
      throws IOException {
    var written = Json.find(value, "dynamisch", name);
    var number = Json.number(value, "dynamisch", name);
    if (written.isPresent() && number.isEmpty()) {
      findings.reject(place + ", member dynamisch." + name, "The value is %s, expected a number."
          .formatted(de.citycloud.platform.hub.source.Checks.shown(written.get().toString())), text);
    }
    return number.orElse(null);
  }

  private static void city(String id, JsonNode value, Instant time, String place, Findings findings, String text)
      throws IOException {
    var count = Json.number(value, "count_objects");
    if (count.isEmpty()) {
      findings.reject(place + ", member count_objects", "The value is no number.", text);
      return;
    }
    var name = Json.text(value, "name").orElse(id);
    var thing = "city-" + id.toLowerCase(Locale.ROOT);
    findings.accept(new ThingFound(thing, "PBW " + name, null, Map.of("kind", "other", "operator", "PBW"), false));
    findings.accept(new DatastreamFound(thing, "count", "Parkobjekte", Quantity.of("count"), 86_400, true));
    findings.accept(ObservationFound.of(thing, "count", time, count.get()));
  }
}
