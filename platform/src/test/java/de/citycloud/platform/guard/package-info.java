/** Tests of the guards: faults F10 and F11. */
@NullMarked
package de.citycloud.platform.guard;

import org.jspecify.annotations.NullMarked;
