package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.problem.CityProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the requests of a batch from {@code multipart/mixed} (OData 4.0): each part is one request as
 * {@code application/http}, or a change set, which is {@code multipart/mixed} again and becomes an atomicityGroup.
 * {@code $x} names what the request with the {@code Content-ID: x} created.
 *
 * <p>What breaks the frame refuses the whole batch; what is wrong within one request is answered there.
 */
final class MultipartBatch {
  private static final int MOST = 1_000;
  private static final int LONGEST_HEAD = 16_384;
  private static final int MOST_HEADERS = 50;
  private static final Pattern BOUNDARY = Pattern.compile(
      "(?i)boundary=(?:\"([\\w'()+,./:=? -]{1,70})\"|([\\w'()+,./:=?-]{1,70}))");

  private final ServiceRoot root;
  private final List<BatchRequest> requests = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private int changeSets;

  private MultipartBatch(ServiceRoot root) {
    this.root = root;
  }

  /** A part: its headers, with names in lower case, and what follows. One character is one byte. */
  private record Part(ObjectNode headers, String content) {
    String header(String name) {
      return headers.path(name).asString("");
    }
  }

  /**
   * The requests in their order.
   *
   * @param contentType with the boundary
   */
  static List<BatchRequest> parse(ServiceRoot root, String contentType, byte[] body) {
    var batch = new MultipartBatch(root);
    batch.read(new String(body, StandardCharsets.ISO_8859_1), boundary(contentType, "The Content-Type"), "");
    return batch.requests;
  }

  private void read(String text, String boundary, String group) {
    for (var content : split(text, boundary)) {
      var place = "part " + (requests.size() + 1);
      if (requests.size() >= MOST) {
        throw new CityProblem("sensorthings-too-many", HttpStatus.CONTENT_TOO_LARGE,
            "The batch has more than %d requests, expected at most that many.\nMaybe send them in parts.".formatted(
                MOST));
      }
      var part = part(content, place);
      var type = part.header("content-type").toLowerCase(Locale.ROOT);
      if (type.startsWith("application/http")) {
        requests.add(request(part, place, group));
      } else if (type.startsWith("multipart/mixed") && group.isEmpty()) {
        // A name that no Content-ID can have.
        read(part.content, boundary(part.header("content-type"), "The Content-Type of " + place),
            "changeset/" + ++changeSets);
      } else {
        throw SensorThingsProblem.badRequest("The Content-Type of %s is %s, expected application/http%s.".formatted(
            place, type.isEmpty() ? "missing" : shown(type),
            group.isEmpty() ? " or multipart/mixed" : " within a change set"));
      }
    }
  }

  private BatchRequest request(Part part, String place, String group) {
    var id = part.header("content-id");
    if (id.isEmpty()) {
      id = "part-" + (requests.size() + 1);
    }
    if (id.length() > 100 || id.matches(".*[/?$\\s].*") || !ids.add(id)) {
      throw SensorThingsProblem.badRequest(
          "The Content-ID of %s is %s, expected one of its own, of 1 to 100 characters without space, /, ? and $."
              .formatted(place, shown(id)));
    }
    int end = part.content.indexOf('\n');
    var line = (end < 0 ? part.content : part.content.substring(0, end)).strip();
    var words = line.split(" +");
    var json = JsonInput.newObject();
    if (!group.isEmpty()) {
      json.put("atomicityGroup", group);
    }
    try {
      if (words.length < 2 || words.length > 3 || words.length == 3 && !words[2].startsWith("HTTP/1.")) {
        throw SensorThingsProblem.badRequest(
            "The request line of %s is %s, expected METHOD address HTTP/1.1.".formatted(place, shown(line)));
      }
      var message = part(end < 0 ? "" : part.content.substring(end + 1), place);
      json.put("method", words[0]).put("url", relative(words[1])).set("headers", message.headers);
      if (!message.content.isBlank()) {
        json.set("body", JsonInput.readTree(message.content.getBytes(StandardCharsets.ISO_8859_1)));
      }
    } catch (CityProblem mistake) {
      return new BatchRequest(id, place, "", "", group, List.of(), JsonInput.newObject(), null, mistake);
    }
    return BatchRequest.of(id, json, place);
  }

  /** An address may be absolute, begin at the root of the host, or be relative to the service. */
  private String relative(String address) {
    var path = root.url().replaceFirst("^[a-z]+://[^/]*", "");
    for (var prefix : List.of(root.url() + "/", path + "/")) {
      if (address.startsWith(prefix)) {
        return address.substring(prefix.length());
      }
    }
    return address;
  }

  /** Headers up to an empty line, and what follows. */
  private static Part part(String text, String place) {
    var headers = JsonInput.newObject();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      var line = (end < 0 ? text.substring(at) : text.substring(at, end)).strip();
      at = end < 0 ? text.length() : end + 1;
      if (line.isEmpty()) {
        break;
      }
      int colon = line.indexOf(':');
      if (colon < 1 || headers.size() >= MOST_HEADERS || at > LONGEST_HEAD) {
        throw SensorThingsProblem.badRequest(
            "A header of %s is %s, expected \"name: value\", at most %d of them with %d characters, then an empty line."
                .formatted(place, shown(line), MOST_HEADERS, LONGEST_HEAD));
      }
      headers.put(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Part(headers, text.substring(at));
  }

  /** What stands between the lines of a boundary. */
  private static List<String> split(String text, String boundary) {
    var mark = "--" + boundary;
    var parts = new ArrayList<String>();
    int start = -1;
    for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length())) {
      int behind = at + mark.length();
      boolean ends = text.startsWith("--", behind);
      int line = text.indexOf('\n', behind);
      var rest = text.substring(ends ? behind + 2 : behind, line < 0 ? text.length() : line);
      if (at > 0 && text.charAt(at - 1) != '\n' || !rest.isBlank()) {
        continue; // within a text, or a longer boundary
      }
      if (start >= 0) {
        parts.add(text.substring(start, Math.max(start, at - (text.startsWith("\r\n", at - 2) ? 2 : 1))));
      }
      if (ends) {
        return parts;
      }
      if (parts.size() > MOST || line < 0) {
        break;
      }
      start = line + 1;
    }
    throw SensorThingsProblem.badRequest("""
                                         The body has %d part(s) and no end, expected the line --%s-- behind the last.
                                         Maybe it was cut off, or the boundary is another one.\
                                         """.formatted(parts.size(), boundary));
  }

  private static String boundary(String contentType, String where) {
    var found = BOUNDARY.matcher(contentType);
    if (!found.find()) {
      throw SensorThingsProblem.badRequest(
          "%s is %s, expected multipart/mixed;boundary=… with 1 to 70 characters.".formatted(where,
              shown(contentType)));
    }
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  private static String shown(String text) {
    return "\"" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\"";
  }
}
