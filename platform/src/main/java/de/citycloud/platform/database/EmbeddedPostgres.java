package de.citycloud.platform.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * A PostgreSQL server of our own in a folder: unpacked once, initialised once, started on a free loopback port with
 * {@code fsync} on, stopped with the program. After a kill -9 the next start stops the orphan and lets PostgreSQL
 * recover from its log.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String OWNER = "postgres";
  private static final String APPLICATION = "city_app";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final DatabaseAccess access;
  private volatile boolean closed;

  private EmbeddedPostgres(Path folder, FileChannel lockFile, FileLock lock, DatabaseAccess access) {
    this.folder = folder;
    this.lockFile = lockFile;
    this.lock = lock;
    this.access = access;
  }

  /**
   * Starts the server of {@code data}, which is created if absent.
   *
   * @throws IllegalStateException if another program holds the folder, or the server does not start; names the log
   */
  public static EmbeddedPostgres start(Path data) {
    var folder = folderIn(data);
    try {
      Files.createDirectories(folder);
      var lockFile = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var lock = lock(lockFile, folder);
      var server = new EmbeddedPostgres(folder, lockFile, lock, access(folder, freePort()));
      try {
        server.start();
        return server;
      } catch (RuntimeException | IOException e) {
        server.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The database folder " + folder + " cannot be used.", e);
    }
  }

  /**
   * How to reach the server of a program that runs on {@code data} now; empty if none does.
   *
   * @throws IllegalStateException if a program holds the folder but its server is not up (yet)
   */
  public static Optional<DatabaseAccess> findRunning(Path data) {
    if (!isHeld(data)) {
      return Optional.empty();
    }
    var folder = folderIn(data);
    try {
      var notes = Files.readAllLines(folder.resolve("cluster").resolve("postmaster.pid"));
      return Optional.of(access(folder, Integer.parseInt(notes.get(3).strip())));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      throw new IllegalStateException(
          """
          A program holds the data folder %s, but its database does not answer.
          Maybe it is just starting or stopping; then try again in a few seconds.""".formatted(folder.getParent()), e);
    }
  }

  /** True if a program runs on {@code data}, or starts or stops there. */
  static boolean isHeld(Path data) {
    var file = folderIn(data).resolve("lock");
    if (!Files.exists(file)) {
      return false;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE); var lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("The lock " + file + " cannot be read.", e);
    }
  }

  /** How to reach the server. */
  public DatabaseAccess access() {
    return access;
  }

  /** Process id of the server, as it notes it itself. */
  public long pid() {
    return readPid().orElseThrow(() -> new IllegalStateException("The server in " + folder + " is not running."));
  }

  /** Stops the server, runs {@code meanwhile}, and starts it again on the same port; for tests of outages. */
  public void restart(Runnable meanwhile) throws IOException {
    run(List.of(program("pg_ctl"), "stop", "-D", cluster().toString(), "-m", "fast", "-w", "-t", "60"), "stop.log");
    meanwhile.run();
    start();
  }

  /** Stops the server and gives the folder free. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (readPid().isPresent()) {
        run(List.of(program("pg_ctl"), "stop", "-D", cluster().toString(), "-m", "fast", "-w", "-t", "60"), "stop.log");
      }
      lock.release();
      lockFile.close();
    } catch (IOException | RuntimeException e) {
      LOG.warn("The database in {} did not stop cleanly; the next start recovers it.", folder, e);
    }
  }

  /** Gives the folder free but lets the server run, as a kill -9 of this process would; for tests. */
  void abandon() throws IOException {
    closed = true;
    lock.release();
    lockFile.close();
  }

  private void start() throws IOException {
    unpack();
    if (!Files.exists(cluster().resolve("PG_VERSION"))) {
      initialise();
    }
    stopOrphan();
    var port = access.url().replaceAll(".*:(\\d+)/.*", "$1");
    var options = String.join(" ", "-p", port, "-c listen_addresses=127.0.0.1", "-c unix_socket_directories=",
        "-c fsync=on", "-c shared_buffers=128MB", "-c max_connections=100", "-c max_wal_size=2GB",
        "-c wal_compression=on", "-c jit=off", "-c random_page_cost=1.1", "-c timezone=UTC",
        "-c idle_in_transaction_session_timeout=60s",
        // The log is no place for data about people: no statement, no values, no "Failing row contains".
        "-c log_error_verbosity=terse", "-c log_min_error_statement=panic", "-c log_parameter_max_length_on_error=0",
        "-c log_parameter_max_length=0");
    int code = run(List.of(program("pg_ctl"), "start", "-D", cluster().toString(), "-w", "-t", "60", "-l",
        folder.resolve("server.log").toString(), "-o", options), "start.log");
    if (code != 0) {
      throw new IllegalStateException(
          """
          The embedded PostgreSQL in %s did not start (pg_ctl ended with %d).
          Maybe its log %s says why: often the disk is full or the folder belongs to another user.\
          """.formatted(folder, code, folder.resolve("server.log")));
    }
    ensureRoles();
  }

  private void initialise() throws IOException {
    var secret = folder.resolve("secret-owner");
    // A half-made cluster of an interrupted first start holds no data yet.
    deleteTree(cluster());
    int code = run(List.of(program("initdb"), "-D", cluster().toString(), "-U", OWNER, "-A", "scram-sha-256",
        "--pwfile=" + secret, "-E", "UTF8", "--locale-provider=icu", "--icu-locale=de", "--locale=C"), "initdb.log");
    if (code != 0) {
      deleteTree(cluster());
      throw new IllegalStateException("""
                                      The embedded PostgreSQL could not be initialised in %s (initdb ended with %d).
                                      Maybe %s says why.\
                                      """.formatted(folder, code, folder.resolve("initdb.log")));
    }
  }

  private void ensureRoles() {
    try (var connection = DriverManager.getConnection(access.url(), OWNER, access.ownerPassword());
        var statement = connection.createStatement()) {
      // The password is hexadecimal, made by us: safe inside quotes.
      statement
          .execute("""
                   do $$ begin
                     if not exists (select from pg_roles where rolname = '%1$s') then create role %1$s login; end if;
                   end $$;
                   alter role %1$s nosuperuser nobypassrls nocreatedb nocreaterole password '%2$s'
                   """.formatted(APPLICATION, access.applicationPassword()));
    } catch (SQLException e) {
      throw new IllegalStateException("The embedded PostgreSQL in " + folder + " does not accept its owner.", e);
    }
  }

  private void stopOrphan() throws IOException {
    var pid = readPid();
    if (pid.isEmpty()) {
      return;
    }
    var orphan = ProcessHandle.of(pid.get()).filter(this::isOurs);
    if (orphan.isPresent()) {
      LOG.info("Stopping the database that an earlier run left behind (process {}).", pid.get());
      run(List.of(program("pg_ctl"), "stop", "-D", cluster().toString(), "-m", "immediate", "-w", "-t", "30"),
          "stop.log");
      waitForEnd(orphan.get());
    }
    Files.deleteIfExists(cluster().resolve("postmaster.pid"));
  }

  private static void waitForEnd(ProcessHandle process) {
    try {
      process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    } catch (RuntimeException e) {
      throw new IllegalStateException("Process " + process.pid() + " still holds the database; end it first.", e);
    }
  }

  /** A process id is used again by the system: another program, even another database, must not be stopped. */
  private boolean isOurs(ProcessHandle process) {
    var info = process.info();
    boolean postgres = info.command().map(command -> command.endsWith("postgres") || command.endsWith("postgres.exe"))
        .orElse(false);
    return postgres && info.arguments().map(words -> List.of(words).contains(cluster().toString())).orElse(true);
  }

  private Optional<Long> readPid() {
    try (var lines = Files.lines(cluster().resolve("postmaster.pid"))) {
      return lines.findFirst().map(String::strip).filter(line -> line.matches("\\d+")).map(Long::valueOf);
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private void unpack() throws IOException {
    var done = folder.resolve("server").resolve(".unpacked");
    var resource = archiveName();
    try (var in = EmbeddedPostgres.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("""
                                        The program carries no PostgreSQL for this computer (%s).
                                        Maybe use an external one: --city.database.url=jdbc:postgresql://host/database.\
                                        """.formatted(resource));
      }
      if (Files.exists(done)) {
        return;
      }
      deleteTree(folder.resolve("server"));
      extract(in, folder.resolve("server"));
      Files.writeString(done, resource);
    }
  }

  private static void extract(InputStream archive, Path target) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive, 1 << 16)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("The archive wants to write outside of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(path.getParent());
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
          if ((entry.getMode() & 0100) != 0) {
            path.toFile().setExecutable(true);
          }
        }
      }
    }
  }

  private static String archiveName() {
    var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    var arm = System.getProperty("os.arch").matches("aarch64|arm64");
    var system = os.contains("mac") ? "darwin" : os.contains("win") ? "windows" : "linux";
    return "/postgres-" + system + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
  }

  private static Path folderIn(Path data) {
    return data.toAbsolutePath().normalize().resolve("postgresql");
  }

  private Path cluster() {
    return folder.resolve("cluster");
  }

  private String program(String name) {
    return folder.resolve("server/bin").resolve(name).toString();
  }

  /** Runs a server program with its output in a file: a pipe would be inherited by the server and never close. */
  private int run(List<String> command, String log) throws IOException {
    var whole = new ArrayList<String>();
    if ("root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/unshare"))) {
      // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody.
      whole.addAll(List.of("/usr/bin/unshare", "-U"));
    }
    whole.addAll(command);
    var output = folder.resolve(log).toFile();
    var process = new ProcessBuilder(whole).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output)).redirectInput(ProcessBuilder.Redirect.PIPE);
    process.environment().put("LC_ALL", "C");
    var running = process.start();
    running.getOutputStream().close();
    try {
      if (!running.waitFor(PATIENCE.toSeconds() + 30, TimeUnit.SECONDS)) {
        running.destroyForcibly();
        return -1;
      }
      return running.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private static FileLock lock(FileChannel channel, Path folder) throws IOException {
    @Nullable
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      LOG.debug("Held by this very process", e);
    }
    if (lock == null) {
      channel.close();
      throw new IllegalStateException("""
                                      The data folder %s is in use by another running program.
                                      Maybe stop that program, or choose another folder with --data.\
                                      """.formatted(folder.getParent()));
    }
    return lock;
  }

  private static DatabaseAccess access(Path folder, int port) throws IOException {
    return new DatabaseAccess("jdbc:postgresql://127.0.0.1:" + port + "/postgres", OWNER,
        secret(folder.resolve("secret-owner")), APPLICATION, secret(folder.resolve("secret-application")));
  }

  private static String secret(Path file) throws IOException {
    if (!Files.exists(file)) {
      var bytes = new byte[24];
      new SecureRandom().nextBytes(bytes);
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(file, HexFormat.of().formatHex(bytes));
    }
    return Files.readString(file).strip();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
