/** Tests of what the hub shows to people and their browsers. */
@NullMarked
package de.citycloud.platform.hub.page;

import org.jspecify.annotations.NullMarked;
