package de.citycloud.platform.privacy.keys;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;

/**
 * The key store's own backup: one file a day in {@code keys/backup} of the data folder, a line for each key (wrapped, so
 * worthless without the deployment's key) and each erasure. Older ones than the days promised are deleted, and with
 * them the last copy of an erased person's key.
 */
public final class KeyBackup {
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'keys-'yyyyMMdd-HHmmss'.jsonl'")
      .withZone(ZoneOffset.UTC);

  private final Path folder;

  /** @param keys folder {@code keys} of the data folder */
  public KeyBackup(Path keys) {
    this.folder = keys.resolve("backup");
  }

  /** One line: a key, or an erasure. */
  record Line(@Nullable Integer municipality, @Nullable String person, byte @Nullable [] wrapped,
      @Nullable Instant createdAt, ErasureList.@Nullable Line erasure) {}

  /** Writes today's backup and returns it. */
  public Path write(JdbcClient owner, Instant now) throws IOException {
    Files.createDirectories(folder);
    var target = folder.resolve(NAME.format(now));
    var part = folder.resolve(target.getFileName() + ".part");
    Files.deleteIfExists(part);
    ErasureList.createPrivate(part);
    try (var channel = FileChannel.open(part, StandardOpenOption.WRITE);
        var out = new BufferedWriter(
            new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8))) {
      owner.sql("select municipality_id, person, wrapped, created_at from keystore.person_key order by 1, 2")
          .query(row -> {
            write(out, new Line(row.getInt(1), row.getString(2), row.getBytes(3),
                row.getObject(4, OffsetDateTime.class).toInstant(), null));
          });
      for (var erasure : erasures(owner)) {
        write(out, new Line(null, null, null, null, erasure));
      }
      out.flush();
      channel.force(true);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return target;
  }

  /** Deletes backups older than {@code days}; returns how many. */
  public int forget(Instant now, int days) throws IOException {
    var oldest = NAME.format(now.minus(java.time.Duration.ofDays(days)));
    int gone = 0;
    for (var file : listAll()) {
      if (file.getFileName().toString().compareTo(oldest) < 0) {
        Files.delete(file);
        gone++;
      }
    }
    return gone;
  }

  /** The newest backup; empty if there is none. */
  public Optional<Path> findNewest() throws IOException {
    return listAll().stream().max(Comparator.naturalOrder());
  }

  /**
   * Puts keys and erasures of {@code file} into the key store, beside what is there.
   *
   * @return how many keys came back
   * @throws IllegalStateException if the file is none of ours
   */
  public static int read(JdbcClient owner, Path file) throws IOException {
    int keys = 0;
    try (var lines = Files.lines(file)) {
      for (var text : (Iterable<String>) lines::iterator) {
        var line = ErasureList.JSON.readValue(text, Line.class);
        if (line.erasure != null) {
          put(owner, line.erasure);
        } else if (line.municipality != null && line.person != null && line.wrapped != null && line.createdAt != null) {
          keys += owner.sql("""
                            insert into keystore.person_key (municipality_id, person, wrapped, created_at)
                            values (?, ?, ?, ?) on conflict do nothing
                            """).params(line.municipality, line.person, line.wrapped,
              line.createdAt.atOffset(ZoneOffset.UTC)).update();
        }
      }
    } catch (JacksonException | UncheckedIOException e) {
      throw new IllegalStateException("""
                                      %s is no backup of a key store.
                                      Maybe take another one from keys/backup.""".formatted(file), e);
    }
    return keys;
  }

  /** Puts one erasure into the key store unless it is there. */
  public static void put(JdbcClient owner, ErasureList.Line erasure) {
    owner.sql("""
              insert into keystore.erasure (municipality_id, person, erased_at, receipt) values (?, ?, ?, ?)
              on conflict do nothing
              """).params(erasure.municipality(), erasure.person(), erasure.erasedAt().atOffset(ZoneOffset.UTC),
        erasure.receipt()).update();
  }

  static List<ErasureList.Line> erasures(JdbcClient owner) {
    return owner.sql("select municipality_id, person, erased_at, receipt from keystore.erasure order by erased_at")
        .query((row, number) -> new ErasureList.Line(row.getInt(1), row.getString(2),
            row.getObject(3, OffsetDateTime.class).toInstant(), row.getString(4)))
        .list();
  }

  private List<Path> listAll() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches("keys-\\d{8}-\\d{6}\\.jsonl")).toList();
    }
  }

  private static void write(BufferedWriter out, Line line) {
    try {
      out.write(ErasureList.JSON.writeValueAsString(line));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
