package de.citycloud.platform.upload;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Kinds of files that can be taken at all; a form names those it wants. */
public enum UploadType {
  /** Photos. */
  JPEG("image/jpeg", "jpg", "jpeg"),
  /** Drawings and pictures of screens. */
  PNG("image/png", "png"),
  /** Documents. */
  PDF("application/pdf", "pdf");

  private final String mediaType;
  private final Set<String> endings;

  UploadType(String mediaType, String... endings) {
    this.mediaType = mediaType;
    this.endings = Set.of(endings);
  }

  /** Media type, e.g. {@code image/png}. */
  public String mediaType() {
    return mediaType;
  }

  boolean isImage() {
    return mediaType.startsWith("image/");
  }

  /** True if a file of this kind may be called so. */
  boolean fits(String name) {
    return endings.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  static Optional<UploadType> of(String mediaType) {
    return Arrays.stream(values()).filter(type -> type.mediaType.equals(mediaType)).findFirst();
  }
}
