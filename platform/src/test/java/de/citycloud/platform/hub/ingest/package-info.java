/** Tests of the write path. */
@NullMarked
package de.citycloud.platform.hub.ingest;

import org.jspecify.annotations.NullMarked;
