/**
 * What protects every page and door on its way through the network: transport, sizes, rates.
 *
 * <pre>
 *   start:   TransportSettings ── TLS, cookies and proxy follow from the address; TransportCheck refuses what is unsafe
 *   request: ThroughTheProxy ──▶ RequestSize (413, 431) ──▶ RateLimit (429) ──▶ pages and doors
 * </pre>
 *
 * <p>{@code docs/operate.md} says how to open the program to a network.
 */
@ApplicationModule(displayName = "Web", allowedDependencies = {"guard", "problem", "database", "municipality"})
@NullMarked
package de.citycloud.platform.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
