/**
 * What is on the road and what will come: from vehicles seen per lane to arrivals at each stop line. Turning shares,
 * flows and saturation flows are learned while the program runs; nothing is known of routes or destinations.
 *
 * <pre>
 *   Snapshot (vehicles per lane, once a second) ── ApproachEstimator ──▶ Forecast of each stop line lane
 * </pre>
 */
@NullMarked
package de.citycloud.signals.predict;

import org.jspecify.annotations.NullMarked;
