package de.citycloud.signals.junction;

import de.citycloud.signals.network.Link;

/**
 * A stream of vehicles from one lane to one exit (German: <i>Verkehrsstrom</i>).
 *
 * @param lane index of its lane in {@link Intersection#lanes()}
 * @param group signal group that controls it
 * @param link the way across the junction
 */
public record Movement(int lane, int group, Link link) {}
