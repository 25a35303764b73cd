package de.citycloud.platform.hub.sensorthings;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists of names for messages that help. */
final class Names {
  private Names() {}

  /** Everything that can be named of an entity, for example {@code id, name, description, Datastreams}. */
  static String of(EntityType type) {
    return Stream.of(Stream.of("id"), type.properties().stream().map(Property::name),
        type.links().stream().map(Link::name)).flatMap(names -> names).collect(Collectors.joining(", "));
  }

  static String ofFunctions() {
    return Arrays.stream(Function.values()).map(Function::text).collect(Collectors.joining(", "));
  }

  static String ofLinks(EntityType type) {
    return type.links().stream().map(Link::name).collect(Collectors.joining(", "));
  }
}
