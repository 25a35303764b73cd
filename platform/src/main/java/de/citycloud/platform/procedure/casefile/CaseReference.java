package de.citycloud.platform.procedure.casefile;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The reference of a case (German: <i>Aktenzeichen</i>), e.g. {@code 2026-7K3F-9QXD}: year and eight characters that
 * cannot be confused when read aloud (no 0, O, 1, I, L). Says nothing about how many cases there are.
 */
public record CaseReference(String text) {
  private static final Pattern FORM = Pattern.compile("20\\d\\d-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}");

  public CaseReference {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "The reference is \"%s\", expected one like 2026-7K3F-9QXD.".formatted(text));
    }
  }

  /** The reference as somebody typed it, with small letters, spaces or without hyphens; empty if it cannot be one. */
  public static Optional<CaseReference> parse(String typed) {
    var bare = typed.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "");
    if (bare.length() != 12) {
      return Optional.empty();
    }
    var text = bare.substring(0, 4) + "-" + bare.substring(4, 8) + "-" + bare.substring(8);
    return FORM.matcher(text).matches() ? Optional.of(new CaseReference(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
