/**
 * The data hub: everything the city measures, in one model, behind standard APIs.
 *
 * <pre>
 *   connector/* , sensorthings/, mqtt/ ── record ──▶ Observations ── ObservationsRecorded ──▶ live pages, MQTT
 *   sensorthings/, pages ── find ──▶ PostgreSQL
 * </pre>
 *
 * <p>Names follow OGC SensorThings 1.1. Times are {@link java.time.Instant}s with microseconds; results carry the UCUM
 * unit of their Datastream. Start at {@link de.citycloud.platform.hub.Observations}.
 */
@ApplicationModule(displayName = "Data hub", allowedDependencies = {"municipality", "database", "audit", "privacy",
    "identity",
    "guard",
    "ui",
    "problem"})
@NullMarked
package de.citycloud.platform.hub;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
