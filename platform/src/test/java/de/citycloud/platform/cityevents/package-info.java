/** Events of the city: stored, listed, and as a calendar. */
@NullMarked
package de.citycloud.platform.cityevents;

import org.jspecify.annotations.NullMarked;
