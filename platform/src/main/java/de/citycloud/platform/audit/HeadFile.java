package de.citycloud.platform.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signed heads, one JSON object a line, each with the SHA-256 of the line before. Only ever appended to; a line is on
 * disk when {@link #append} returns. Programs that share it take turns by a lock on the file.
 */
final class HeadFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  /** Hash before the first line. */
  private static final String NOTHING = "0".repeat(64);

  private final Path file;
  private final SigningKey key;

  HeadFile(Path file, SigningKey key) {
    this.file = file;
    this.key = key;
  }

  /** The end of a chain. */
  record Head(int municipality, long seq, String hash) {}

  void append(String kind, List<Head> heads) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var lock = channel.lock()) {
      var before = lastLine();
      var text = new StringBuilder();
      if (!before.isEmpty() && !before.endsWith("\n")) {
        text.append('\n'); // a line cut by a crash stays visible as what it is
      }
      before = before.stripTrailing();
      for (var head : heads) {
        var line = line(kind, head, before.isEmpty() ? NOTHING : sha256(before));
        text.append(line).append('\n');
        before = line;
      }
      var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** Lines that {@code wanted} takes, in order. */
  List<String> lines(Predicate<String> wanted) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(wanted).toList();
    }
  }

  private String line(String kind, Head head, String before) {
    var at = Instant.now().toString();
    var signed = String.join("\n", "city-audit-head-1", kind, Integer.toString(head.municipality),
        Long.toString(head.seq), head.hash, at, before);
    var line = new LinkedHashMap<String, Object>();
    line.put("kind", kind);
    line.put("municipality", head.municipality);
    line.put("seq", head.seq);
    line.put("hash", head.hash);
    line.put("at", at);
    line.put("before", before);
    line.put("signature", key.sign(signed));
    return JSON.writeValueAsString(line);
  }

  /** The last line with its end, found from the back: the file is long after some years. */
  private String lastLine() throws IOException {
    try (var read = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, read.length() - 4_096);
      var tail = new byte[(int) (read.length() - from)];
      read.seek(from);
      read.readFully(tail);
      var text = new String(tail, StandardCharsets.UTF_8);
      int start = text.stripTrailing().lastIndexOf('\n');
      return text.substring(start + 1);
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
