/** Tests of the built-in simulator. */
@NullMarked
package de.citycloud.signals.simulate;

import org.jspecify.annotations.NullMarked;
