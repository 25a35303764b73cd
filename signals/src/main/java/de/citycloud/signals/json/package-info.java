/**
 * Reads the small JSON texts that describe scenarios and events; nothing but the JDK.
 */
@NullMarked
package de.citycloud.signals.json;

import org.jspecify.annotations.NullMarked;
