package de.citycloud.platform.procedure.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The tables of the process engine, in a schema of their own. The engine's scripts stay in its jar: they are run from
 * there with the search path set, since its own setting does not reach them.
 */
final class EngineTables implements JavaMigration {
  private static final String CLASSIFIED = """
                                           do $$
                                           declare c record;
                                           begin
                                             for c in select table_name, column_name from information_schema.columns where table_schema = 'flowable' loop
                                               execute format('comment on column flowable.%I.%I is %L', c.table_name, c.column_name, 'not personal');
                                             end loop;
                                           end $$
                                           """;

  private final String version;
  private final List<String> scripts;
  private final String application;

  /** @param application role under which the program works */
  private EngineTables(String version, List<String> scripts, String application) {
    this.version = version;
    this.scripts = scripts;
    this.application = application;
  }

  /** The migrations. History is off; the engine wants to find its tables all the same. */
  @Configuration(proxyBeanMethods = false)
  static class Declared {
    @Bean
    JavaMigration engineTables(@Value("${city.database.application:city_app}") String application) {
      return new EngineTables("210", List.of("/org/flowable/common/db/create/flowable.postgres.create.common.sql",
          "/org/flowable/db/create/flowable.postgres.create.engine.sql"), application);
    }

    @Bean
    JavaMigration engineHistoryTables(@Value("${city.database.application:city_app}") String application) {
      return new EngineTables("213", List.of("/org/flowable/db/create/flowable.postgres.create.history.sql"),
          application);
    }
  }

  @Override
  public void migrate(Context context) throws SQLException {
    try (var statement = context.getConnection().createStatement()) {
      statement.execute("create schema if not exists flowable");
      statement.execute("set local search_path to flowable");
      for (var script : scripts) {
        statement.execute(read(script));
      }
      statement.execute("set local search_path to public");
      statement.execute(CLASSIFIED);
      var role = statement.enquoteIdentifier(application, true);
      statement.execute("grant usage on schema flowable to " + role);
      statement.execute("grant select, insert, update, delete on all tables in schema flowable to " + role);
    }
  }

  private static String read(String script) {
    try (var file = EngineTables.class.getResourceAsStream(script)) {
      if (file == null) {
        throw new IllegalStateException(
            "The engine's script %s is not there. Maybe its version changed; then a migration of its own is needed."
                .formatted(script));
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion(version);
  }

  @Override
  public String getDescription() {
    return version.equals("210") ? "tables of the process engine" : "history tables of the process engine";
  }

  /** Not checked: the scripts belong to the library's version. */
  @Override
  public Integer getChecksum() {
    return 800;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }
}
