/** Tests of SensorThings, named after the conformance classes of OGC 18-088. */
@NullMarked
package de.citycloud.platform.hub.sensorthings;

import org.jspecify.annotations.NullMarked;
