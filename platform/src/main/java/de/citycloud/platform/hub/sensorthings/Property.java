package de.citycloud.platform.hub.sensorthings;

/**
 * A property of an entity.
 *
 * @param name as in JSON
 * @param kind what it holds
 * @param column where it is stored; for an Observation's {@code validTime}, {@code resultQuality} and {@code parameters}
 *     that is {@code details}, which holds them under their name
 * @param required true if an entity cannot be created without it
 */
record Property(String name, PropertyKind kind, String column, boolean required) {
  static Property required(String name, PropertyKind kind, String column) {
    return new Property(name, kind, column, true);
  }

  static Property optional(String name, PropertyKind kind, String column) {
    return new Property(name, kind, column, false);
  }
}
