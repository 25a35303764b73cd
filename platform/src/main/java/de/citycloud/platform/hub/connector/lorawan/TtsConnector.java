package de.citycloud.platform.hub.connector.lorawan;

import de.citycloud.platform.hub.source.Connector;
import de.citycloud.platform.hub.source.Findings;
import de.citycloud.platform.hub.source.InputHead;
import de.citycloud.platform.hub.source.InputRefused;
import de.citycloud.platform.hub.source.Json;
import de.citycloud.platform.hub.source.JsonPieces;
import de.citycloud.platform.hub.source.SourceInput;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads uplinks of The Things Stack v3: one message as webhook and MQTT bring it, or the lines of its storage, each
 * {@code {"result": {…}}}. A frame counter of 0 is left out by the stack; most messages carry no decoded payload.
 */
public final class TtsConnector implements Connector {
  @Override
  public String kind() {
    return "tts";
  }

  @Override
  public boolean recognises(InputHead head) {
    return head.isJson() && head.hasMember("end_device_ids");
  }

  @Override
  public void read(SourceInput input, Findings findings) throws IOException, InputRefused {
    input.mapping().allow();
    JsonPieces.read(input, JsonPieces.Cut.ELEMENTS, findings, (place, name, value, text) -> {
      var message = Json.find(value, "result").orElse(value);
      var device = Json.text(message, "end_device_ids", "dev_eui").map(eui -> eui.toLowerCase(Locale.ROOT))
          .or(() -> Json.text(message, "end_device_ids", "device_id"));
      if (device.isEmpty() || device.get().length() > 100) {
        findings.reject(place, "end_device_ids has neither dev_eui nor device_id, expected one.", text);
        return;
      }
      var uplink = Json.find(message, "uplink_message");
      if (uplink.isEmpty() || !uplink.get().isObject()) {
        findings.reject(place,
            "The message of device %s has no uplink_message, expected one.\nMaybe switch off the other message types at the webhook."
                .formatted(device.get()),
            text);
        return;
      }
      var time = Json.text(uplink.get(), "received_at").or(() -> Json.text(message, "received_at"))
          .flatMap(TtsConnector::time);
      if (time.isEmpty()) {
        findings.reject(place, "received_at is missing or no time, expected one such as 2026-05-19T05:33:35.8Z.", text);
        return;
      }
      uplink(message, uplink.get(), device.get(), time.get()).tell(findings, place);
    });
  }

  private static Uplink uplink(JsonNode message, JsonNode uplink, String device, Instant time) {
    var position = Json.find(uplink, "locations", "user")
        .or(() -> Json.find(uplink, "locations").filter(all -> all.isObject() && !all.isEmpty())
            .map(all -> all.iterator().next()))
        .flatMap(at -> Json.position(at, "longitude", "latitude"));
    return new Uplink(device, Json.text(message, "end_device_ids", "device_id").orElse(device), position.orElse(null),
        time, Json.number(uplink, "f_cnt").map(Double::longValue).orElse(0L),
        Json.number(uplink, "f_port").map(Double::intValue).orElse(null),
        Json.text(uplink, "frm_payload").orElse(null), Json.find(uplink, "decoded_payload").orElse(null),
        Json.find(uplink, "rx_metadata").orElse(null), Json.find(message, "simulated").map(JsonNode::asBoolean)
            .orElse(false),
        Json.text(message, "end_device_ids", "application_ids", "application_id").orElse("?"));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
