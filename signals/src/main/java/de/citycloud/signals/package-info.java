/**
 * Traffic signal control as a library without a framework: intersections, demand, prediction, control strategies, a
 * safety kernel and a simulator.
 *
 * <p>The module holds only this description for now; the signal engine is built in it next. Terms follow RiLSA; times
 * are seconds, lengths metres, flows vehicles per hour.
 */
@NullMarked
package de.citycloud.signals;

import org.jspecify.annotations.NullMarked;
