/** Deletes what is kept no longer. */
@NullMarked
package de.citycloud.platform.privacy.retention;

import org.jspecify.annotations.NullMarked;
