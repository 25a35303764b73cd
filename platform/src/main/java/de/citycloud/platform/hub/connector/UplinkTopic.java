package de.citycloud.platform.hub.connector;

import de.citycloud.platform.hub.Sources;
import de.citycloud.platform.hub.mqtt.MqttDelivery;
import de.citycloud.platform.hub.mqtt.MqttTopicHandler;
import de.citycloud.platform.problem.CityProblem;
import java.io.ByteArrayInputStream;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Uplinks of The Things Stack over MQTT. They belong to the pushed source of kind {@code tts} that is named like the
 * application, else to the first one.
 */
@Component
class UplinkTopic implements MqttTopicHandler {
  private final Sources sources;
  private final SourceTable table;

  UplinkTopic(Sources sources, SourceTable table) {
    this.sources = sources;
    this.table = table;
  }

  @Override
  public String topicFilter() {
    return "v3/+/devices/+/up";
  }

  @Override
  public CompletableFuture<?> handle(MqttDelivery delivery) {
    try {
      var application = delivery.topic().split("/", -1)[1].replaceFirst("@.*$", "");
      var keys = table.listPushed("tts");
      if (keys.isEmpty()) {
        throw new CityProblem("source-not-found", HttpStatus.NOT_FOUND,
            "There is no pushed source of kind tts in %s, expected one.\nMaybe connect The Things Stack as a source first."
                .formatted(delivery.municipality().slug()));
      }
      return CompletableFuture
          .completedFuture(sources.receive(keys.contains(application) ? application : keys.getFirst(),
              "MQTT " + delivery.topic(), new ByteArrayInputStream(delivery.payload()), delivery.receivedAt()));
    } catch (CityProblem e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
