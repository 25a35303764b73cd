package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.EntityChanged;
import de.citycloud.platform.hub.EntityChanges;
import de.citycloud.platform.hub.sensorthings.EntityColumns.Mode;
import de.citycloud.platform.hub.sensorthings.Link.Join;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates and changes entities with all that they bring along, by the metamodel. Needs a transaction; Observations that
 * come along are only gathered in {@link DeepInsert}.
 */
@Component
class EntityWriter {
  private final EntityStore store;
  private final ThingPlaces places;
  private final EntityChanges changes;

  EntityWriter(EntityStore store, ThingPlaces places, EntityChanges changes) {
    this.store = store;
    this.places = places;
    this.changes = changes;
  }

  /**
   * Creates an entity, those it brings along, and the links between them.
   *
   * @param context what the path says already: names of links and ids
   * @param place JSON pointer of {@code json}
   */
  int create(EntityType type, ObjectNode json, Map<String, Integer> context, String place, DeepInsert deep) {
    if (type == EntityType.OBSERVATION) {
      throw new IllegalArgumentException("Observations are recorded, not created here.");
    }
    var columns = EntityColumns.of(type, json, place, Mode.CREATE, null);
    for (var link : type.links()) {
      if (link.join() instanceof Join.Forward(var column)) {
        columns.put(column, single(type, link, json, context, place, deep));
      }
    }
    int id = store.insert(type, columns);
    deep.created(type, id, place);
    for (var link : type.links()) {
      if (link.many()) {
        bring(type, id, link, json, context, place, deep);
      }
    }
    tell(type, id, EntityChanged.Kind.CREATED, json);
    return id;
  }

  /** Changes an entity; false if there is none. Related entities may only be named, not brought along. */
  boolean change(EntityType type, int id, ObjectNode json, Mode mode) {
    if (!store.lock(type, id)) {
      return false;
    }
    var encoding = type.property("encodingType").isPresent()
        ? store.column(type, id, "encoding_type").orElse(null)
        : null;
    var columns = EntityColumns.of(type, json, "", mode, encoding);
    for (var link : type.links()) {
      var node = json.get(link.name());
      if (node == null) {
        continue;
      }
      if (link.join() instanceof Join.Forward(var column)) {
        columns.put(column, reference(link, node, "/" + link.name()));
      } else {
        relink(type, id, link, node);
      }
    }
    store.update(type, id, columns);
    if (type == EntityType.LOCATION && columns.containsKey("location")) {
      places.edited(id);
    }
    if (type == EntityType.DATASTREAM && columns.containsKey("thing_id")) {
      places.changed();
    }
    tell(type, id, EntityChanged.Kind.CHANGED, json);
    return true;
  }

  /** Links two entities that exist. */
  void link(EntityType type, int id, Link link, int target) {
    switch (link.join()) {
      case Join.Forward(var column) -> store.update(type, id, Map.of(column, target));
      case Join.Backward(var column) -> store.update(link.target(), target, Map.of(column, id));
      case Join.Through through when through.table().equals("thing_location") -> {
        if (type == EntityType.THING) {
          places.add(id, target);
        } else {
          places.add(target, id);
        }
      }
      case Join.Through through -> store.link(through, id, target);
      case Join.ToFeature() -> throw onlyByDatastream();
      case Join.FromFeature() -> throw onlyByDatastream();
    }
    if (type == EntityType.DATASTREAM || link.target() == EntityType.DATASTREAM) {
      places.changed();
    }
    changes.publish(new EntityChanged(CurrentMunicipality.get(), type.plural(), id, EntityChanged.Kind.CHANGED,
        Set.of(link.name())));
  }

  /** Ends the link between two entities; false if there was none. */
  boolean unlink(EntityType type, int id, Link link, int target) {
    if (!(link.join() instanceof Join.Through through)) {
      throw new CityProblem("sensorthings-mandatory-link", HttpStatus.CONFLICT,
          """
          The link %s of %s(%d) cannot be removed, expected a link that may be missing, such as Things(1)/Locations.
          Maybe set another one, or delete the entity.\
          """.formatted(link.name(), type.plural(), id));
    }
    boolean there = through.table().equals("thing_location")
        ? type == EntityType.THING ? places.remove(id, target) : places.remove(target, id)
        : store.unlink(through, id, target);
    changes.publish(new EntityChanged(CurrentMunicipality.get(), type.plural(), id, EntityChanged.Kind.CHANGED,
        Set.of(link.name())));
    return there;
  }

  private int single(EntityType type, Link link, ObjectNode json, Map<String, Integer> context, String place,
      DeepInsert deep) {
    var at = place + "/" + link.name();
    var node = json.get(link.name());
    var given = context.get(link.name());
    if (given != null) {
      if (node instanceof ObjectNode object && !given.equals(EntityReference.find(object, at))) {
        throw JsonInput.problem("%s names another %s than the path, which says %d; expected the same or none."
            .formatted(at, link.target().singular(), given));
      }
      return given;
    }
    if (node == null || node.isNull()) {
      throw JsonInput
          .problem("""
                   %s is %s, expected {"@iot.id": …} or a new %s: a %s needs it.\
                   """.formatted(at, node == null ? "missing" : "null", link.target().singular(), type.singular()));
    }
    return target(link, node, Map.of(), at, deep);
  }

