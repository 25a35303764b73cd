/**
 * Strategies that choose what is green next, behind one interface, and the controller that puts their choice through
 * the safety kernel.
 *
 * <pre>
 *   Snapshot ──▶ ApproachEstimator ──▶ JunctionView ──▶ ControlStrategy ──▶ Decision ──▶ SafetyKernel ──▶ lamps
 * </pre>
 *
 * <p>To add a strategy, implement {@link de.citycloud.signals.control.ControlStrategy} and name it in {@link
 * de.citycloud.signals.control.Strategies}. Start at {@link de.citycloud.signals.control.JunctionController}.
 */
@NullMarked
package de.citycloud.signals.control;

import org.jspecify.annotations.NullMarked;
