package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.procedure.pack.PackageArchive;
import de.citycloud.platform.procedure.pack.PackageFiles;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Versions of a small package with the origin of a test: the three of A2. */
public final class Versions {
  /** Its key. */
  public static final String KEY = "parkausweis";

  private Versions() {}

  /** The first one. */
  public static byte[] first(String origin) {
    return archive(of(origin));
  }

  /** 1.1.0: other words. */
  public static byte[] second(String origin) {
    return archive(changed(of(origin), "1.1.0")
        .replace("manifest.json", "Parken in Ihrer Zone.", "Parken in Ihrer Zone, auch am Sonntag."));
  }

  /** 2.0.0: a new required parameter without a default. */
  public static byte[] third(String origin) {
    return archive(changed(of(origin), "2.0.0").replace("parameters.json", "\n]",
        """
        ,
        {"key": "carSharing", "type": "boolean", "label": {"de": "Carsharing erlaubt?", "en": "Is car sharing allowed?"},
         "required": true, "legalSource": "§ 5 CsgG"}
        ]"""));
  }

  private static PackageFiles of(String origin) {
    return PackageFiles.parkausweis().replace("manifest.json", "\"ludwigsburg\"", "\"" + origin + "\"");
  }

  private static PackageFiles changed(PackageFiles files, String version) {
    return files.replace("manifest.json", "\"1.0.0\"", "\"" + version + "\"");
  }

  private static byte[] archive(PackageFiles files) {
    try {
      return PackageArchive.pack(files.files());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
