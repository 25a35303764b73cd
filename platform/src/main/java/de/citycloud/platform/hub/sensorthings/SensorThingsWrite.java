package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.EntityColumns.Mode;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Everything that changes something: what a call says, and how it is answered. */
@Component
class SensorThingsWrite {
  static final String JSON_PATCH = "application/json-patch+json";

  private final Writes writes;
  private final DataArrays arrays;
  private final WrittenEntity answers;
  private final Batch batch;
  private final SensorThingsProperties properties;

  SensorThingsWrite(Writes writes, DataArrays arrays, WrittenEntity answers, Batch batch,
      SensorThingsProperties properties) {
    this.writes = writes;
    this.arrays = arrays;
    this.answers = answers;
    this.batch = batch;
    this.properties = properties;
  }

  Reply create(HttpServletRequest request) throws IOException {
    var root = root(request);
    if (root.path().equals("/CreateObservations")) {
      return Reply.json(HttpStatus.CREATED, arrays.create(root, body(request), idempotencyKey(request)));
    }
    if (root.path().equals("/$batch") && contentType(request).startsWith("multipart/")) {
      var answer = new MultipartAnswer();
      var requests = MultipartBatch.parse(root, String.valueOf(request.getContentType()), bytes(request));
      return new Reply(HttpStatus.OK, answer.type(), null, batch.answer(root, requests, answer));
    }
    if (root.path().equals("/$batch")) {
      return Reply.json(HttpStatus.OK, batch.answer(root, body(request)));
    }
    var path = ResourcePath.parse(root.path());
    if (path.isRoot()) {
      throw Writes.notAllowed("Nothing can be created at the root.", "Maybe post to Things or Observations.");
    }
    var body = body(request);
    if (path.form() == ResourcePath.Form.REFERENCE) {
      return link(path, body);
    }
    return wrote(HttpStatus.CREATED, root, writes.create(path, body, idempotencyKey(request)));
  }

  Reply merge(HttpServletRequest request) throws IOException {
    var root = root(request);
    var body = JsonInput.readTree(body(request));
    boolean jsonPatch = contentType(request).startsWith(JSON_PATCH);
    return wrote(HttpStatus.OK, root, writes.change(ResourcePath.parse(root.path()), body, Mode.MERGE, jsonPatch));
  }

  Reply replace(HttpServletRequest request) throws IOException {
    var root = root(request);
    var path = ResourcePath.parse(root.path());
    var body = body(request);
    if (path.form() == ResourcePath.Form.REFERENCE) {
      return link(path, body);
    }
    return wrote(HttpStatus.OK, root, writes.change(path, JsonInput.readTree(body), Mode.REPLACE, false));
  }

  Reply delete(HttpServletRequest request) {
    var root = root(request);
    var path = ResourcePath.parse(root.path());
    if (path.form() == ResourcePath.Form.REFERENCE) {
      unlink(writes, path, request.getParameter("$id"));
    } else if (!path.isRoot() && path.isSet()) {
      int deleted = writes.deleteAll(path, request.getQueryString());
      return Reply.json(HttpStatus.OK, JsonInput.bytes(JsonInput.newObject().put("deleted", deleted)));
    } else {
      writes.delete(path);
    }
    return Reply.empty(HttpStatus.OK);
  }

  private Reply wrote(HttpStatus status, ServiceRoot root, Writes.Written written) {
    return Reply.json(status, answers.json(root, written)).at(WrittenEntity.address(root, written));
  }

  private Reply link(ResourcePath path, byte[] body) {
    writes.link(path, EntityReference.ofAddress(JsonInput.readObject(body)), true);
    return Reply.empty(HttpStatus.NO_CONTENT);
  }

  /** {@code Things(1)/Locations(2)/$ref} or {@code Things(1)/Locations/$ref?$id=…/Locations(2)}. */
  static void unlink(Writes writes, ResourcePath path, @Nullable String address) {
    var last = path.last();
    if (address != null) {
      writes.link(path, EntityReference.ofAddress(address, "$id"), false);
    } else if (last.id() != null) {
      var id = last.id().number()
          .orElseThrow(
              () -> SensorThingsProblem.notFound("There is no %s %s.".formatted(last.type().singular(), last.id())));
      writes.link(path, new EntityPaths.Found.Entity(last.type(), id), false);
    } else {
      throw SensorThingsProblem.badRequest("""
                                           The path names no single link, expected which one to remove.
                                           Maybe DELETE Things(1)/Locations(2)/$ref, or add ?$id=Locations(2).\
                                           """);
    }
  }

  private ServiceRoot root(HttpServletRequest request) {
    if (CurrentMunicipality.find().isEmpty()) {
      throw SensorThingsProblem.notFound("""
                                         No municipality of this name is known here.
                                         Maybe the address has a typing error; its first part names the municipality.\
                                         """);
    }
    return ServiceRoot.of(request, properties.publicUrl());
  }

  private static @Nullable String idempotencyKey(HttpServletRequest request) {
    var key = request.getHeader("Idempotency-Key");
    if (key != null && (key.isBlank() || key.length() > 200)) {
      throw SensorThingsProblem.badRequest(
          "The header Idempotency-Key has %d characters, expected 1 to 200.".formatted(key.strip().length()));
    }
    return key;
  }

  /** The body, which must be JSON and not too long. */
  private static byte[] body(HttpServletRequest request) throws IOException {
    var type = contentType(request);
    if (!type.isEmpty() && !type.startsWith("application/json") && !type.contains("+json")
        && !type.startsWith("text/plain")) {
      throw new CityProblem("sensorthings-media-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          """
          The Content-Type is %s, expected application/json.
          Maybe add the header Content-Type: application/json.\
          """.formatted(type.length() > 100 ? type.substring(0, 100) + "…" : type));
    }
    return bytes(request);
  }

  private static byte[] bytes(HttpServletRequest request) throws IOException {
    long length = request.getContentLengthLong();
    if (length > JsonInput.MAX_BYTES) {
      throw tooLong(length + " bytes");
    }
    var body = request.getInputStream().readNBytes(length < 0 ? JsonInput.MAX_BYTES + 1 : (int) length);
    if (body.length > JsonInput.MAX_BYTES) {
      throw tooLong("more");
    }
    return body;
  }

  private static CityProblem tooLong(String length) {
    return new CityProblem("sensorthings-too-long", HttpStatus.CONTENT_TOO_LARGE,
        """
        The body has %s, expected at most %d bytes.
        Maybe send it in parts.\
        """.formatted(length, JsonInput.MAX_BYTES));
  }

  private static String contentType(HttpServletRequest request) {
    var type = request.getContentType();
    return type == null ? "" : type.toLowerCase(Locale.ROOT);
  }
}
