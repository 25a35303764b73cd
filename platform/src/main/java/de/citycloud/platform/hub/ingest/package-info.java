/**
 * The way of an Observation into the store: group commit without a timer.
 *
 * <pre>
 *   record ──▶ Submission ──▶ WriteLane (one per municipality) ──▶ BatchStore ── COMMIT ──▶ ids, ObservationsRecorded
 * </pre>
 *
 * <p>While one batch commits, the next one gathers: whatever arrives meanwhile. Start at {@code
 * GroupCommitObservations}.
 */
@NullMarked
package de.citycloud.platform.hub.ingest;

import org.jspecify.annotations.NullMarked;
