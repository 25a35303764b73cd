package de.citycloud.platform.hub.connector.lorawan;

import de.citycloud.platform.hub.Result;
import de.citycloud.platform.hub.source.Checks;
import de.citycloud.platform.hub.source.Findings;
import de.citycloud.platform.hub.source.Position;
import de.citycloud.platform.hub.source.Quantity;
import de.citycloud.platform.hub.source.SourceRecord.DatastreamFound;
import de.citycloud.platform.hub.source.SourceRecord.ObservationFound;
import de.citycloud.platform.hub.source.SourceRecord.ThingFound;
import de.citycloud.platform.hub.source.Unit;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * An uplink, whichever network server tells it. Each value that the device's decoder found becomes a Datastream; the
 * raw payload, signal strength and signal-to-noise ratio of the best gateway are always kept, so that a payload nobody
 * has decoded yet is not lost. The same uplink told twice has the same time and is stored once.
 *
 * @param device its id, e.g. the DevEUI in lower case
 * @param name its name
 * @param position where it stands; null if not told
 * @param time when the network received it
 * @param frame frame counter; 0 where left out
 * @param port frame port; null if not told
 * @param payload raw payload in Base64; null if not told
 * @param decoded what the decoder made of it; null if nothing
 * @param gateways what the gateways received; null if not told
 * @param simulated true if nobody sent it
 * @param application the application it belongs to
 */
record Uplink(String device, String name, @Nullable Position position, Instant time, long frame,
    @Nullable Integer port, @Nullable String payload, @Nullable JsonNode decoded, @Nullable JsonNode gateways,
    boolean simulated, String application) {
  private static final int MAX_VALUES = 100;
  private static final int MAX_TEXT = 255;

  void tell(Findings findings, String place) throws IOException {
    var values = new LinkedHashMap<String, JsonNode>();
    if (decoded != null) {
      flatten("", decoded, values);
    }
    var properties = new HashMap<String, Object>(Map.of("kind", kindOf(values), "application", application));
    findings.accept(new ThingFound(device, name, position, properties, position == null));
    var twin = values.remove("payload"); // some decoders repeat the raw payload under the same name
    if (twin != null) {
      values.put("decoded-payload", twin);
    }
    int number = 0;
    boolean main = true;
    for (var value : values.entrySet()) {
      if (++number > MAX_VALUES) {
        findings.reject(place, "The decoded payload has %d values, expected at most %d; the rest is left out."
            .formatted(values.size(), MAX_VALUES), null);
        break;
      }
      main = !tell(findings, value.getKey(), value.getValue(), main) && main;
    }
    if (payload != null) {
      stream(findings, "payload", Quantity.of("payload"), values.isEmpty());
      observe(findings, "payload", new Result.Json(StringNode.valueOf(payload)));
    }
    tellSignal(findings);
  }

  /** True if it was told as a number. */
  private boolean tell(Findings findings, String path, JsonNode value, boolean main) throws IOException {
    if (value.isNumber() && Double.isFinite(value.doubleValue())) {
      stream(findings, path, Quantity.of(path), main);
      observe(findings, path, Result.of(value.doubleValue()));
      return true;
    }
    if (value.isString()) {
      var measured = Checks.measured(value.stringValue());
      if (measured.isPresent()) {
        var unit = measured.get().unit();
        stream(findings, path, Quantity.of(path, unit.equals(Unit.NONE) ? null : unit), main);
        observe(findings, path, Result.of(measured.get().value()));
        return true;
      }
      if (value.stringValue().length() <= MAX_TEXT) {
        stream(findings, path, Quantity.of(path, Quantity.Type.CATEGORY), false);
        observe(findings, path, new Result.Json(value));
      }
      return false;
    }
    if (value.isBoolean()) {
      stream(findings, path, Quantity.of(path, Quantity.Type.TRUTH), false);
      observe(findings, path, new Result.Json(value));
    }
    return false;
  }

  private void tellSignal(Findings findings) throws IOException {
    double rssi = Double.NEGATIVE_INFINITY;
    double snr = Double.NEGATIVE_INFINITY;
    if (gateways != null) {
      for (var gateway : gateways) {
        if (gateway.path("rssi").isNumber() && gateway.path("rssi").doubleValue() > rssi) {
          rssi = gateway.path("rssi").doubleValue();
          snr = gateway.path("snr").isNumber() ? gateway.path("snr").doubleValue() : Double.NEGATIVE_INFINITY;
        }
      }
    }
    if (Double.isFinite(rssi)) {
      stream(findings, "rssi", Quantity.of("rssi"), false);
      observe(findings, "rssi", Result.of(rssi));
    }
    if (Double.isFinite(snr)) {
      stream(findings, "snr", Quantity.of("snr"), false);
      observe(findings, "snr", Result.of(snr));
    }
  }

  private void stream(Findings findings, String path, Quantity quantity, boolean main) throws IOException {
    findings.accept(new DatastreamFound(device, Quantity.role(path), quantity.name(), quantity, 0, main));
  }

  private void observe(Findings findings, String path, Result result) throws IOException {
    var parameters = new HashMap<String, Object>(Map.of("frame", frame));
    if (port != null) {
      parameters.put("port", port);
    }
    findings.accept(new ObservationFound(device, Quantity.role(path), time, null, result,
        simulated ? List.of("simulated") : List.of(), parameters));
  }

  /** Leaves of the tree by their path; a list of {@code {type, measurementValue}} by its types, as SenseCAP writes. */
  private static void flatten(String path, JsonNode node, Map<String, JsonNode> into) {
    if (node.isObject()) {
      var type = node.path("type");
      var value = node.path("measurementValue");
      if (type.isString() && value.isValueNode() && !value.isMissingNode()) {
        into.put(type.stringValue().strip(), value);
        return;
      }
      for (var member : node.properties()) {
        flatten(path.isEmpty() ? member.getKey() : path + "." + member.getKey(), member.getValue(), into);
      }
    } else if (node.isArray()) {
      int number = 0;
      for (var element : node) {
        flatten(path + (node.size() == 1 ? "" : "." + ++number), element, into);
      }
    } else if (!node.isNull() && path.length() <= 120) {
      into.put(path, node);
    }
  }

  private static String kindOf(Map<String, JsonNode> values) {
    var roles = values.keySet().stream().map(path -> Quantity.of(path).role()).toList();
    if (roles.stream().anyMatch(role -> role.contains("soil"))) {
      return "soil";
    }
    if (roles.stream().anyMatch(role -> role.startsWith("pm") || role.equals("co2") || role.equals("no2"))) {
      return "air";
    }
    if (roles.stream().anyMatch(role -> role.contains("park") || role.contains("occup"))) {
      return "parking";
    }
    if (roles.contains("wind-speed") || roles.contains("rain") || roles.contains("pressure")) {
      return "weather";
    }
    return roles.stream().anyMatch(role -> role.contains("level")) ? "water" : "other";
  }
}
