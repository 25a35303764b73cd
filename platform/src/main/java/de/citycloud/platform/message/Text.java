package de.citycloud.platform.message;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a message says. Its words are the messages {@code mail.<template>.subject} and {@code mail.<template>.text}, with
 * {@code {0}}, {@code {1}} … for the values; an empty line begins a new paragraph.
 *
 * @param template name of the words, lower case with hyphens and dots
 * @param language German or English
 * @param values in the order of their numbers
 * @param link address that the reader may follow, shown below the text; null for none
 * @param reference what it is about, for staff, e.g. {@code barrier report 4}; no personal text
 */
public record Text(String template, Locale language, List<String> values, @Nullable String link, String reference) {
  public Text {
    values = List.copyOf(values);
    if (link != null && !link.matches("https?://[^\\s\\p{Cntrl}\"<>]{1,1900}")) {
      throw new IllegalArgumentException("A link in a message is no web address: " + template);
    }
  }
}
