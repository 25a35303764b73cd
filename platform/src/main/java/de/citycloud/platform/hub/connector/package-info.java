/**
 * Runs the connectors: fetches on schedule, takes what is pushed, stores what is found, keeps what is rejected.
 *
 * <pre>
 *   SourceClock ─▶ SourceFetch ─┐ (OutgoingDoor, retry, circuit breaker, ETag)
 *   IncomingDoor (HTTP) ────────┼─▶ SourceIntake ─▶ Connector ─▶ RecordWriter ─▶ Things, Observations
 *   UplinkTopic (MQTT) ─────────┤                         └────▶ Quarantine
 *   FileDrop (folders) ─────────┘
 * </pre>
 *
 * <p>Start at {@link de.citycloud.platform.hub.connector.SourceIntake}; a new kind of source is a sub-package and one
 * line in {@code Connectors}.
 */
@NullMarked
package de.citycloud.platform.hub.connector;

import org.jspecify.annotations.NullMarked;
