/** Tests of the connectors and of what runs them. */
@NullMarked
package de.citycloud.platform.hub.connector;

import org.jspecify.annotations.NullMarked;
