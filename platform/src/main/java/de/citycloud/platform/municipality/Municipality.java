package de.citycloud.platform.municipality;

/**
 * A municipality (German: <i>Gemeinde</i>) that works on this platform.
 *
 * @param id surrogate key, 1 or more
 * @param slug name in the URL: lower case letters, digits and hyphens, 2 to 40 characters, e.g. {@code ludwigsburg}
 * @param name name for people, e.g. {@code Ludwigsburg}
 * @param longitude of the town centre in degrees east, WGS 84
 * @param latitude of the town centre in degrees north, WGS 84
 * @param demo true if its values are invented; every page then says so
 */
public record Municipality(int id, String slug, String name, double longitude, double latitude, boolean demo) {}
