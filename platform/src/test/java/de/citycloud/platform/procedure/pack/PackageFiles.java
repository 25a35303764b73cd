package de.citycloud.platform.procedure.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Files of a small package that is right ({@code src/test/resources/packages/parkausweis}), to be changed by tests. */
public record PackageFiles(Map<String, byte[]> files) {
  private static final Path FOLDER = Path.of("src", "test", "resources", "packages", "parkausweis");

  /** As they stand. */
  public static PackageFiles parkausweis() {
    try {
      return new PackageFiles(PackageReader.filesOf(FOLDER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With one file changed or added. */
  public PackageFiles with(String name, String content) {
    var changed = new TreeMap<>(files);
    changed.put(name, content.getBytes(StandardCharsets.UTF_8));
    return new PackageFiles(changed);
  }

  /** Without a file. */
  public PackageFiles without(String name) {
    var changed = new TreeMap<>(files);
    assertThat(changed.remove(name)).as(name).isNotNull();
    return new PackageFiles(changed);
  }

  /** With {@code from}, which must be there, replaced in one file. */
  public PackageFiles replace(String name, String from, String to) {
    assertThat(text(name)).as(name).contains(from);
    return with(name, text(name).replace(from, to));
  }

  /** Words of a file. */
  public String text(String name) {
    return new String(files.get(name), StandardCharsets.UTF_8);
  }

  /** What the reader says to them. */
  public PackageReader.Reading read() {
    return PackageReader.read(files);
  }

  /** The package, which must be right. */
  public ProcedurePackage get() {
    var reading = read();
    assertThat(reading.findings()).as("findings").noneMatch(Finding::error);
    return reading.pack().orElseThrow();
  }
}
