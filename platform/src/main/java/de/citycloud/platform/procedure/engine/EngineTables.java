package de.citycloud.platform.procedure.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * The tables of the process engine, in a schema of their own. The engine's scripts stay in its jar: they are run from
 * there with the search path set, since its own setting does not reach them.
 */
public abstract class EngineTables extends BaseJavaMigration {
  private static final String CLASSIFIED = """
                                           do $$
                                           declare c record;
                                           begin
                                             for c in select table_name, column_name from information_schema.columns where table_schema = 'flowable' loop
                                               execute format('comment on column flowable.%I.%I is %L', c.table_name, c.column_name, 'not personal');
                                             end loop;
                                           end $$
                                           """;

  private final List<String> scripts;

  /** @param scripts of the engine, in their order */
  protected EngineTables(List<String> scripts) {
    this.scripts = List.copyOf(scripts);
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
      var application = context.getConfiguration().getPlaceholders().get("application");
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

  /** Not checked: the scripts belong to the library's version. */
  @Override
  public Integer getChecksum() {
    return 800;
  }
}
