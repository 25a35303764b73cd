package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.Token.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts {@code $filter} and {@code $orderby} into tokens. */
final class Tokenizer {
  private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,12})?)?(?:[Zz]|[-+ ]\\d\\d:?\\d\\d)";
  private static final Pattern TIME = Pattern.compile(INSTANT + "(?:/(?:" + INSTANT + "|P[\\dA-Z.]{1,40}))?");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d(?![\\w:])");
  private static final Pattern CLOCK = Pattern.compile("\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?![\\w:])");
  private static final Pattern NUMBER = Pattern
      .compile("[-+]?\\d{1,400}(?:\\.\\d{1,400})?(?:[eE][-+]?\\d{1,5})?(?![\\w:])");
  private static final Pattern WORD = Pattern
      .compile("[@\\p{L}_][\\p{L}\\p{M}\\p{N}_.@:-]*(?:/[@\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_.@:-]*)*");

  private final String option;
  private final String text;
  private final Matcher matcher;
  private int at;

  private Tokenizer(String option, String text) {
    this.option = option;
    this.text = text;
    this.matcher = TIME.matcher(text);
  }

  /** @throws SensorThingsProblem 400, names the position */
  static List<Token> tokens(String option, String text) {
    return new Tokenizer(option, text).tokens();
  }

  private List<Token> tokens() {
    var tokens = new ArrayList<Token>();
    while (true) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at == text.length()) {
        tokens.add(new Token(Kind.END, "", "", at + 1));
        return tokens;
      }
      tokens.add(next());
    }
  }

  private Token next() {
    int start = at;
    char c = text.charAt(at);
    switch (c) {
      case '(' :
        return symbol(Kind.OPEN);
      case ')' :
        return symbol(Kind.CLOSE);
      case ',' :
        return symbol(Kind.COMMA);
      case '\'' :
        return literal(start, quoted());
      default :
        break;
    }
    if (text.startsWith("geography'", at) || text.startsWith("geometry'", at)) {
      at = text.indexOf('\'', at);
      var wkt = quoted();
      return literal(start, wrap(start, () -> Geometries.ofText(wkt)));
    }
    if (text.startsWith("duration'", at)) {
      at = text.indexOf('\'', at);
      var duration = quoted();
      return literal(start, wrap(start, () -> duration(duration)));
    }
    if (found(TIME)) {
      // A plus that nobody encoded arrives as a space.
      return literal(start, wrap(start, () -> TimeText.parse(text.substring(start, at).replace(' ', '+'))));
    }
    if (found(DATE)) {
      return literal(start, wrap(start, () -> LocalDate.parse(text.substring(start, at))));
    }
    if (found(CLOCK)) {
      return literal(start, wrap(start, () -> LocalTime.parse(text.substring(start, at))));
    }
    if (found(NUMBER)) {
      double number = Double.parseDouble(text.substring(start, at));
      if (!Double.isFinite(number)) {
        throw problem(start, "expected a number that fits into 64 bits");
      }
      return literal(start, exact(text.substring(start, at), number));
    }
    if (found(WORD)) {
      return word(start);
    }
    at++;
    throw problem(start, "expected a property, a function or a value");
  }

  /** A whole number that a double would round, as ids of Observations are, stays a Long. */
  private static Object exact(String text, double number) {
    boolean whole = Math.abs(number) > 1L << 53 && Math.abs(number) < Long.MAX_VALUE
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return whole ? (Object) Long.valueOf(text) : (Object) number;
  }

  private Token word(int start) {
    var word = text.substring(start, at);
    return switch (word) {
      case "true" -> literal(start, Boolean.TRUE);
      case "false" -> literal(start, Boolean.FALSE);
      case "null" -> literal(start, Expression.Nothing.NULL);
      default -> new Token(Kind.WORD, word, word, start + 1);
    };
  }

  private boolean found(Pattern pattern) {
    matcher.usePattern(pattern).region(at, text.length());
    if (matcher.lookingAt()) {
      at = matcher.end();
      return true;
    }
    return false;
  }

  /** The text between the quote at the current position and its partner; two quotes inside are one. */
  private String quoted() {
    int start = at;
    var value = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '\'') {
        value.append(c);
      } else if (at < text.length() && text.charAt(at) == '\'') {
        value.append('\'');
        at++;
      } else {
        if (value.indexOf("\0") >= 0) {
          throw problem(start, "expected a text without the character U+0000");
        }
        return value.toString();
      }
    }
    throw problem(start, "expected a closing single quote");
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("is \"" + text + "\", expected a duration such as PT5M.", e);
    }
  }

  private interface Reading {
    Object read();
  }

  private Object wrap(int start, Reading reading) {
    try {
      return reading.read();
    } catch (IllegalArgumentException | DateTimeException e) {
      throw SensorThingsProblem.badRequest("%s: the value at position %d %s".formatted(option, start + 1,
          e instanceof DateTimeException ? "cannot be read: " + e.getMessage() : e.getMessage()));
    }
  }

  private Token literal(int start, Object value) {
    return new Token(Kind.LITERAL, text.substring(start, at), value, start + 1);
  }

  private Token symbol(Kind kind) {
    at++;
    return new Token(kind, text.substring(at - 1, at), "", at);
  }

  private SensorThingsProblem problem(int start, String expected) {
    var shown = text.substring(start, Math.min(text.length(), start + 40));
    return SensorThingsProblem.badRequest("%s: \"%s\" stands at position %d, %s.".formatted(option, shown, start + 1,
        expected));
  }
}
