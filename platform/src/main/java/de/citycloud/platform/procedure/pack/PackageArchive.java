package de.citycloud.platform.procedure.pack;

import de.citycloud.platform.guard.LimitExceeded;
import de.citycloud.platform.guard.SafeArchive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The archive of a package: a ZIP whose bytes follow from its files alone. Names are sorted, times fixed, nothing is
 * compressed; so the same files give the same bytes on every machine, and an archive that is not written so is refused.
 */
public final class PackageArchive {
  /** Files that a package may have. */
  public static final int MOST_FILES = 200;
  /** Size of one file, in bytes. */
  public static final int MOST_FILE_BYTES = 1 << 20;
  /** Size of all files together, in bytes. */
  public static final int MOST_BYTES = 5 << 20;
  private static final int MOST_ARCHIVE_BYTES = MOST_BYTES + MOST_FILES * 512 + 100;
  private static final Pattern NAME = Pattern.compile("(?!.*(\\.\\.|//|/\\.|/$))[a-z0-9][a-zA-Z0-9._/-]{0,119}");

  private PackageArchive() {}

  /** True if a file of a package may have this name: no way out of its folder, nothing hidden. */
  public static boolean allowed(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * The archive of these files.
   *
   * @throws LimitExceeded if there are too many or too large ones, or a name is not allowed
   */
  public static byte[] pack(Map<String, byte[]> files) throws LimitExceeded {
    var sorted = new TreeMap<>(files);
    if (sorted.size() > MOST_FILES) {
      throw new LimitExceeded("The package has %d files, expected at most %d.".formatted(sorted.size(), MOST_FILES));
    }
    long bytes = 0;
    for (var file : sorted.entrySet()) {
      bytes += file.getValue().length;
      check(file.getKey(), file.getValue().length, bytes);
    }
    var out = new ByteArrayOutputStream((int) bytes + 1_000);
    try (var zip = new ZipOutputStream(out)) {
      for (var file : sorted.entrySet()) {
        var crc = new CRC32();
        crc.update(file.getValue());
        var entry = new ZipEntry(file.getKey());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(file.getValue().length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * The files of an archive, by name.
   *
   * @throws LimitExceeded if it breaks a limit, has a name that leaves its folder or stands twice, or is not written as
   *     {@link #pack} writes it
   * @throws IOException if it is no archive
   */
  public static SequencedMap<String, byte[]> unpack(byte[] archive) throws IOException {
    if (archive.length > MOST_ARCHIVE_BYTES) {
      throw new LimitExceeded(
          "The archive has %,d bytes, expected at most %,d.".formatted(archive.length, MOST_ARCHIVE_BYTES));
    }
    if (archive.length < 4 || archive[0] != 'P' || archive[1] != 'K') {
      throw new LimitExceeded("The file is no package archive, expected what \"./city procedures pack\" writes.");
    }
    var files = new TreeMap<String, byte[]>();
    var total = new long[1];
    SafeArchive.read("The archive", new ByteArrayInputStream(archive), (name, content) -> {
      var bytes = content.readNBytes(MOST_FILE_BYTES + 1);
      total[0] += bytes.length;
      check(name, bytes.length, total[0]);
      if (files.put(name, bytes) != null) {
        throw new LimitExceeded("The archive holds \"%s\" twice, expected each name once.".formatted(name));
      }
      if (files.size() > MOST_FILES) {
        throw new LimitExceeded("The archive has more than %d files, expected fewer.".formatted(MOST_FILES));
      }
    });
    if (!Arrays.equals(archive, pack(files))) {
      throw new LimitExceeded(
          """
          The archive is not written as archives of packages are, expected sorted names, fixed times \
          and nothing besides.
          Maybe pack the folder again with "./city procedures pack".""");
    }
    return files;
  }

  /** SHA-256 of an archive, 64 hex digits. */
  public static String digest(byte[] archive) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(String name, int length, long total) throws LimitExceeded {
    if (!allowed(name)) {
      throw new LimitExceeded("A file is named \"%s\", expected letters, digits, ., -, _ and / that stay in the folder."
          .formatted(name.replaceAll("\\p{Cntrl}", "?")));
    }
    if (length > MOST_FILE_BYTES) {
      throw new LimitExceeded("\"%s\" has more than %,d bytes, expected less.".formatted(name, MOST_FILE_BYTES));
    }
    if (total > MOST_BYTES) {
      throw new LimitExceeded("The files have more than %,d bytes in all, expected less.".formatted(MOST_BYTES));
    }
  }
}
