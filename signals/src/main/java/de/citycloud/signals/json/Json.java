package de.citycloud.signals.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads small JSON texts (RFC 8259) into maps, lists, texts, doubles and booleans; null stays out of maps and lists. */
public final class Json {
  private static final int MOST_CHARACTERS = 10_000_000;
  private static final int DEEPEST = 50;

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Reads one object.
   *
   * @throws IllegalArgumentException if the text is no JSON object; names the place
   */
  public static Map<String, Object> object(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "The JSON text has %d characters, expected at most %d.".formatted(text.length(), MOST_CHARACTERS));
    }
    var json = new Json(text);
    var value = json.value();
    json.blanks();
    if (json.at < text.length()) {
      throw json.wrong("the end");
    }
    if (value instanceof Map<?, ?> map) {
      var object = new LinkedHashMap<String, Object>();
      map.forEach((key, entry) -> object.put(String.valueOf(key), entry));
      return object;
    }
    throw new IllegalArgumentException("The JSON text is no object, expected { … }.");
  }

  private @Nullable Object value() {
    blanks();
    if (++depth > DEEPEST) {
      throw wrong("at most " + DEEPEST + " levels");
    }
    char next = at < text.length() ? text.charAt(at) : 0;
    Object value = switch (next) {
      case '{' -> map();
      case '[' -> list();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
    depth--;
    return value;
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong(word);
    }
    at += word.length();
    return value;
  }

  private Map<String, Object> map() {
    var map = new LinkedHashMap<String, Object>();
    at++;
    blanks();
    if (peek() == '}') {
      at++;
      return map;
    }
    while (true) {
      blanks();
      if (peek() != '"') {
        throw wrong("a name in quotes");
      }
      var name = string();
      blanks();
      expect(':');
      var value = value();
      if (value != null) {
        map.put(name, value);
      }
      blanks();
      if (peek() == '}') {
        at++;
        return map;
      }
      expect(',');
    }
  }

  private List<Object> list() {
    var list = new ArrayList<>();
    at++;
    blanks();
    if (peek() == ']') {
      at++;
      return list;
    }
    while (true) {
      var value = value();
      if (value != null) {
        list.add(value);
      }
      blanks();
      if (peek() == ']') {
        at++;
        return list;
      }
      expect(',');
    }
  }

  private String string() {
    var string = new StringBuilder();
    at++;
    while (peek() != '"') {
      char c = peek();
      at++;
      if (c == '\\') {
        char escaped = peek();
        at++;
        switch (escaped) {
          case 'n' -> string.append('\n');
          case 't' -> string.append('\t');
          case 'r' -> string.append('\r');
          case 'b' -> string.append('\b');
          case 'f' -> string.append('\f');
          case 'u' -> {
            if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
              throw wrong("four hexadecimal digits");
            }
            string.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
            at += 4;
          }
          case '"', '\\', '/' -> string.append(escaped);
          default -> throw wrong("an escape of JSON");
        }
      } else {
        string.append(c);
      }
    }
    at++;
    return string.toString();
  }

  private double number() {
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Double.parseDouble(text.substring(start, at));
    } catch (NumberFormatException e) {
      at = start;
      throw wrong("a value");
    }
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("more");
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw wrong("\"" + c + "\"");
    }
    at++;
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException("The JSON text has %s at character %d, expected %s.".formatted(
        at < text.length() ? "\"" + text.charAt(at) + "\"" : "its end", at + 1, expected));
  }
}
