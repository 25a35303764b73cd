/** Tests of the connector of this name. */
@NullMarked
package de.citycloud.platform.hub.connector.pbw;

import org.jspecify.annotations.NullMarked;
