/**
 * Measures strategies: runs scenarios in SUMO, computes delays from its trip records, and judges the signals by what SUMO
 * showed each second, without the code that controls them.
 *
 * <pre>
 *   Scenario (folder) ── SumoRun ──▶ TripRecords ──▶ Measurement ──▶ table, JSON
 *                           └─ states of the lights ──▶ SignalJudge ──▶ violations
 * </pre>
 */
@NullMarked
package de.citycloud.signals.evaluate;

import org.jspecify.annotations.NullMarked;
