@NullMarked
package de.citycloud.platform.hub.sensorthings;

import org.jspecify.annotations.NullMarked;