  /** The id of what {@code node} names or brings along. */
  private int target(Link link, JsonNode node, Map<String, Integer> context, String at, DeepInsert deep) {
    if (!(node instanceof ObjectNode object)) {
      throw JsonInput.problem("%s is %s, expected {\"@iot.id\": …} or a new %s.".formatted(at, JsonInput.shown(node),
          link.target().singular()));
    }
    return EntityReference.find(object, at) == null
        ? create(link.target(), object, context, at, deep)
        : reference(link, node, at);
  }

  /** The id of what {@code node} names, which must exist. */
  private int reference(Link link, JsonNode node, String at) {
    var id = node instanceof ObjectNode object ? EntityReference.find(object, at) : null;
    if (id == null) {
      throw JsonInput.problem("""
                              %s is %s, expected a reference {"@iot.id": …}.
                              Related entities can be brought along when an entity is created, not when it is changed.\
                              """.formatted(at, JsonInput.shown(node)));
    }
    if (!store.exists(link.target(), id)) {
      throw new CityProblem("sensorthings-reference", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          %s names %s(%d), which does not exist here; expected one that does.
          Maybe it was deleted, or belongs to another municipality.\
          """.formatted(at, link.target().plural(), id));
    }
    return id;
  }

  private void bring(EntityType type, int id, Link link, ObjectNode json, Map<String, Integer> context, String place,
      DeepInsert deep) {
    var at = place + "/" + link.name();
    var node = json.get(link.name());
    var targets = new LinkedHashSet<Integer>();
    var given = context.get(link.name());
    if (given != null) {
      targets.add(given);
    }
    if (node != null && !node.isNull()) {
      if (!node.isArray()) {
        throw JsonInput.problem("%s is %s, expected a list [ … ].".formatted(at, JsonInput.shown(node)));
      }
      for (int i = 0; i < node.size(); i++) {
        var each = at + "/" + i;
        if (link.target() == EntityType.OBSERVATION) {
          deep.observation(node.get(i), type, id, each);
        } else {
          var inverse = link.join() instanceof Join.Backward ? Map.of(type.singular(), id) : Map.<String, Integer>of();
          targets.add(target(link, node.get(i), inverse, each, deep));
        }
      }
    }
    var fresh = new HashSet<>(targets);
    fresh.removeIf(target -> !deep.isNew(link.target(), target));
    join(type, id, link, targets, fresh);
  }

  /** Links a new entity; {@code fresh} are the targets that were created with it and know it already. */
  private void join(EntityType type, int id, Link link, Set<Integer> targets, Set<Integer> fresh) {
    if (targets.isEmpty()) {
      return;
    }
    switch (link.join()) {
      case Join.Backward(var column) -> targets.stream().filter(target -> !fresh.contains(target))
          .forEach(target -> store.update(link.target(), target, Map.of(column, id)));
      case Join.Through through when through.table().equals("thing_location") -> {
        if (type == EntityType.THING) {
          places.move(id, targets);
        } else {
          targets.forEach(thing -> places.move(thing, Set.of(id)));
        }
      }
      case Join.Through through -> targets.forEach(target -> store.link(through, id, target));
      default -> throw new IllegalStateException("No set is linked by " + link.join());
    }
  }

  private void relink(EntityType type, int id, Link link, JsonNode node) {
    var at = "/" + link.name();
    if (!node.isArray()) {
      throw JsonInput.problem("%s is %s, expected a list of references [{\"@iot.id\": …}].".formatted(at,
          JsonInput.shown(node)));
    }
    if (link.target() == EntityType.OBSERVATION) {
      throw onlyByDatastream();
    }
    var targets = new LinkedHashSet<Integer>();
    for (int i = 0; i < node.size(); i++) {
      targets.add(reference(link, node.get(i), at + "/" + i));
    }
    if (link.join() instanceof Join.Through through && !through.table().equals("thing_location")) {
      store.unlinkAll(through, id);
    }
    if (type == EntityType.THING && link.name().equals("Locations")) {
      places.move(id, targets);
    } else {
      join(type, id, link, targets, Set.of());
    }
  }

  private static CityProblem onlyByDatastream() {
    return JsonInput.problem(
        """
        Observations cannot be linked to another entity this way, expected them to be posted to their Datastream.
        Maybe PATCH the Observation itself.\
        """);
  }

  private void tell(EntityType type, int id, EntityChanged.Kind kind, ObjectNode json) {
    var names = new HashSet<String>();
    json.propertyNames().stream().filter(name -> name.indexOf('@') < 0).forEach(names::add);
    changes.publish(new EntityChanged(CurrentMunicipality.get(), type.plural(), id, kind, names));
  }
}
