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
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/** Reads uplinks of ChirpStack v4 ({@code event=up}): {@code deviceInfo.devEui}, and what its codec put in {@code object}. */
public final class ChirpStackConnector implements Connector {
  @Override
  public String kind() {
    return "chirpstack";
  }

  @Override
  public boolean recognises(InputHead head) {
    return head.isJson() && head.hasMember("deviceInfo") && head.hasMember("devEui");
  }

  @Override
  public void read(SourceInput input, Findings findings) throws IOException, InputRefused {
    input.mapping().allow();
    JsonPieces.read(input, JsonPieces.Cut.ELEMENTS, findings, (place, name, message, text) -> {
      var device = Json.text(message, "deviceInfo", "devEui").map(eui -> eui.toLowerCase(Locale.ROOT))
          .filter(eui -> eui.length() <= 100);
      var time = Json.text(message, "time").flatMap(ChirpStackConnector::time);
      if (device.isEmpty() || time.isEmpty()) {
        findings.reject(place, "One of deviceInfo.devEui and time is missing or malformed, expected both.", text);
        return;
      }
      if (message.get("fCnt") == null && message.get("data") == null && message.get("object") == null) {
        findings.reject(place,
            "The message of device %s is no uplink, expected one.\nMaybe it is a join or status event."
                .formatted(device.get()),
            text);
        return;
      }
      new Uplink(device.get(), Json.text(message, "deviceInfo", "deviceName").orElse(device.get()), null,
          time.get().toInstant(), Json.number(message, "fCnt").map(Double::longValue).orElse(0L),
          Json.number(message, "fPort").map(Double::intValue).orElse(null), Json.text(message, "data").orElse(null),
          Json.find(message, "object").orElse(null), Json.find(message, "rxInfo").orElse(null), false,
          Json.text(message, "deviceInfo", "applicationName").orElse("?")).tell(findings, place);
    });
  }

  private static Optional<OffsetDateTime> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
