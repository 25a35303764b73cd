package de.citycloud.platform.message;

import java.util.regex.Pattern;

/**
 * A mail address that is safe in a header: one address, no display name, nothing that begins a new line.
 *
 * @param text e.g. {@code erika@stadt.example}; 3 to 254 characters
 */
public record MailAddress(String text) {
  private static final Pattern FORM = Pattern.compile(
      "[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,62})(\\.[\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,62}))*");

  public MailAddress {
    if (!isValid(text)) {
      throw new IllegalArgumentException("This is no mail address, expected one like name@example.org.");
    }
  }

  /** True if {@code text} is one mail address. */
  public static boolean isValid(String text) {
    return text.length() <= 254 && FORM.matcher(text).matches();
  }

  /** So much that somebody who knows it recognises it: {@code e…@stadt.example}. */
  String masked() {
    return text.substring(0, text.offsetByCodePoints(0, 1)) + "…" + text.substring(text.indexOf('@'));
  }

  /** Logs never hold an address. */
  @Override
  public String toString() {
    return masked();
  }
}
