package de.citycloud.platform.guard;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Opens gzip and zip without trusting them: at most 100 times the packed size (after the first MB), 512 MB and 1,000
 * entries in all, and no name that leaves its folder. Nothing is written to disk, archives within archives stay closed.
 */
public final class SafeArchive {
  /** How many times larger than packed the content may be. */
  public static final int MAX_RATIO = 100;
  /** How large the content may be in all. */
  public static final long MAX_BYTES = 512L << 20;
  /** How many entries a zip may have. */
  public static final int MAX_ENTRIES = 1_000;
  private static final long RATIO_FREE_BYTES = 1L << 20;
  private static final Pattern UNSAFE_NAME = Pattern
      .compile("^[/\\\\].*|^[A-Za-z]:.*|(^|.*[/\\\\])\\.\\.([/\\\\].*|$)|.*[\\x00-\\x1f].*", Pattern.DOTALL);

  private SafeArchive() {}

  /** Receives one file of an archive, or the input itself if it is none. */
  @FunctionalInterface
  public interface Reader {
    /**
     * @param name name of the file within the archive, or of the input
     * @param content its bytes; closed by the caller
     */
    void read(String name, InputStream content) throws IOException;
  }

  /**
   * Reads {@code in}: a zip entry by entry, a gzip unpacked, all else as it is.
   *
   * @throws LimitExceeded if the archive breaks a limit; entries before it were already read
   * @throws ZipException if it is damaged
   */
  public static void read(String name, InputStream in, Reader reader) throws IOException {
    var buffered = new BufferedInputStream(in, 1 << 16);
    buffered.mark(4);
    var magic = buffered.readNBytes(4);
    buffered.reset();
    if (startsWith(magic, 0x1f, 0x8b)) {
      var packed = new Counting(buffered);
      var inner = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
      reader.read(inner, new Guarded(new GZIPInputStream(packed, 1 << 13), packed, new Total(), name));
    } else if (startsWith(magic, 'P', 'K', 3, 4) || startsWith(magic, 'P', 'K', 5, 6)) {
      readZip(name, buffered, reader);
    } else {
      reader.read(name, new LimitedStream(buffered, MAX_BYTES, name));
    }
  }

  /**
   * Unpacks a body that HTTP calls {@code gzip} or {@code deflate}, within the same limits.
   *
   * @throws LimitExceeded if the encoding is another one
   */
  public static InputStream decode(String contentEncoding, InputStream in) throws IOException {
    var packed = new Counting(in);
    return switch (contentEncoding.strip().toLowerCase(java.util.Locale.ROOT)) {
      case "", "identity" -> new LimitedStream(in, MAX_BYTES, "The body");
      case "gzip", "x-gzip" -> new Guarded(new GZIPInputStream(packed, 1 << 13), packed, new Total(), "The body");
      case "deflate" -> new Guarded(new InflaterInputStream(packed), packed, new Total(), "The body");
      default ->
        throw new LimitExceeded("The content encoding is \"%s\", expected gzip or none.".formatted(contentEncoding));
    };
  }

  private static void readZip(String name, InputStream in, Reader reader) throws IOException {
    var packed = new Counting(in);
    var total = new Total();
    try (var zip = new ZipInputStream(packed)) {
      int entries = 0;
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (++entries > MAX_ENTRIES) {
          throw new LimitExceeded("%s has more than %,d entries, expected fewer.".formatted(name, MAX_ENTRIES));
        }
        if (UNSAFE_NAME.matcher(entry.getName()).matches()) {
          throw new LimitExceeded("%s has an entry named \"%s\", expected a name that stays in its folder."
              .formatted(name, printable(entry.getName())));
        }
        if (!entry.isDirectory()) {
          // what the reader leaves unread is inflated by closeEntry, so it is drained here, where the limits hold
          var content = new Guarded(new Unclosed(zip), packed, total, name + "/" + entry.getName());
          reader.read(entry.getName(), content);
          content.transferTo(java.io.OutputStream.nullOutputStream());
        }
      }
    } catch (IllegalArgumentException e) {
      throw new ZipException("%s has an entry whose name is no text, expected UTF-8.".formatted(name));
    }
  }

  private static String printable(String text) {
    var clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > 100 ? clean.substring(0, 100) + "…" : clean;
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static final class Total {
    private long bytes;
  }

  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count += b >= 0 ? 1 : 0;
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      count += Math.max(0, n);
      return n;
    }
  }

  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // the archive goes on
    }
  }

  private static final class Guarded extends FilterInputStream {
    private final Counting packed;
    private final Total total;
    private final String what;

    Guarded(InputStream in, Counting packed, Total total, String what) {
      super(in);
      this.packed = packed;
      this.total = total;
      this.what = what;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      if (n > 0) {
        total.bytes += n;
        if (total.bytes > MAX_BYTES) {
          throw new LimitExceeded("%s unpacks to more than %,d bytes, expected less.".formatted(what, MAX_BYTES));
        }
        if (total.bytes > RATIO_FREE_BYTES && total.bytes / MAX_RATIO > packed.count) {
          throw new LimitExceeded(
              "%s unpacks to more than %d times its size, expected less.".formatted(what, MAX_RATIO));
        }
      }
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      return Math.max(0, read(new byte[(int) Math.min(n, 8192)], 0, (int) Math.min(n, 8192)));
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
