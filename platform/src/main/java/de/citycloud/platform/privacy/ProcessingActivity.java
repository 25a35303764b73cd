package de.citycloud.platform.privacy;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Something the city does with personal data (German: <i>Verarbeitungstätigkeit</i>, Art. 30 DSGVO). Its texts are the
 * messages {@code activity.<key>.<part>} in both languages, one for each of {@link #PARTS}.
 *
 * @param key as in {@code serves('<key>', …)} of the migration: lower case letters, digits, hyphens
 */
public record ProcessingActivity(String key) {
  /** What the register says of each activity, in its order. */
  public static final List<String> PARTS = List.of("name", "purpose", "basis", "persons", "data", "recipients",
      "retention", "measures");
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{1,39}");

  public ProcessingActivity {
    if (!FORM.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "The key of an activity is \"%s\", expected lower case letters, digits and hyphens.".formatted(key));
    }
  }

  /** Message key of one of the {@link #PARTS}. */
  public String message(String part) {
    return "activity." + key + "." + part;
  }
}
