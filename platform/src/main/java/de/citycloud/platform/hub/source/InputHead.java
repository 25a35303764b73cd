package de.citycloud.platform.hub.source;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The beginning of an input.
 *
 * @param name name of the file or address
 * @param text first bytes read as ISO-8859-1, without byte-order mark and leading white space
 */
public record InputHead(String name, String text) {
  /** How many bytes of an input are looked at. */
  public static final int BYTES = 8192;

  static InputHead of(String name, byte[] bytes) {
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    return new InputHead(name, text.replaceFirst("^(\u00EF\u00BB\u00BF)?\\s*", ""));
  }

  /** True if it begins as XML does. */
  public boolean isXml() {
    return text.startsWith("<");
  }

  /** True if it begins as a JSON object or list does. */
  public boolean isJson() {
    return text.startsWith("{") || text.startsWith("[");
  }

  /** True if {@code pattern} is found. */
  public boolean contains(Pattern pattern) {
    return pattern.matcher(text).find();
  }

  /** True if a JSON member of this name is found. */
  public boolean hasMember(String name) {
    return contains(Pattern.compile("\"" + Pattern.quote(name) + "\"\\s*:"));
  }
}
