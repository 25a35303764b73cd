package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.Writes.Written;
import de.citycloud.platform.problem.CityProblem;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the requests of a batch went, and what {@code $id} in a later one means. */
final class BatchReferences {
  private final Map<String, Boolean> done = new HashMap<>();
  private final Map<String, Written> written = new HashMap<>();

  /** Keeps how a request or group went. */
  void went(String id, boolean well) {
    done.put(id, well);
    if (!well) {
      written.remove(id);
    }
  }

  void wrote(String id, Written entity) {
    written.put(id, entity);
  }

  /** Refuses a request that depends on one that failed (424) or does not come before it (400). */
  void require(BatchRequest request) {
    for (var id : request.dependsOn()) {
      require(id, request.place() + "/dependsOn");
    }
  }

  private void require(String id, String place) {
    var well = done.get(id);
    if (well == null) {
      throw JsonInput.problem("%s names \"%s\", expected a request or group before this one.".formatted(place, id));
    }
    if (!well) {
      throw new CityProblem("sensorthings-dependency", HttpStatus.FAILED_DEPENDENCY,
          "%s names \"%s\", which failed; this request was not tried.".formatted(place, id));
    }
  }

  private Written find(String id, String place) {
    var entity = written.get(id);
    if (entity != null) {
      return entity;
    }
    require(id, place);
    throw JsonInput.problem("%s names \"%s\", which created nothing; expected one that did.".formatted(place, id));
  }

  /** {@code $0/Datastreams} as {@code Things(5)/Datastreams}. */
  String url(BatchRequest request) {
    var url = request.url().startsWith("/") ? request.url().substring(1) : request.url();
    if (!url.startsWith("$")) {
      return url;
    }
    int end = 1;
    while (end < url.length() && url.charAt(end) != '/' && url.charAt(end) != '?') {
      end++;
    }
    return address(find(url.substring(1, end), request.place() + "/url")) + url.substring(end);
  }

  private static String address(Written entity) {
    return entity.type().plural() + WrittenEntity.key(entity.id());
  }

  /** The body with ids in place of references; {@code addresses}: with addresses, as {@code $ref} wants them. */
  @Nullable
  JsonNode body(BatchRequest request, boolean addresses) {
    var body = request.body();
    if (body == null) {
      return null;
    }
    var copy = body.deepCopy();
    resolve(copy, "", request.place() + "/body", addresses);
    return copy;
  }

  /** Links begin with a capital, properties do not: what a client keeps in those is left alone. */
  private void resolve(JsonNode node, String link, String place, boolean addresses) {
    if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        resolve(list.get(i), link, place + "/" + i, addresses);
      }
    } else if (node instanceof ObjectNode object) {
      for (var name : Set.copyOf(object.propertyNames())) {
        var value = object.path(name);
        if (name.equals("@iot.id") || addresses && name.equals("@odata.id")) {
          if (value.isString() && value.stringValue().startsWith("$")) {
            put(object, name, value.stringValue().substring(1), link, place, addresses);
          }
        } else if (!name.isEmpty() && Character.isUpperCase(name.charAt(0))) {
          resolve(value, name, place + "/" + name, addresses);
        }
      }
    }
  }

  private void put(ObjectNode object, String name, String id, String link, String place, boolean addresses) {
    var at = place + "/" + name;
    var entity = find(id, at);
    var expected = Arrays.stream(EntityType.values())
        .filter(type -> type.singular().equals(link) || type.plural().equals(link)).findFirst();
    if (expected.isPresent() && expected.get() != entity.type()) {
      throw JsonInput.problem("%s is \"$%s\", a %s; expected a %s.".formatted(at, id, entity.type().singular(),
          expected.get().singular()));
    }
    if (addresses) {
      object.put(name, address(entity));
    } else if (entity.type() == EntityType.OBSERVATION) {
      object.put(name, entity.id());
    } else {
      object.put(name, Integer.parseInt(entity.id()));
    }
  }
}
