package de.citycloud.platform.hub.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * How to read a source: a small tree of texts, numbers, lists, written as YAML or JSON. Each connector documents its
 * members; unknown ones are refused, since they are typing errors.
 */
public final class Mapping {
  /** Nothing said. */
  public static final Mapping NONE = new Mapping(Map.of(), "");
  private static final int MAX_CHARACTERS = 65_536;

  private final Map<?, ?> members;
  private final String place;

  private Mapping(Map<?, ?> members, String place) {
    this.members = members;
    this.place = place;
  }

  /**
   * Reads YAML or JSON; null or blank says nothing.
   *
   * @throws InputRefused if it is neither, or no object
   */
  public static Mapping parse(@Nullable String text) throws InputRefused {
    if (text == null || text.isBlank()) {
      return NONE;
    }
    if (text.length() > MAX_CHARACTERS) {
      throw new InputRefused("The mapping has %,d characters, expected at most %,d.".formatted(text.length(),
          MAX_CHARACTERS));
    }
    var options = new LoaderOptions();
    options.setMaxAliasesForCollections(10);
    options.setNestingDepthLimit(20);
    options.setAllowDuplicateKeys(false);
    try {
      Object tree = new Yaml(new SafeConstructor(options)).load(text);
      if (tree instanceof Map<?, ?> members) {
        return new Mapping(members, "");
      }
    } catch (YAMLException e) {
      throw new InputRefused("The mapping is no YAML: " + firstLine(e.getMessage()));
    }
    throw new InputRefused("The mapping is a single value, expected members such as \"delimiter: ;\".");
  }

  /** True if nothing is said. */
  public boolean isEmpty() {
    return members.isEmpty();
  }

  /** @throws InputRefused if it says something else than these members */
  public void allow(String... names) throws InputRefused {
    var known = Set.of(names);
    for (Object name : members.keySet()) {
      if (!known.contains(String.valueOf(name))) {
        throw new InputRefused("The mapping has a member \"%s%s\", expected one of %s.".formatted(place, name,
            known.stream().sorted().toList()));
      }
    }
  }

  /** The text of this name; empty if nothing is said. Numbers and truth values are read as texts. */
  public Optional<String> text(String name) throws InputRefused {
    Object value = members.get(name);
    if (value instanceof Map || value instanceof List) {
      throw wrong(name, "a text");
    }
    return Optional.ofNullable(value).map(String::valueOf);
  }

  /** The truth value of this name. */
  public boolean flag(String name, boolean otherwise) throws InputRefused {
    Object value = members.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, "true or false");
  }

  /** The whole number of this name, between the bounds. */
  public int number(String name, int least, int most, int otherwise) throws InputRefused {
    Object value = members.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Integer number && number >= least && number <= most) {
      return number;
    }
    throw wrong(name, "a whole number from %d to %d".formatted(least, most));
  }

  /** The list of this name as texts; a single value is a list of one, nothing said an empty one. */
  public List<String> texts(String name) throws InputRefused {
    Object value = members.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      if (list.stream().anyMatch(one -> one instanceof Map || one instanceof List)) {
        throw wrong(name, "a list of texts");
      }
      return list.stream().map(String::valueOf).toList();
    }
    return text(name).stream().toList();
  }

  /** The member of this name that has members itself; one that says nothing if it is missing. */
  public Mapping inner(String name) throws InputRefused {
    Object value = members.get(name);
    if (value == null) {
      return NONE;
    }
    if (value instanceof Map<?, ?> inner) {
      return new Mapping(inner, place + name + ".");
    }
    throw wrong(name, "members");
  }

  /** The list of this name whose elements have members. */
  public List<Mapping> list(String name) throws InputRefused {
    Object value = members.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
      return list.stream().map(one -> new Mapping((Map<?, ?>) one, place + name + ".")).toList();
    }
    throw wrong(name, "a list of elements with members");
  }

  /** Names of the members, as written. */
  public List<String> names() {
    return members.keySet().stream().map(String::valueOf).toList();
  }

  private InputRefused wrong(String name, String expected) {
    return new InputRefused(
        "\"%s%s\" of the mapping is \"%s\", expected %s.".formatted(place, name, members.get(name), expected));
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
  }
}
