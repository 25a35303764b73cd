/**
 * What a calendar entry means for the roads: {@link de.citycloud.signals.event.EventDemand}, vehicles per gate or venue exit and 5
 * minutes with their uncertainty.
 */
@NullMarked
package de.citycloud.signals.event;

import org.jspecify.annotations.NullMarked;
