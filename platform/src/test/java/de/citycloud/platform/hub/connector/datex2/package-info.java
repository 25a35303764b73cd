/** Tests of the connector of this name. */
@NullMarked
package de.citycloud.platform.hub.connector.datex2;

import org.jspecify.annotations.NullMarked;
