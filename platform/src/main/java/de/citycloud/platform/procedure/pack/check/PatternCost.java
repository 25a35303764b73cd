package de.citycloud.platform.procedure.pack.check;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Bounds in how many ways a regular expression can try to match a text: the product of the choices of its quantifiers
 * and alternatives. Patterns that may try more than a million ways are refused, as is syntax whose cost is not bounded
 * so: look-around and back references.
 */
final class PatternCost {
  private static final double MOST_WAYS = 1e6;
  private final String text;
  private final int length;
  private int at;

  private PatternCost(String text, int length) {
    this.text = text;
    this.length = length;
  }

  /** What is wrong with {@code pattern} for texts of at most {@code length} characters; empty if nothing is. */
  static Optional<String> troubleOf(String pattern, int length) {
    try {
      Pattern.compile(pattern);
      var cost = new PatternCost(pattern, Math.max(2, length));
      double ways = cost.alternatives();
      if (cost.at < pattern.length()) {
        return Optional.of("has a bracket too many");
      }
      return ways > MOST_WAYS
          ? Optional.of("may need very long for some texts, expected fewer repetitions.\nMaybe give them limits, "
              + "for example [0-9]{1,4}")
          : Optional.empty();
    } catch (PatternSyntaxException | UnsupportedOperationException e) {
      return Optional.of("is not understood: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.of("is not understood, expected plain brackets and repetitions");
    }
  }

  private double alternatives() {
    double ways = sequence();
    while (at < text.length() && text.charAt(at) == '|') {
      at++;
      ways += sequence();
    }
    return ways;
  }

  private double sequence() {
    double ways = 1;
    while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      ways = Math.min(1e30, ways * quantified(atom()));
    }
    return ways;
  }

  private double atom() {
    char c = text.charAt(at++);
    switch (c) {
      case '(' -> {
        if (at < text.length() && text.charAt(at) == '?') {
          if (!text.startsWith("?:", at)) {
            throw new UnsupportedOperationException("(? with other than (?: is not allowed");
          }
          at += 2;
        }
        double inner = alternatives();
        at++;
        return inner;
      }
      case '[' -> skipClass();
      case '\\' -> {
        char escaped = text.charAt(at++);
        if (Character.isDigit(escaped) || escaped == 'k' || escaped == 'Q') {
          throw new UnsupportedOperationException("back references and \\Q are not allowed");
        }
        if ((escaped == 'p' || escaped == 'P') && at < text.length() && text.charAt(at) == '{') {
          at = text.indexOf('}', at) + 1;
        }
      }
      default -> {
      }
    }
    return 1;
  }

  private void skipClass() {
    for (int depth = 1; depth > 0;) {
      char c = text.charAt(at++);
      if (c == '\\') {
        at++;
      } else if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth--;
      }
    }
  }

  private double quantified(double inner) {
    if (at >= text.length()) {
      return inner;
    }
    int least;
    int most;
    switch (text.charAt(at)) {
      case '?' -> {
        least = 0;
        most = 1;
        at++;
      }
      case '*', '+' -> {
        least = text.charAt(at) == '*' ? 0 : 1;
        most = length;
        at++;
      }
      case '{' -> {
        int end = text.indexOf('}', at);
        var bounds = text.substring(at + 1, end).split(",", -1);
        least = Integer.parseInt(bounds[0]);
        most = bounds.length == 1 ? least : bounds[1].isEmpty() ? length : Integer.parseInt(bounds[1]);
        at = end + 1;
      }
      default -> {
        return inner;
      }
    }
    if (at < text.length() && (text.charAt(at) == '?' || text.charAt(at) == '+')) {
      at++;
    }
    most = Math.min(most, length);
    return Math.min(1e30, Math.pow(inner, most) * Math.max(1, most - least + 1));
  }
}
