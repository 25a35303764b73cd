/**
 * Tests of the package of the same name.
 */
@NullMarked
package de.citycloud.signals.json;

import org.jspecify.annotations.NullMarked;
