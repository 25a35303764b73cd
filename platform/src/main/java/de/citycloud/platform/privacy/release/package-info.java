/** What statistics about persons may leave the house. */
@NullMarked
package de.citycloud.platform.privacy.release;

import org.jspecify.annotations.NullMarked;
