package de.citycloud.platform.procedure.pack;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Version of a package (semantic versioning 2.0 without suffixes). Patch: texts only. Minor: optional fields, parameters
 * with a default. Major: everything else.
 *
 * @param major 0 to 9999
 * @param minor 0 to 9999
 * @param patch 0 to 9999
 */
public record Version(int major, int minor, int patch) implements Comparable<Version> {
  private static final Pattern FORM = Pattern.compile("(0|[1-9]\\d{0,3})\\.(0|[1-9]\\d{0,3})\\.(0|[1-9]\\d{0,3})");
  private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
      .thenComparingInt(Version::minor).thenComparingInt(Version::patch);

  /** The version in {@code text}; empty if it is none. */
  public static Optional<Version> parse(String text) {
    var match = FORM.matcher(text);
    return match.matches()
        ? Optional.of(new Version(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)),
            Integer.parseInt(match.group(3))))
        : Optional.empty();
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
