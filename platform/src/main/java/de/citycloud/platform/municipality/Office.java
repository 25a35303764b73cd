package de.citycloud.platform.municipality;

/**
 * An office of a municipality (German: <i>Amt, Fachbereich</i>), as people reach it.
 *
 * @param key lower case letters, digits, hyphens, at most 60 characters, e.g. {@code citizens}
 * @param name at most 200 characters
 * @param address in one or more lines, at most 500 characters; may be empty, as the rest
 */
public record Office(String key, String name, String address, String phone, String email, String hours) {}
