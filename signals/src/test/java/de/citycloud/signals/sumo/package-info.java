/** Tests of the package of the same name. */
@NullMarked
package de.citycloud.signals.sumo;

import org.jspecify.annotations.NullMarked;
