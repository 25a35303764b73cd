package de.citycloud.platform.privacy.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The list of erasures in a file beside the database, one line each, so that losing the database does not undo them. It
 * holds numbers and times, nothing about people.
 */
public final class ErasureList {
  /** Name of the file in the folder {@code keys} of the data folder. */
  public static final String FILE = "erasures.jsonl";
  static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;

  /** @param folder {@code keys} of the data folder */
  public ErasureList(Path folder) {
    this.file = folder.resolve(FILE);
  }

  /** One erasure. */
  public record Line(int municipality, String person, Instant erasedAt, String receipt) {}

  /** Adds a line and has it on disk when this returns. */
  public synchronized void add(Line line) throws IOException {
    if (!Files.exists(file)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      createPrivate(file);
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      var bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** All lines, oldest first; a last one that was cut by a crash is left out, the database has it. */
  public List<Line> readAll() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    var lines = new ArrayList<Line>();
    for (var text : Files.readAllLines(file)) {
      try {
        lines.add(JSON.readValue(text, Line.class));
      } catch (JacksonException e) {
        continue;
      }
    }
    return lines;
  }

  static void createPrivate(Path path) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(path);
    }
  }
}
