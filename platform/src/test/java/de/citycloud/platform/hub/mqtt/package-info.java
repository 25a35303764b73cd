/** Tests of the MQTT door: over real sockets, with a foreign client and with raw bytes. */
@NullMarked
package de.citycloud.platform.hub.mqtt;

import org.jspecify.annotations.NullMarked;
