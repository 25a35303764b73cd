package de.citycloud.platform.upload;

import java.util.Set;

/**
 * What a form takes.
 *
 * @param types kinds of files, at least one
 * @param maxBytes size of one file, 1 to 20 MB
 * @param forThePublic true if everybody may see the file: pictures then lose what they carry besides the picture
 */
public record UploadPolicy(Set<UploadType> types, long maxBytes, boolean forThePublic) {
  public UploadPolicy {
    types = Set.copyOf(types);
    if (types.isEmpty() || maxBytes < 1 || maxBytes > 20L << 20) {
      throw new IllegalArgumentException(
          "A form takes %d kinds of files of %d bytes, expected one kind or more and 1 to %d bytes."
              .formatted(types.size(), maxBytes, 20L << 20));
    }
  }
}
