package de.citycloud.signals.predict;

/**
 * A vehicle as a camera sees it.
 *
 * @param id name that lets it be followed while it is in sight
 * @param positionMetres its front, from the start of the lane, m
 * @param speedMetresPerSecond 0 or more
 * @param lengthMetres its length, m
 * @param weight importance of its waiting; 1 for a car
 */
public record Sighting(String id, double positionMetres, double speedMetresPerSecond, double lengthMetres,
    double weight) {}
