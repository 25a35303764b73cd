/**
 * Traffic signal control as a library without a framework.
 *
 * <pre>
 *   network ──▶ junction ──▶ predict ──▶ control ──▶ safety ──▶ lamps
 *                                           ▲
 *                   sumo (session) ── evaluate (scenarios, judge)
 * </pre>
 *
 * <p>Terms follow RiLSA; times are seconds, lengths metres, flows vehicles a second where nothing else is said. Start at
 * {@link de.citycloud.signals.control.JunctionController}; the command line is {@link
 * de.citycloud.signals.SignalsCommand}.
 */
@NullMarked
package de.citycloud.signals;

import org.jspecify.annotations.NullMarked;
