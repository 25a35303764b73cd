package de.citycloud.platform.hub.connector.datex2;

import de.citycloud.platform.hub.Result;
import de.citycloud.platform.hub.source.Checks;
import de.citycloud.platform.hub.source.Findings;
import de.citycloud.platform.hub.source.Quantity;
import de.citycloud.platform.hub.source.SourceRecord.DatastreamFound;
import de.citycloud.platform.hub.source.SourceRecord.ObservationFound;
import de.citycloud.platform.hub.source.SourceRecord.ThingFound;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measuring sites and measured data: flow, speed, occupancy, travel time. */
final class Measurements {
  private static final int INTERVAL_SECONDS = 60;
  private static final Map<String, String> SPECIFIC = Map.of("trafficFlow", "flow", "trafficSpeed", "speed",
      "trafficConcentration", "occupancy", "travelTimeInformation", "travel-time");
  private static final List<Kind> KINDS = List.of(new Kind("vehicleFlowRate", "flow"), new Kind("speed", "speed"),
      new Kind("percentage", "occupancy"), new Kind("duration", "travel-time"),
      new Kind("airTemperature", "temperature"), new Kind("temperature", "temperature"));

  private final Findings findings;
  private final Instant receivedAt;

  Measurements(Findings findings, Instant receivedAt) {
    this.findings = findings;
    this.receivedAt = receivedAt;
  }

  void take(Element element) throws IOException {
    if (element.name().equals("siteMeasurements")) {
      measured(element);
    } else {
      site(element);
    }
  }

  private void site(Element element) throws IOException {
    var id = element.attribute("id").filter(found -> found.length() <= 200);
    if (id.isEmpty()) {
      findings.reject(element.name() + ", line " + element.line(), "The id is missing, expected one.", null);
      return;
    }
    var properties = new HashMap<String, Object>(Map.of("kind", "traffic"));
    element.number("measurementSiteNumberOfLanes").ifPresent(lanes -> properties.put("lanes", lanes.intValue()));
    element.text("measurementSide").ifPresent(side -> properties.put("direction", side));
    findings.accept(new ThingFound(id.get(), element.multilingual("measurementSiteName").orElse(id.get()),
        Places.position(element).orElse(null), properties, false));
    for (var outer : element.children("measurementSpecificCharacteristics")) {
      var index = outer.attribute("index").orElse("0");
      var role = outer.findDeep("specificMeasurementValueType").flatMap(Element::text).map(SPECIFIC::get);
      if (role.isPresent()) {
        int period = outer.findDeep("period").flatMap(Element::text).flatMap(Checks::number).map(Double::intValue)
            .filter(seconds -> seconds > 0 && seconds < 86_400).orElse(INTERVAL_SECONDS);
        stream(id.get(), role.get(), index, period);
      }
    }
  }

  private void measured(Element element) throws IOException {
    var id = element.find("measurementSiteReference").flatMap(reference -> reference.attribute("id"))
        .filter(found -> found.length() <= 200);
    var where = "siteMeasurements %s, line %d".formatted(Checks.shown(id.orElse("without id")), element.line());
    var written = element.text("measurementTimeDefault");
    var time = written.isEmpty() ? Optional.of(receivedAt) : written.flatMap(Places::time);
    if (id.isEmpty() || time.isEmpty()) {
      findings.reject(where, "The site reference is missing or measurementTimeDefault is no time.", null);
      return;
    }
    findings.accept(new ThingFound(id.get(), id.get(), null, Map.of("kind", "traffic"), true));
    for (var outer : element.children("measuredValue")) {
      value(id.get(), outer, time.get(), where + ", index " + outer.attribute("index").orElse("?"));
    }
  }

  private void value(String id, Element outer, Instant time, String where) throws IOException {
    var data = outer.findDeep("basicData").orElse(outer);
    var index = outer.attribute("index").orElse("0");
    for (var kind : KINDS) {
      var found = data.findDeep(kind.element);
      if (found.isEmpty()) {
        continue;
      }
      var number = found.get().number().or(() -> found.get().findDeep(kind.element).flatMap(Element::number));
      if (number.isEmpty()) {
        findings.reject(where, "The value of %s is no number.".formatted(kind.element), null);
        return;
      }
      boolean faulty = data.findDeep("dataError").flatMap(Element::text).filter("true"::equals).isPresent();
      var flags = faulty ? List.of("source-error") : number.get() < 0 ? List.of("negative") : List.<String>of();
      findings.accept(new ObservationFound(id, stream(id, kind.role, index, INTERVAL_SECONDS), time, null,
          Result.of(number.get()), flags, Map.of()));
      return;
    }
    if (data.findDeep("dataError").isEmpty()) {
      findings.reject(where, "The data of type %s cannot be read yet, expected flow, speed, occupancy or travel time."
          .formatted(data.type().orElse("?")), null);
    }
  }

  private String stream(String id, String role, String index, int intervalSeconds) throws IOException {
    var key = Quantity.role(role + "-" + index);
    var quantity = Quantity.of(role);
    findings.accept(new DatastreamFound(id, key, quantity.name() + (index.equals("0") ? "" : " (" + index + ")"),
        quantity, intervalSeconds, role.equals("flow") && (index.equals("0") || index.equals("1"))));
    return key;
  }

  private record Kind(String element, String role) {}
}
