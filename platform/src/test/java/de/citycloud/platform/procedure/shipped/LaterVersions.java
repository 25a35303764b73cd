package de.citycloud.platform.procedure.shipped;

import de.citycloud.platform.procedure.pack.PackageReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Versions that are newer than those in {@code procedures/}, for tests of updates: the files of the base, replaced by
 * those in {@code src/test/resources/later-versions/<key>/<version>/}.
 */
public final class LaterVersions {
  private LaterVersions() {}

  /** The files of the package, by name. @param version one that has a folder */
  public static Map<String, byte[]> files(String key, String version) throws IOException {
    var files = new TreeMap<String, byte[]>(PackageReader.filesOf(Path.of("..", "procedures", key)));
    files.putAll(PackageReader.filesOf(Path.of("src", "test", "resources", "later-versions", key, version)));
    return files;
  }
}
