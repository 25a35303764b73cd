/** Tests of the hub. */
@NullMarked
package de.citycloud.platform.hub;

import org.jspecify.annotations.NullMarked;
