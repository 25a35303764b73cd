/**
 * The safety kernel: the only way to a field controller. It depends on nothing but the JDK, and not on the rest of this
 * module.
 *
 * <pre>
 *   any strategy ── SignalRequest ──▶ SafetyKernel ──▶ lamps of each group, once a second
 *                                        └─ stale, late, impossible ──▶ local program
 * </pre>
 *
 * <p>Whatever is asked of it, conflicting groups never get green together, intergreens, yellows and minimum greens are
 * kept, nobody waits for ever, and it is never dark. Start at {@link de.citycloud.signals.safety.SafetyKernel}.
 */
@NullMarked
package de.citycloud.signals.safety;

import org.jspecify.annotations.NullMarked;
