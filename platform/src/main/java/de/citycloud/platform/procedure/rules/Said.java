package de.citycloud.platform.procedure.rules;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Texts of the language files for rules; without Spring, so that the command line has them, too. */
final class Said {
  private static final ResourceBundle.Control ONLY_ASKED = ResourceBundle.Control
      .getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private Said() {}

  /** The text {@code rules.<key>} with its parts filled. */
  static String text(Locale language, String key, Object... parts) {
    var locale = locale(language);
    var words = ResourceBundle.getBundle("messages", locale, ONLY_ASKED).getString("rules." + key);
    return parts.length == 0 ? words : new MessageFormat(words, locale).format(parts);
  }

  /** German or English. */
  static Locale locale(Locale language) {
    return language.getLanguage().equals("en") ? Locale.UK : Locale.GERMANY;
  }
}
