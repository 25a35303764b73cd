/** Tests of the connector of this name. */
@NullMarked
package de.citycloud.platform.hub.connector.sensorcommunity;

import org.jspecify.annotations.NullMarked;
