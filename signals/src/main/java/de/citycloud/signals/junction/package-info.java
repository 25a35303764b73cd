/**
 * Intersections as a controller sees them: signal groups, movements, stages and what lies upstream, derived from a
 * {@link de.citycloud.signals.network.RoadNetwork}.
 *
 * <pre>
 *   RoadNetwork.Light ── IntersectionImporter ──▶ Intersection ──▶ predict, control
 *                                                     └─ safetyRules() ──▶ safety
 * </pre>
 *
 * <p>What the network does not say is assumed, and each assumption stands in {@link
 * de.citycloud.signals.junction.Intersection#assumptions()}.
 */
@NullMarked
package de.citycloud.signals.junction;

import org.jspecify.annotations.NullMarked;
