package de.citycloud.platform.hub.mqtt;

import java.util.concurrent.CompletableFuture;

/**
 * Takes the messages of one kind of topic. A bean of this type is found by the MQTT door and by the subscription to an
 * external broker.
 *
 * <p>The sender has been checked before: it holds a key with scope {@code WRITE} of the delivery's municipality, which
 * is bound as {@link de.citycloud.platform.municipality.CurrentMunicipality} during the call of {@link #handle}.
 */
public interface MqttTopicHandler {
  /**
   * The topics it takes, as an MQTT topic filter without the municipality: {@code v3/+/devices/+/up}. A topic {@code
   * ludwigsburg/v3/…} arrives as {@code v3/…} for Ludwigsburg.
   */
  String topicFilter();

  /**
   * Takes a message. Runs on a virtual thread of its own and may block there.
   *
   * <p>The future ends once everything in the message is durable; only then the sender is told so. It fails with a
   * {@link de.citycloud.platform.problem.CityProblem}: status 503 lets the door wait and try again for a while, 4xx
   * puts the message into quarantine with the problem's text as reason. Every other failure counts as our own mistake.
   */
  CompletableFuture<?> handle(MqttDelivery delivery);
}
