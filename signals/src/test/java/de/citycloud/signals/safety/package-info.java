/** Proof of the safety kernel: a checker that shares no code with it judges every second of random junctions. */
@NullMarked
package de.citycloud.signals.safety;

import org.jspecify.annotations.NullMarked;
