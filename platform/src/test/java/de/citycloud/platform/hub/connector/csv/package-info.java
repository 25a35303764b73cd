/** Tests of the connector of this name. */
@NullMarked
package de.citycloud.platform.hub.connector.csv;

import org.jspecify.annotations.NullMarked;
