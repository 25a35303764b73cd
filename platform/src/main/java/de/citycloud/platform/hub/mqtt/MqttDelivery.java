package de.citycloud.platform.hub.mqtt;

import de.citycloud.platform.municipality.Municipality;
import java.time.Instant;

/**
 * A message as it arrived.
 *
 * @param municipality whose it is
 * @param topic the topic without the municipality, e.g. {@code v3/parking@ttn/devices/bay-17/up}
 * @param payload the bytes, up to the packet limit of the door; nobody else changes them
 * @param receivedAt when it arrived here
 */
public record MqttDelivery(Municipality municipality, String topic, byte[] payload, Instant receivedAt) {}
