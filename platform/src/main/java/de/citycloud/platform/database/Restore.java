package de.citycloud.platform.database;

import de.citycloud.platform.database.BackupManifest.Partition;
import de.citycloud.platform.database.BackupManifest.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.PGConnection;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a {@link Backup} back, all or nothing: the whole file is checked against its manifest first, then everything is
 * written in one transaction. Foreign keys hold meanwhile; triggers of the tables do not fire.
 */
public final class Restore implements AutoCloseable {
  private final Path file;
  private final ZipFile zip;
  private final BackupManifest manifest;

  private Restore(Path file, ZipFile zip, BackupManifest manifest) {
    this.file = file;
    this.zip = zip;
    this.manifest = manifest;
  }

  /**
   * Restores {@code file} into the store of {@code properties}.
   *
   * @param force true to replace what the store holds
   * @throws IllegalStateException if the file is damaged or of another version, a program runs on the store, or the
   *     store is not empty and {@code force} is false; nothing was changed then
   */
  public static Backup.Summary read(DatabaseProperties properties, Path file, boolean force)
      throws IOException, SQLException {
    try (var backup = open(file)) {
      backup.verify();
      return backup.into(properties, force);
    }
  }

  private static Restore open(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IllegalStateException("""
                                      There is no readable file %s.
                                      Maybe the path has a typing error.""".formatted(file));
    }
    try {
      var zip = new ZipFile(file.toFile());
      try {
        var entry = zip.getEntry(BackupManifest.ENTRY);
        if (entry == null) {
          throw new ZipException("no " + BackupManifest.ENTRY);
        }
        try (var in = zip.getInputStream(entry)) {
          return new Restore(file, zip, JsonMapper.builder().build().readValue(in, BackupManifest.class));
        }
      } catch (IOException | RuntimeException e) {
        zip.close();
        throw e;
      }
    } catch (ZipException | JacksonException e) {
      throw damaged(file, "it is not a complete backup (" + e.getMessage() + ")");
    }
  }

  private static IllegalStateException damaged(Path file, String why) {
    return new IllegalStateException(
        """
        The backup %s is damaged: %s. Nothing was restored.
        Maybe it was cut while it was copied; take another copy of it.""".formatted(file, why));
  }

  /** Compares every entry with the manifest, before anything is written. */
  private void verify() throws IOException {
    if (manifest.format() != BackupManifest.FORMAT) {
      throw new IllegalStateException(
          """
          The backup %s has form %d, expected %d.
          Maybe it was made by a newer program; restore it with that one.""".formatted(file, manifest.format(),
              BackupManifest.FORMAT));
    }
    for (var table : manifest.tables()) {
      try (var in = rows(table)) {
        var digest = Backup.sha256();
        new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
        if (!HexFormat.of().formatHex(digest.digest()).equals(table.sha256())) {
          throw damaged(file, "the rows of " + table.name() + " differ from their checksum");
        }
      } catch (ZipException e) {
        throw damaged(file, "the rows of " + table.name() + " cannot be read (" + e.getMessage() + ")");
      }
    }
  }

  private InputStream rows(Table table) throws IOException {
    var entry = zip.getEntry(table.entry());
    if (entry == null) {
      throw damaged(file, "the rows of " + table.name() + " are missing");
    }
    return zip.getInputStream(entry);
  }

  private Backup.Summary into(DatabaseProperties properties, boolean force) throws IOException, SQLException {
    if (properties.url() == null && EmbeddedPostgres.isHeld(properties.data())) {
      throw new IllegalStateException(
          """
          A program runs on the data folder %s. Nothing was restored.
          Maybe stop it first, or restore into another folder with --data.""".formatted(properties.data()));
    }
    try (var visit = StoreVisit.attach(properties)) {
      var access = visit.access();
      try (var connection = DriverManager.getConnection(access.url(), access.owner(), access.ownerPassword())) {
        refuseWhileUsed(connection);
        if (new StoreCatalogue(connection).migrations().isEmpty()) {
          StoreVisit.migrations(access).target(newest()).load().migrate();
        }
        refuseOtherVersion(connection);
        if (!force) {
          refuseUnlessEmpty(connection);
        }
        connection.setAutoCommit(false);
        var summary = write(connection);
        connection.commit();
        connection.setAutoCommit(true);
        execute(connection, "analyze");
        StoreVisit.migrations(access).load().migrate();
        return summary;
      }
    }
  }

  private MigrationVersion newest() {
    return manifest.migrations().stream().map(MigrationVersion::fromVersion).max(MigrationVersion::compareTo)
        .orElseThrow(() -> damaged(file, "it names no migrations"));
  }

  private void refuseWhileUsed(Connection connection) throws SQLException {
    if (ask(connection, "select count(*) from pg_stat_activity where application_name = 'smart-city-cloud'") > 0) {
      throw new IllegalStateException("""
                                      A running program is connected to this store. Nothing was restored.
                                      Maybe stop it first.""");
    }
  }

  private void refuseOtherVersion(Connection connection) throws SQLException {
    var here = Set.copyOf(new StoreCatalogue(connection).migrations());
    if (!here.equals(Set.copyOf(manifest.migrations()))) {
      throw new IllegalStateException(
          """
          The store has the migrations %s, the backup has %s. Nothing was restored.
          Maybe restore into an empty folder, with a program at least as new as the backup.""".formatted(
              here.stream().sorted().toList(), manifest.migrations()));
    }
  }

  private static void refuseUnlessEmpty(Connection connection) throws SQLException {
    long municipalities = ask(connection, "select count(*) from municipality");
    if (municipalities > 0) {
      throw new IllegalStateException(
          """
          The store already holds %d municipality(ies), expected an empty one. Nothing was restored.
          Maybe choose an empty folder with --data, or replace everything there with --force.""".formatted(
              municipalities));
    }
  }

  private Backup.Summary write(Connection connection) throws SQLException, IOException {
    var catalogue = new StoreCatalogue(connection);
    // Some tables only grow; for this one transaction they are replaced.
    for (var table : catalogue.tables()) {
      execute(connection, "alter table " + table.name() + " disable trigger user");
    }
    execute(connection, "truncate " + catalogue.tables().stream().map(Table::name).collect(Collectors.joining(", ")));
    matchPartitions(connection, catalogue.partitions());
    var copy = connection.unwrap(PGConnection.class).getCopyAPI();
    for (var table : manifest.tables()) {
      try (var in = rows(table)) {
        long rows = copy.copyIn("copy %s (%s) from stdin (encoding 'UTF8')".formatted(table.name(),
            String.join(", ", table.columns())), in);
        if (rows != table.rows()) {
          throw damaged(file, "%s has %d rows, expected %d".formatted(table.name(), rows, table.rows()));
        }
      }
    }
    for (var table : new StoreCatalogue(connection).tables()) {
      execute(connection, "alter table " + table.name() + " enable trigger user");
    }
    for (var sequence : manifest.sequences()) {
      try (var statement = connection.prepareStatement("select setval(cast(? as regclass), ?, ?)")) {
        statement.setString(1, sequence.name());
        statement.setLong(2, sequence.value());
        statement.setBoolean(3, sequence.called());
        statement.execute();
      }
    }
    return new Backup.Summary(manifest.tables().size(), manifest.tables().stream().mapToLong(Table::rows).sum(),
        manifest.createdAt());
  }

  /** Partitions are made as time passes, so a fresh store has others than the backup. */
  private void matchPartitions(Connection connection, List<Partition> here) throws SQLException {
    for (var partition : here.reversed()) {
      if (!manifest.partitions().contains(partition)) {
        execute(connection, "drop table " + partition.name());
      }
    }
    for (var partition : manifest.partitions()) {
      if (!here.contains(partition)) {
        var further = partition.partitionBy() == null ? "" : " partition by " + partition.partitionBy();
        execute(connection, "create table " + partition.name() + " partition of " + partition.parent() + " "
            + partition.bounds() + further);
        if (partition.walled()) {
          execute(connection, "call wall('" + partition.name().replace("'", "''") + "')");
        }
      }
    }
  }

  private static long ask(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
