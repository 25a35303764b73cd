/** Tests of the connector of this name. */
@NullMarked
package de.citycloud.platform.hub.connector.lorawan;

import org.jspecify.annotations.NullMarked;
