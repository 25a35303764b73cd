package de.citycloud.platform.hub.connector.datex2;

import de.citycloud.platform.hub.source.Checks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One element with all it holds, names without prefixes: small, since a publication is read element by element. */
final class Element {
  private final String name;
  private final int line;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Element> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  Element(String name, int line) {
    this.name = name;
    this.line = line;
  }

  String name() {
    return name;
  }

  /** Line of its start in the input; 0 if not known. */
  int line() {
    return line;
  }

  void attribute(String key, String value) {
    attributes.put(key, value);
  }

  void add(Element child) {
    children.add(child);
  }

  void append(String more) {
    text.append(more);
  }

  List<Element> children(String child) {
    return children.stream().filter(element -> element.name.equals(child)).toList();
  }

  /** The first element at this path of children. */
  Optional<Element> find(String... path) {
    var at = this;
    for (var step : path) {
      var next = at.child(step);
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.of(at);
  }

  /** The first element of this name at any depth, itself left out. */
  Optional<Element> findDeep(String wanted) {
    for (var child : children) {
      if (child.name.equals(wanted)) {
        return Optional.of(child);
      }
      var deeper = child.findDeep(wanted);
      if (deeper.isPresent()) {
        return deeper;
      }
    }
    return Optional.empty();
  }

  /** All elements of this name at any depth, not looking into those found. */
  List<Element> listDeep(String wanted) {
    var found = new ArrayList<Element>();
    collect(wanted, found);
    return found;
  }

  private void collect(String wanted, List<Element> found) {
    for (var child : children) {
      if (child.name.equals(wanted)) {
        found.add(child);
      } else {
        child.collect(wanted, found);
      }
    }
  }

  /** The text at this path; empty if it is missing or blank. */
  Optional<String> text(String... path) {
    return find(path).map(element -> element.text.toString().strip()).filter(found -> !found.isEmpty());
  }

  /** Text of the first value of a multilingual string at this path. */
  Optional<String> multilingual(String... path) {
    return find(path)
        .flatMap(element -> element.findDeep("value").flatMap(Element::text).or(element::text));
  }

  /** The number at this path; empty if it is missing or none. */
  Optional<Double> number(String... path) {
    return text(path).flatMap(Checks::number);
  }

  Optional<String> attribute(String key) {
    return Optional.ofNullable(attributes.get(key)).map(String::strip).filter(value -> !value.isEmpty());
  }

  /** The type after the prefix, e.g. {@code TrafficFlow}; empty if there is none. */
  Optional<String> type() {
    return attribute("type").map(type -> type.substring(type.indexOf(':') + 1));
  }

  private @Nullable Element child(String wanted) {
    for (var child : children) {
      if (child.name.equals(wanted)) {
        return child;
      }
    }
    return null;
  }
}
