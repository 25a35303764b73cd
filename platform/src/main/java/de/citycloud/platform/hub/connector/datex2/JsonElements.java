package de.citycloud.platform.hub.connector.datex2;

import de.citycloud.platform.hub.source.Checks;
import de.citycloud.platform.hub.source.InputRefused;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns the JSON of version 3.6 into the same elements: {@code prkParkingTablePublication} is a publication, {@code idG}
 * and {@code versionG} are attributes, a list is a repeated element.
 */
final class JsonElements {
  private static final int MAX_BYTES = 64 << 20;
  private static final Pattern PREFIX = Pattern.compile("^(aegi|prk|roa|sit|vms|loc|com|fac|afac|inf|d2)(?=[A-Z])");
  private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder().streamReadConstraints(
      StreamReadConstraints.builder().maxNestingDepth(64).maxStringLength(1 << 20).maxDocumentLength(MAX_BYTES).build())
      .build()).build();

  private JsonElements() {}

  /** @throws InputRefused if it is no JSON, or no DATEX II */
  static void walk(InputStream in, XmlElements.Visitor visitor) throws IOException, InputRefused {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(in);
    } catch (JacksonException e) {
      throw new InputRefused("This is no JSON that can be read: "
          + Checks.shown(String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("unreadable")));
    }
    var payload = tree.path("messageContainer").path("payload");
    payload = payload.isMissingNode() ? tree.path("payload") : payload;
    if (payload.isMissingNode()) {
      throw new InputRefused("The JSON has no member payload, expected messageContainer or payload of DATEX II.");
    }
    if (payload.isArray()) {
      for (var one : payload) {
        publications(one, visitor);
      }
    } else {
      publications(payload, visitor);
    }
  }

  private static void publications(JsonNode payload, XmlElements.Visitor visitor) throws IOException {
    for (var member : payload.properties()) {
      var name = plain(member.getKey());
      if (name.endsWith("Publication") && member.getValue().isObject()) {
        visitor.publication(Character.toUpperCase(name.charAt(0)) + name.substring(1), 0);
        descend(member.getValue(), visitor);
      }
    }
  }

  private static void descend(JsonNode node, XmlElements.Visitor visitor) throws IOException {
    for (var member : node.properties()) {
      var name = plain(member.getKey());
      var values = member.getValue().isArray() ? member.getValue() : java.util.List.of(member.getValue());
      for (JsonNode value : values) {
        if (visitor.wants(name)) {
          visitor.element(element(name, value));
        } else if (value.isObject()) {
          descend(value, visitor);
        }
      }
    }
  }

  private static Element element(String name, JsonNode node) {
    var element = new Element(name, 0);
    if (node.isValueNode()) {
      element.append(node.isNull() ? "" : node.asString());
      return element;
    }
    for (var member : node.properties()) {
      var key = member.getKey();
      var value = member.getValue();
      if (value.isValueNode() && (key.equals("idG") || key.equals("versionG") || key.equals("indexG"))) {
        element.attribute(key.substring(0, key.length() - 1), value.asString());
      } else if (value.isValueNode() && key.equals("value")) {
        // {"value": "open"} is how an enumeration is written
        element.append(value.asString());
        element.add(element("value", value));
      } else {
        var values = value.isArray() ? value : java.util.List.of(value);
        for (JsonNode one : values) {
          element.add(element(plain(key), one));
        }
      }
    }
    return element;
  }

  private static String plain(String key) {
    var name = PREFIX.matcher(key).replaceFirst("");
    return name.isEmpty() ? key : Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
