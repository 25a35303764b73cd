package de.citycloud.platform.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a command: positions and options, in any order.
 *
 * @param positions what is no option, in order
 * @param options value of each {@code --name value} or {@code --name=value}; {@code true} for a switch
 */
record Arguments(List<String> positions, Map<String, String> options) {
  /**
   * Sorts {@code words}.
   *
   * @param valued names of the options that take a value, without dashes
   * @param switches names of the options that take none
   * @throws UsageException if an option is unknown or lacks its value
   */
  static Arguments parse(List<String> words, Set<String> valued, Set<String> switches) {
    var positions = new ArrayList<String>();
    var options = new LinkedHashMap<String, String>();
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      if (!word.startsWith("--")) {
        positions.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      var name = word.substring(2, equals < 0 ? word.length() : equals);
      if (switches.contains(name) && equals < 0) {
        options.put(name, "true");
      } else if (!valued.contains(name)) {
        throw new UsageException("""
                                 "%s" is not an option here, expected %s.
                                 Maybe "./city help" shows what you mean.""".formatted(word, listOf(valued, switches)));
      } else if (equals >= 0) {
        options.put(name, word.substring(equals + 1));
      } else if (++i < words.size()) {
        options.put(name, words.get(i));
      } else {
        throw new UsageException("%s stands last, expected a value after it.".formatted(word));
      }
    }
    return new Arguments(positions, options);
  }

  /** The option's value; null if it was not given. */
  @Nullable
  String find(String name) {
    return options.get(name);
  }

  /** The option's value, or {@code otherwise}. */
  String get(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  /** @throws UsageException unless exactly these positions were given */
  void expect(String... names) {
    if (positions.size() != names.length) {
      throw new UsageException("""
                               %d argument(s) were given, expected %d: %s.
                               Maybe "./city help" shows what you mean.""".formatted(positions.size(), names.length,
          String.join(" ", names)));
    }
  }

  private static String listOf(Set<String> valued, Set<String> switches) {
    var all = new ArrayList<String>();
    valued.stream().sorted().forEach(name -> all.add("--" + name));
    switches.stream().sorted().forEach(name -> all.add("--" + name));
    return all.isEmpty() ? "none" : String.join(", ", all);
  }
}
