/**
 * A fast simulator of a road network: every strip of road (a lane, or a way across a junction) is a queue of vehicles
 * that follow each other, second by second. Queues fill, spill back across junctions, and block lanes that several
 * streams share; turns that yield wait for gaps.
 *
 * <pre>
 *   Trip, RoadNetwork ──▶ Simulator ──▶ Outcome
 *                          │    ▲
 *                 Snapshot ▼    │ letters
 *                    JunctionController (any strategy, behind the safety kernel)
 * </pre>
 *
 * <p>The same seed brings the same result. Start at {@link de.citycloud.signals.simulate.Simulator}.
 */
@NullMarked
package de.citycloud.signals.simulate;

import org.jspecify.annotations.NullMarked;
