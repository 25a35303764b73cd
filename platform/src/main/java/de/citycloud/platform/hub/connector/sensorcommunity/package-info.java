/**
 * Air, weather and noise sensors that citizens run, from sensor.community (formerly luftdaten.info). The smallest
 * complete connector: the one to copy.
 */
@NullMarked
package de.citycloud.platform.hub.connector.sensorcommunity;

import org.jspecify.annotations.NullMarked;
