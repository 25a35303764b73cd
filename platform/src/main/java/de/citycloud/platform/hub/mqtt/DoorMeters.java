package de.citycloud.platform.hub.mqtt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what goes through the door, so that nothing is dropped in silence. */
class DoorMeters {
  private final MeterRegistry registry;
  final Counter stored;
  final Counter delivered;

  DoorMeters(MeterRegistry registry) {
    this.registry = registry;
    stored = Counter.builder("city.mqtt.stored").description("messages stored and acknowledged").register(registry);
    delivered = Counter.builder("city.mqtt.delivered").description("messages to subscribers").register(registry);
  }

  void watch(Sessions sessions) {
    registry.gauge("city.mqtt.connections", sessions, Sessions::count);
    registry.gauge("city.mqtt.waiting.bytes", sessions, all -> all.waiting().bytes());
  }

  /** A message that was not stored. */
  void refused(Refusal refusal, int qos) {
    registry.counter("city.mqtt.refused", "why", refusal.slug(), "fault", refusal.fault().name(), "qos",
        Integer.toString(qos)).increment();
  }

  /** A connection that we ended. */
  void ended(String why) {
    registry.counter("city.mqtt.ended", "why", why).increment();
  }
}
