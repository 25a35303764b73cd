/** Tests of how Observations lie in PostgreSQL. */
@NullMarked
package de.citycloud.platform.hub.store;

import org.jspecify.annotations.NullMarked;
