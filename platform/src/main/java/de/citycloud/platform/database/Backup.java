package de.citycloud.platform.database;

import de.citycloud.platform.database.BackupManifest.Table;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the whole store into one ZIP file: every table as of one instant, while the program goes on. It reads with
 * {@code row_security = off}, so a role that would see only some rows fails instead of losing the others.
 */
public final class Backup {
  private Backup() {}

  /**
   * Writes {@code file}; an older one of this name is replaced only once the new one is complete and on disk.
   *
   * @return tables and rows written, for people
   */
  public static Summary write(DatabaseProperties properties, Path file) throws IOException, SQLException {
    var target = file.toAbsolutePath().normalize();
    var part = target.resolveSibling(target.getFileName() + ".part");
    try (var visit = StoreVisit.attach(properties); var connection = snapshot(visit.access())) {
      if (new StoreCatalogue(connection).migrations().isEmpty()) {
        throw new IllegalStateException("""
                                        There is nothing to back up: the store is empty.
                                        Maybe --data names another folder than the program's.""");
      }
      var summary = write(connection, part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return summary;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Opens a connection that sees one instant of all rows, whoever writes meanwhile. */
  private static Connection snapshot(DatabaseAccess access) throws SQLException {
    var connection = DriverManager.getConnection(access.url(), access.owner(), access.ownerPassword());
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read read only");
      statement.execute("set local row_security = off");
      statement.execute("set local statement_timeout = 0");
    }
    return connection;
  }

  private static Summary write(Connection connection, Path file) throws IOException, SQLException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.deleteIfExists(file);
      Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    var at = snapshotAt(connection);
    var catalogue = new StoreCatalogue(connection);
    var copied = new ArrayList<Table>();
    try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16))) {
      for (var table : catalogue.tables()) {
        zip.putNextEntry(new ZipEntry(table.entry()));
        copied.add(copy(connection, table, zip));
        zip.closeEntry();
      }
      var manifest = new BackupManifest(BackupManifest.FORMAT, at,
          connection.getMetaData().getDatabaseProductVersion(), catalogue.migrations(), catalogue.partitions(), copied,
          catalogue.sequences());
      zip.putNextEntry(new ZipEntry(BackupManifest.ENTRY));
      zip.write(JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
      zip.closeEntry();
      zip.finish();
      zip.flush();
      channel.force(true);
    }
    return new Summary(copied.size(), copied.stream().mapToLong(Table::rows).sum(), at);
  }

  /** When the transaction began, on the clock of the database; its snapshot was taken after that. */
  private static Instant snapshotAt(Connection connection) throws SQLException {
    try (var statement = connection.createStatement(); var row = statement.executeQuery("select now()")) {
      row.next();
      return row.getObject(1, java.time.OffsetDateTime.class).toInstant();
    }
  }

  private static Table copy(Connection connection, Table table, OutputStream out) throws SQLException, IOException {
    var digest = sha256();
    long rows = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(
        "copy %s (%s) to stdout (encoding 'UTF8')".formatted(table.name(), String.join(", ", table.columns())),
        new DigestOutputStream(new StayOpen(out), digest));
    return new Table(table.name(), table.columns(), rows, HexFormat.of().formatHex(digest.digest()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** How much was written or read, and of which moment it is. */
  public record Summary(int tables, long rows, Instant at) {}

  /** One entry's end is not the file's end. */
  private static final class StayOpen extends FilterOutputStream {
    StayOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() {
      // the next entry follows
    }
  }
}
