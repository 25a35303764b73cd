/**
 * The MQTT door: sensors publish Observations, programs subscribe to what changes (OGC SensorThings 1.1, MQTT
 * extension).
 *
 * <pre>
 *   PUBLISH ──▶ PacketGuard ──▶ Connection ──▶ Inbox ── record ──▶ Observations ── COMMIT ──▶ PUBACK, in order
 *   PUBLISH ◀── Outbox ◀── LiveTopics ◀── ObservationsRecorded
 * </pre>
 *
 * <p>MQTT 3.1.1 and 5, QoS 0 and 1. No persistent sessions, no retained messages, no wills: a full broker beside it has
 * them, and {@code ExternalBroker} reads from that one. To accept topics of another
 * kind, publish a bean of type {@link de.citycloud.platform.hub.mqtt.MqttTopicHandler}. Start at {@link
 * de.citycloud.platform.hub.mqtt.MqttDoor}.
 */
@NullMarked
package de.citycloud.platform.hub.mqtt;

import org.jspecify.annotations.NullMarked;
