package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.problem.CityProblem;
import java.math.BigDecimal;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON from outside: bounded in size, depth and range before anything looks at it; what it lets in, PostgreSQL can keep. */
final class JsonInput {
  /** Largest body, in bytes. */
  static final int MAX_BYTES = 20_000_000;
  private static final int MAX_STRING = 1_000_000;
  private static final int MAX_DEPTH = 200;
  private static final int MAX_EXPONENT = 400;
  private static final JsonMapper MAPPER = JsonMapper
      .builder(JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxDocumentLength(MAX_BYTES).maxNestingDepth(MAX_DEPTH)
              .maxStringLength(MAX_STRING).maxNameLength(2_000).maxNumberLength(400).build())
          .build())
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private JsonInput() {}

  static JsonParser parser(byte[] json) {
    return MAPPER.createParser(json);
  }

  static JsonParser parser(JsonNode tree) {
    return MAPPER.treeAsTokens(tree);
  }

  static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }

  static JsonNode text(String text) {
    return MAPPER.getNodeFactory().stringNode(text);
  }

  static byte[] bytes(JsonNode tree) {
    return MAPPER.writeValueAsBytes(tree);
  }

  /** The whole document. */
  static JsonNode readTree(byte[] json) {
    try (var in = parser(json)) {
      if (in.nextToken() == null) {
        throw problem("The body is empty, expected JSON.");
      }
      var tree = readTree(in);
      end(in);
      return tree;
    } catch (JacksonException e) {
      throw unreadable(e);
    }
  }

  /** The whole document, which must be an object. */
  static ObjectNode readObject(byte[] json) {
    if (readTree(json) instanceof ObjectNode object) {
      return object;
    }
    throw problem("The body is no JSON object, expected one entity as { … }.");
  }

  /** The value at which {@code in} stands, checked for what the store cannot keep. */
  static JsonNode readTree(JsonParser in) {
    var start = in.streamReadContext().pathAsPointer();
    JsonNode tree = in.readValueAsTree();
    if (tree == null) {
      throw problem("The body is empty, expected JSON.");
    }
    check(tree, start);
    return tree;
  }

  /** Nothing may follow the document. */
  static void end(JsonParser in) {
    if (in.nextToken() != null) {
      throw problem("Something follows the end of the JSON at " + line(in) + ", expected nothing.");
    }
  }

  private static void check(JsonNode node, JsonPointer place) {
    if (node.isString()) {
      check(node.stringValue(), place);
    } else if (node.isNumber()) {
      if (node.isFloatingPointNumber()) {
        check(node.decimalValue(), place);
      }
    } else if (node.isObject()) {
      for (var property : node.properties()) {
        check(property.getKey(), place);
        check(property.getValue(), place.appendProperty(property.getKey()));
      }
    } else {
      for (int i = 0; i < node.size(); i++) {
        check(node.get(i), place.appendIndex(i));
      }
    }
  }

  /** PostgreSQL keeps neither U+0000 nor half a surrogate pair. */
  static String check(String text, JsonPointer place) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw problem("%s holds the character U+0000, expected text without it.".formatted(name(place)));
      }
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          throw problem("%s holds half a character (U+%04X), expected whole ones.".formatted(name(place), (int) c));
        }
      }
    }
    return text;
  }

  static BigDecimal check(BigDecimal number, JsonPointer place) {
    long exponent = (long) number.precision() - number.scale();
    if (Math.abs(exponent) > MAX_EXPONENT) {
      throw problem("%s has the exponent %d, expected one between -%d and %d.".formatted(name(place), exponent,
          MAX_EXPONENT, MAX_EXPONENT));
    }
    return number;
  }

  /** What is wrong with JSON that cannot be read. */
  static CityProblem unreadable(JacksonException e) {
    if (e instanceof StreamConstraintsException) {
      return problem("""
                     The JSON is too large: %s
                     Expected at most %d bytes, texts of %d characters, a depth of %d and numbers of 400 digits.\
                     """.formatted(e.getOriginalMessage(), MAX_BYTES, MAX_STRING, MAX_DEPTH));
    }
    var location = e.getLocation();
    var place = location == null || location.getLineNr() < 0
        ? ""
        : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    return problem("""
                   The JSON cannot be read%s: %s
                   Maybe a quote or a comma is missing, or the text is not UTF-8; NaN and Infinity are no JSON.\
                   """.formatted(place, firstLine(e.getOriginalMessage())));
  }

  private static String firstLine(String text) {
    var line = text.lines().findFirst().orElse("");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }

  /** The place where {@code in} stands as JSON pointer, for messages. */
  static String place(JsonParser in) {
    return name(in.streamReadContext().pathAsPointer());
  }

  static String name(JsonPointer place) {
    return place.length() == 0 ? "The body" : place.toString();
  }

  /** A value cut short for a message. */
  static String shown(JsonNode value) {
    var text = value.toString();
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }

  static String shown(JsonParser in) {
    if (in.currentToken() == JsonToken.START_OBJECT) {
      return "an object";
    }
    if (in.currentToken() == JsonToken.START_ARRAY) {
      return "a list";
    }
    var text = in.currentToken() == JsonToken.VALUE_STRING ? '"' + in.getString() + '"' : in.getString();
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }

  private static String line(JsonParser in) {
    var location = in.currentTokenLocation();
    return "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  static CityProblem problem(String message) {
    return new CityProblem("sensorthings-json", HttpStatus.BAD_REQUEST, message);
  }
}
