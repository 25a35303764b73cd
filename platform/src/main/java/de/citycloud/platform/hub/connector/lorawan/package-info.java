/** Uplinks of LoRaWAN devices, from The Things Stack and from ChirpStack. */
@NullMarked
package de.citycloud.platform.hub.connector.lorawan;

import org.jspecify.annotations.NullMarked;
