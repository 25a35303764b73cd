package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.municipality.Municipality;
import java.util.concurrent.CompletableFuture;

/** Keeps messages that cannot be stored, each with its reason. */
interface Rejections {
  /**
   * Keeps a message. The future ends once it is durable.
   *
   * @param municipality whose key sent it
   * @param sender the key's label and the client id
   * @param topic as it was sent
   * @param payload as it was sent
   * @param refusal why
   * @return true if the very same message was there before
   */
  CompletableFuture<Boolean> keep(Municipality municipality, String sender, String topic, byte[] payload,
      Refusal refusal);
}
