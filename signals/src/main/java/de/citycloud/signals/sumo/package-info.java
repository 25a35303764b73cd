/**
 * The link to SUMO: a small TraCI client of our own, a session that shows a controller what detectors on the street
 * could see, and the evaluation of scenarios.
 *
 * <pre>
 *   SumoSession ── TraciClient ── TCP ──▶ sumo
 *        └─ Observed vehicles per lane ──▶ control ──▶ safety ──▶ state of each light
 * </pre>
 */
@NullMarked
package de.citycloud.signals.sumo;

import org.jspecify.annotations.NullMarked;
