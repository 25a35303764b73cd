package de.citycloud.platform.procedure.pack.read;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names that stand in double braces in a text. Allowed are <code>{{name}}</code>, and sections
 * <code>{{#name}}…{{/name}}</code> and <code>{{^name}}…{{/name}}</code> that are closed in order; nothing else that
 * Mustache knows: no unescaped values, no partials, no other braces.
 *
 * @param names all of them
 * @param trouble what is wrong; empty if nothing is
 */
public record Placeholders(Set<String> names, Optional<String> trouble) {
  private static final Pattern TAG = Pattern.compile("\\{\\{([#^/]?)([a-z][a-zA-Z0-9]{0,39})}}");

  /** The placeholders of {@code text}. */
  public static Placeholders of(String text) {
    var names = new LinkedHashSet<String>();
    var open = new ArrayDeque<String>();
    var tag = TAG.matcher(text);
    for (int at = text.indexOf("{{"); at >= 0; at = text.indexOf("{{", tag.end())) {
      tag.region(at, text.length());
      if (!tag.lookingAt()) {
        return new Placeholders(names, Optional.of("\"%s\" is no placeholder, expected {{name}} or a section"
            .formatted(Findings.shown(text.substring(at, Math.min(text.length(), at + 30))))));
      }
      var name = tag.group(2);
      switch (tag.group(1)) {
        case "#", "^" -> {
          names.add(name);
          open.push(name);
        }
        case "/" -> {
          if (open.isEmpty() || !open.pop().equals(name)) {
            return new Placeholders(names, Optional.of("{{/%s}} closes what is not open".formatted(name)));
          }
        }
        default -> names.add(name);
      }
      if (open.size() > 5) {
        return new Placeholders(names, Optional.of("sections are nested deeper than 5"));
      }
    }
    return new Placeholders(names, open.isEmpty()
        ? Optional.empty()
        : Optional.of("{{#%s}} is not closed".formatted(open.peek())));
  }
}
