/**
 * Tests of the package of the same name.
 */
@NullMarked
package de.citycloud.signals.event;

import org.jspecify.annotations.NullMarked;
