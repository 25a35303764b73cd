package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.municipality.Municipality;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each refused message until there is a place to keep them. */
class CountedRejections implements Rejections {
  private static final Logger LOG = LoggerFactory.getLogger(CountedRejections.class);

  @Override
  public CompletableFuture<Boolean> keep(Municipality municipality, String sender, String topic, byte[] payload,
      Refusal refusal) {
    LOG.warn("An MQTT message of {} bytes to \"{}\" of {} was refused: {}", payload.length, topic,
        municipality.slug(), refusal.slug());
    return CompletableFuture.completedFuture(false);
  }
}
