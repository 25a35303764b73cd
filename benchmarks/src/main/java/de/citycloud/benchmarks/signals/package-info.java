/**
 * Networks of our own for signal control, public and free to copy: what a strategy is worth away from the streets it
 * grew up with. {@link de.citycloud.benchmarks.signals.PublicNetworks} writes them, {@code ./city signals evaluate}
 * drives on them.
 */
@NullMarked
package de.citycloud.benchmarks.signals;

import org.jspecify.annotations.NullMarked;
