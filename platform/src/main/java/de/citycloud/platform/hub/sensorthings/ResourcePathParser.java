package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.ResourcePath.Form;
import de.citycloud.platform.hub.sensorthings.ResourcePath.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a {@link ResourcePath} from left to right. */
final class ResourcePathParser {
  private static final int LONGEST = 4096;
  private static final int MOST_STEPS = 20;

  private final String path;
  private final List<Step> steps = new ArrayList<>();
  private final List<String> property = new ArrayList<>();
  private Form form = Form.ENTITY;

  ResourcePathParser(String path) {
    this.path = path;
  }

  ResourcePath parse() {
    if (path.length() > LONGEST) {
      throw SensorThingsProblem.badRequest("The path has %d characters, expected at most %d."
          .formatted(path.length(), LONGEST));
    }
    var segments = segments();
    if (segments.size() > MOST_STEPS) {
      throw SensorThingsProblem.badRequest("The path has %d steps, expected at most %d."
          .formatted(segments.size(), MOST_STEPS));
    }
    for (int i = 0; i < segments.size(); i++) {
      if (form != Form.ENTITY) {
        throw SensorThingsProblem.badRequest("\"%s\" follows %s in the path, expected its end there."
            .formatted(segments.get(i), segments.get(i - 1)));
      }
      read(segments.get(i));
    }
    return new ResourcePath(steps, property, form);
  }

  private void read(String segment) {
    if (segment.equals("$value") && !property.isEmpty()) {
      form = Form.VALUE;
    } else if (segment.equals("$ref") && property.isEmpty() && !steps.isEmpty()) {
      form = Form.REFERENCE;
    } else if (!property.isEmpty()) {
      property.add(segment);
    } else if (steps.isEmpty()) {
      readSet(segment);
    } else {
      readFrom(steps.getLast(), segment);
    }
  }

  private void readSet(String segment) {
    var name = nameOf(segment);
    var type = EntityType.ofPlural(name).orElseThrow(() -> SensorThingsProblem.notFound(
        "\"%s\" stands at the root of the path, expected one of %s.".formatted(name,
            Arrays.stream(EntityType.values()).map(EntityType::plural).collect(Collectors.joining(", ")))));
    steps.add(new Step(type, null, idOf(segment)));
  }

  private void readFrom(Step from, String segment) {
    if (from.isSet()) {
      throw SensorThingsProblem.notFound("""
                                         "%s" follows the set %s, expected a key first.
                                         Maybe you mean %s(1)/%s.\
                                         """.formatted(segment, from.type().plural(), from.type().plural(), segment));
    }
    var name = nameOf(segment);
    var id = idOf(segment);
    var link = from.type().link(name);
    if (link.isPresent()) {
      if (id != null && !link.get().many()) {
        throw SensorThingsProblem.badRequest("\"%s\" has a key, expected none: %s has only one %s."
            .formatted(segment, from.type().singular(), name));
      }
      steps.add(new Step(link.get().target(), link.get(), id));
    } else if (id == null && (name.equals("id") || name.equals("selfLink") || name.equals("@iot.id")
        || name.equals("@iot.selfLink") || from.type().property(name).isPresent())) {
      property.add(name);
    } else {
      throw SensorThingsProblem.notFound("\"%s\" follows %s in the path, expected one of %s.".formatted(segment,
          from.type().singular(), Names.of(from.type())));
    }
  }

  private static String nameOf(String segment) {
    int open = segment.indexOf('(');
    return open < 0 ? segment : segment.substring(0, open);
  }

  private static @Nullable EntityId idOf(String segment) {
    int open = segment.indexOf('(');
    if (open < 0) {
      return null;
    }
    if (!segment.endsWith(")")) {
      throw SensorThingsProblem.badRequest("\"%s\" has no closing parenthesis, expected NAME(key).".formatted(segment));
    }
    var key = segment.substring(open + 1, segment.length() - 1).strip();
    if (key.length() >= 2 && key.startsWith("'") && key.endsWith("'")) {
      return new EntityId.Text(key.substring(1, key.length() - 1).replace("''", "'"));
    }
    try {
      return new EntityId.Numeric(Long.parseLong(key));
    } catch (NumberFormatException e) {
      throw SensorThingsProblem
          .badRequest("The key in \"%s\" is %s, expected a whole number or a text in single quotes."
              .formatted(segment, key.isEmpty() ? "empty" : key));
    }
  }

  /** Cuts at slashes that stand outside of quotes. */
  private List<String> segments() {
    var segments = new ArrayList<String>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i <= path.length(); i++) {
      if (i == path.length() || (path.charAt(i) == '/' && !quoted)) {
        if (i > start) {
          segments.add(path.substring(start, i));
        }
        start = i + 1;
      } else if (path.charAt(i) == '\'') {
        quoted = !quoted;
      }
    }
    if (quoted) {
      throw SensorThingsProblem.badRequest("The path has an odd number of single quotes, expected pairs.");
    }
    return segments;
  }
}
