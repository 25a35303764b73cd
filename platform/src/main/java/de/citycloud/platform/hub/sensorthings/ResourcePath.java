package de.citycloud.platform.hub.sensorthings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path behind the service root: {@code Things(1)/Datastreams(2)/Observations}. Empty at the root itself.
 *
 * @param steps from the entity set at the root to the resource asked for
 * @param property the property asked for and the members below it: {@code [properties, kind]}; empty if the entity or
 *     set itself is asked for
 * @param form how the answer looks
 */
record ResourcePath(List<Step> steps, List<String> property, Form form) {
  /** How the answer looks. */
  enum Form {
    /** JSON of the entity, set or property. */
    ENTITY,
    /** {@code $value}: the bare value of a property. */
    VALUE,
    /** {@code $ref}: only the addresses. */
    REFERENCE
  }

  /**
   * One step.
   *
   * @param type what stands there
   * @param link how it was reached; null for the set at the root
   * @param id which one; null for all of a set, or for the only one of a link to one
   */
  record Step(EntityType type, @Nullable Link link, @Nullable EntityId id) {
    /** True if a set stands there, false if one entity. */
    boolean isSet() {
      return id == null && (link == null || link.many());
    }
  }

  ResourcePath {
    steps = List.copyOf(steps);
    property = List.copyOf(property);
  }

  /**
   * Reads a path.
   *
   * @param path behind the service root, percent-encoding already undone, with or without a slash in front
   * @throws SensorThingsProblem 404 if it names what does not exist, 400 if it is malformed
   */
  static ResourcePath parse(String path) {
    return new ResourcePathParser(path).parse();
  }

  boolean isRoot() {
    return steps.isEmpty();
  }

  /** The last step: what is asked for. */
  Step last() {
    return steps.getLast();
  }

  /** True if a set is asked for. */
  boolean isSet() {
    return property.isEmpty() && last().isSet();
  }

  /** The type asked for. */
  EntityType type() {
    return last().type();
  }
}
