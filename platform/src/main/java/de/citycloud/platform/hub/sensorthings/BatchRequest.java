package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.problem.CityProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request of a batch.
 *
 * @param place its JSON pointer
 * @param method in capitals
 * @param group its atomicityGroup; empty for none
 * @param dependsOn ids of requests and groups before it
 * @param body null for none
 * @param mistake what is wrong with its form; null if nothing
 */
record BatchRequest(String id, String place, String method, String url, String group, List<String> dependsOn,
    ObjectNode headers, @Nullable JsonNode body, @Nullable CityProblem mistake) {
  private static final int MOST = 1_000;
  private static final int LONGEST_ID = 100;
  private static final int LONGEST_URL = 20_000;
  private static final Set<String> METHODS = Set.of("GET", "POST", "PATCH", "PUT", "DELETE");

  /** The requests of a batch; what cannot be answered one by one refuses the whole. */
  static List<BatchRequest> of(byte[] json) {
    var list = JsonInput.readObject(json).path("requests");
    if (!list.isArray()) {
      throw JsonInput.problem("/requests is %s, expected a list of requests.".formatted(
          list.isMissingNode() ? "missing" : JsonInput.shown(list)));
    }
    if (list.size() > MOST) {
      throw JsonInput.problem("/requests has %d requests, expected at most %d.\nMaybe send them in parts.".formatted(
          list.size(), MOST));
    }
    var requests = new ArrayList<BatchRequest>();
    var ids = new HashSet<String>();
    for (int i = 0; i < list.size(); i++) {
      var place = "/requests/" + i;
      if (!(list.get(i) instanceof ObjectNode object)) {
        throw JsonInput.problem("%s is %s, expected a request { … }.".formatted(place, JsonInput.shown(list.get(i))));
      }
      var id = id(object.path("id"), place + "/id");
      if (!ids.add(id)) {
        throw JsonInput.problem("%s/id is \"%s\", which another request has; expected one of its own.".formatted(place,
            id));
      }
      requests.add(of(id, object, place));
    }
    return requests;
  }

  private static String id(JsonNode node, String place) {
    if (!node.isString() || node.stringValue().isEmpty() || node.stringValue().length() > LONGEST_ID
        || node.stringValue().matches(".*[/?$].*")) {
      throw JsonInput.problem("%s is %s, expected a text of 1 to %d characters without /, ? and $.".formatted(place,
          node.isMissingNode() ? "missing" : JsonInput.shown(node), LONGEST_ID));
    }
    return node.stringValue();
  }

  /** One request from its members; what is wrong with them becomes its mistake. */
  static BatchRequest of(String id, ObjectNode json, String place) {
    var group = json.path("atomicityGroup").isString() ? json.path("atomicityGroup").stringValue() : "";
    try {
      if (group.isEmpty() && json.hasNonNull("atomicityGroup")) {
        throw JsonInput.problem("%s/atomicityGroup is %s, expected the name of a group.".formatted(place,
            JsonInput.shown(json.path("atomicityGroup"))));
      }
      var method = json.path("method").asString("").toUpperCase(Locale.ROOT);
      if (!METHODS.contains(method)) {
        throw JsonInput.problem("%s/method is %s, expected get, post, patch, put or delete.".formatted(place,
            json.has("method") ? JsonInput.shown(json.path("method")) : "missing"));
      }
      if (!group.isEmpty() && method.equals("GET")) {
        throw JsonInput.problem("%s/method is get within an atomicityGroup, expected a change.\nMaybe ask after it."
            .formatted(place));
      }
      var headers = json.path("headers") instanceof ObjectNode object ? object : JsonInput.newObject();
      var body = json.get("body");
      return new BatchRequest(id, place, method, url(json.path("url"), place + "/url"), group,
          dependsOn(json.path("dependsOn"), place + "/dependsOn"), headers,
          body == null || body.isNull() ? null : body, null);
    } catch (CityProblem mistake) {
      return new BatchRequest(id, place, "", "", group, List.of(), JsonInput.newObject(), null, mistake);
    }
  }

  private static String url(JsonNode node, String place) {
    var url = node.asString("");
    var path = ServiceRoot.decode(url.split("\\?", 2)[0]);
    if (!node.isString() || url.isEmpty() || url.length() > LONGEST_URL || path.startsWith("//")
        || path.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*") || path.indexOf('\0') >= 0
        || List.of(path.split("/", -1)).contains("..")) {
      throw JsonInput.problem("""
                              %s is %s, expected an address relative to the service, without .. in it.
                              Maybe you mean Things(1)/Datastreams.\
                              """.formatted(place, node.isMissingNode() ? "missing" : JsonInput.shown(node)));
    }
    if (path.matches("/?\\$batch/?")) {
      throw JsonInput.problem("%s is $batch, expected no batch within a batch.".formatted(place));
    }
    return url;
  }

  private static List<String> dependsOn(JsonNode node, String place) {
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    var ids = new ArrayList<String>();
    for (var each : node) {
      if (each.isString()) {
        ids.add(each.stringValue());
      }
    }
    if (!node.isArray() || ids.size() != node.size()) {
      throw JsonInput.problem("%s is %s, expected a list of ids.".formatted(place, JsonInput.shown(node)));
    }
    return ids;
  }

  /** A header, whatever the case of its name; empty if it has none. */
  String header(String name) {
    for (var header : headers.properties()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue().asString("");
      }
    }
    return "";
  }
}
