/**
 * The demo towns: real places with invented values, which come in through the same doors as any town's: MQTT,
 * SensorThings over HTTP, webhooks and files.
 *
 * <pre>
 *   demo/*.json ──▶ DemoTown ── DemoValues ──▶ DemoDoors ──▶ MQTT, /sta/v1.1, /in/{source}, drop folder
 * </pre>
 *
 * <p>It knows no inside of the hub, only its addresses; so it also shows a partner how to connect. Start at {@link
 * de.citycloud.platform.demo.Demo}.
 */
@ApplicationModule(displayName = "Demo", allowedDependencies = {"municipality", "identity", "hub", "database",
    "problem"})
@NullMarked
package de.citycloud.platform.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
