package de.citycloud.platform.hub.sensorthings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The tables that an expression may speak about: that of the entity itself, and those to which links have already led.
 * Links to one become left joins; a link to many opens a scope of its own within {@code exists (…)}.
 */
final class Scope {
  /** A table in the statement. */
  record Node(EntityType type, String alias) {}

  private final Map<List<String>, Node> nodes;
  private final AtomicInteger aliases;
  private final Sql joins = new Sql();

  private Scope(Map<List<String>, Node> nodes, AtomicInteger aliases) {
    this.nodes = new HashMap<>(nodes);
    this.aliases = aliases;
  }

  static Scope of(EntityType type, String alias) {
    return new Scope(Map.of(List.of(), new Node(type, alias)), new AtomicInteger());
  }

  /** A scope within {@code exists (…)} that sees this one. */
  Scope inner() {
    return new Scope(nodes, aliases);
  }

  /** What was joined so far, to stand behind the table itself. */
  Sql joins() {
    return joins;
  }

  String newAlias() {
    return "a" + aliases.incrementAndGet();
  }

  @Nullable
  Node find(List<String> path) {
    return nodes.get(path);
  }

  void put(List<String> path, Node node) {
    nodes.put(path, node);
  }

  /** The table at the end of {@code path}, joined now if it was not. All links not yet bound lead to one. */
  Node node(List<String> path) {
    var known = nodes.get(path);
    if (known != null) {
      return known;
    }
    var from = node(path.subList(0, path.size() - 1));
    var link = from.type().link(path.getLast()).orElseThrow();
    var to = new Node(link.target(), newAlias());
    join(from.alias(), link, to.alias());
    nodes.put(List.copyOf(path), to);
    return to;
  }

  /** Alias of the {@code datastream_latest} of a Datastream, joined now if it was not. */
  String latest(String datastream) {
    var key = List.of("#latest", datastream);
    var known = nodes.get(key);
    if (known == null) {
      known = new Node(EntityType.DATASTREAM, newAlias());
      nodes.put(key, known);
      joins.add(
          " left join datastream_latest %1$s on %1$s.municipality_id = %2$s.municipality_id and %1$s.datastream_id = %2$s.id"
              .formatted(known.alias(), datastream));
    }
    return known.alias();
  }

  /** SQL of the FeatureOfInterest of an Observation: its own, else the default one of its Datastream. */
  String feature(String observation) {
    var key = List.of("#feature", observation);
    var known = nodes.get(key);
    if (known == null) {
      known = new Node(EntityType.DATASTREAM, newAlias());
      nodes.put(key, known);
      joins.add(
          " left join datastream %1$s on %1$s.municipality_id = %2$s.municipality_id and %1$s.id = %2$s.datastream_id"
              .formatted(known.alias(), observation));
    }
    return "coalesce(%s.feature_id, %s.default_feature_id)".formatted(observation, known.alias());
  }

  private void join(String from, Link link, String to) {
    var key = switch (link.join()) {
      case Link.Join.Forward(var column) -> from + "." + column;
      case Link.Join.ToFeature() -> feature(from);
      default -> throw new IllegalStateException(link.name() + " leads to many, expected a link to one.");
    };
    joins.add(" left join %1$s %2$s on %2$s.municipality_id = %3$s.municipality_id and %2$s.id = %4$s"
        .formatted(link.target().table(), to, from, key));
  }
}
