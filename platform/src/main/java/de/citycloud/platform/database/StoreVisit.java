package de.citycloud.platform.database;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The store of one data folder, opened for a short command: beside the running program, or, if none runs, with a server
 * started for as long as the visit lasts.
 */
public final class StoreVisit implements AutoCloseable {
  private final DatabaseAccess access;
  private final @Nullable EmbeddedPostgres own;

  private StoreVisit(DatabaseAccess access, @Nullable EmbeddedPostgres own) {
    this.access = access;
    this.own = own;
  }

  /**
   * Opens the store; one that no program runs on is first brought to this program's version.
   *
   * @throws IllegalStateException if a program holds the folder but its database does not answer, e.g. while it starts
   */
  public static StoreVisit open(DatabaseProperties properties) {
    var visit = attach(properties);
    if (!visit.isShared()) {
      try {
        migrations(visit.access).load().migrate();
      } catch (RuntimeException e) {
        visit.close();
        throw e;
      }
    }
    return visit;
  }

  /** Opens the store as it is, of whatever version. */
  public static StoreVisit attach(DatabaseProperties properties) {
    var url = properties.url();
    if (url != null) {
      return new StoreVisit(new DatabaseAccess(url, properties.owner(), properties.ownerPassword(),
          properties.application(), properties.applicationPassword()), null);
    }
    var running = EmbeddedPostgres.findRunning(properties.data());
    if (running.isPresent()) {
      return new StoreVisit(running.get(), null);
    }
    var own = EmbeddedPostgres.start(properties.data());
    return new StoreVisit(own.access(), own);
  }

  /** The migrations of this program, as the running program applies them. */
  static org.flywaydb.core.api.configuration.FluentConfiguration migrations(DatabaseAccess access) {
    return Flyway.configure()
        .dataSource(new DriverManagerDataSource(access.url(), access.owner(), access.ownerPassword()))
        .defaultSchema("public").placeholders(Map.of("application", access.application()));
  }

  /** How to reach the store. */
  public DatabaseAccess access() {
    return access;
  }

  /** True if others may use the store, too: a running program, or an external server. */
  public boolean isShared() {
    return own == null;
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
