package de.citycloud.platform.database;

/**
 * How to reach the store, once as owner and once as the application.
 *
 * @param url JDBC address
 * @param owner role that owns the tables and migrates
 * @param ownerPassword its password
 * @param application role that row-level security binds
 * @param applicationPassword its password
 */
public record DatabaseAccess(String url, String owner, String ownerPassword, String application,
    String applicationPassword) {
  @Override
  public String toString() {
    return "DatabaseAccess[" + url + " as " + application + "]";
  }
}
