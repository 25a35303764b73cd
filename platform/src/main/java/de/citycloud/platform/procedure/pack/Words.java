package de.citycloud.platform.procedure.pack;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text in the languages of the platform. It may hold placeholders {@code {{annualFee}}} for parameters and, in
 * documents, for answers.
 *
 * @param de German, never blank
 * @param en English, never blank
 * @param plain plain German (<i>Leichte Sprache</i>); null if there is none, then German stands for it
 */
public record Words(String de, String en, @Nullable String plain) {
  public Words {
    if (de.isBlank() || en.isBlank()) {
      throw new IllegalArgumentException("A text is blank, expected German and English words.");
    }
  }

  /** The text in {@code language}: English for {@code en}, German otherwise. */
  public String in(Locale language) {
    return language.getLanguage().equals("en") ? en : de;
  }
}
