package de.citycloud.platform.procedure.rules;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/** Texts of the language files for rules; without Spring, so that the command line has them, too. */
final class Said {
  private static final ResourceBundle.Control ONLY_ASKED = ResourceBundle.Control
      .getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  /** As many as the language files have texts. */
  private static final Map<Pattern, MessageFormat> FORMATS = new ConcurrentHashMap<>();

  private Said() {}

  /** The text {@code rules.<key>} with its parts filled. */
  static String text(Locale language, String key, Object... parts) {
    var locale = locale(language);
    var words = ResourceBundle.getBundle("messages", locale, ONLY_ASKED).getString("rules." + key);
    return parts.length == 0 ? words : format(locale, words).format(parts);
  }

  /** Reading a pattern costs more than filling it, and pages fill many; a format is for one at a time, so each gets a copy. */
  private static MessageFormat format(Locale locale, String words) {
    return (MessageFormat) FORMATS.computeIfAbsent(new Pattern(locale, words), key -> new MessageFormat(words, locale))
        .clone();
  }

  private record Pattern(Locale locale, String words) {}

  /** German or English. */
  static Locale locale(Locale language) {
    return language.getLanguage().equals("en") ? Locale.UK : Locale.GERMANY;
  }
}
