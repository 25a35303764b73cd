package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.BatchAnswer.Part;
import de.citycloud.platform.hub.sensorthings.EntityColumns.Mode;
import de.citycloud.platform.hub.sensorthings.Writes.Written;
import de.citycloud.platform.problem.CityProblem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Many requests in one ({@code POST …/$batch}), as JSON of OData 4.01 or as multipart of OData 4.0. They run in order, and each is answered as if it
 * had come alone. {@code $id} in an address or as an {@code @iot.id} names what the request {@code id} created.
 *
 * <p>The requests of an atomicityGroup stand next to each other and are one transaction: all or none. Observations are
 * not created in a group, since the store commits them on their own; outside of groups and by CreateObservations they
 * are.
 */
@Component
class Batch {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();
  private static final long LONGEST_ANSWER = 20_000_000;

  private final Reads reads;
  private final Writes writes;
  private final DataArrays arrays;
  private final WrittenEntity answers;

  Batch(Reads reads, Writes writes, DataArrays arrays, WrittenEntity answers) {
    this.reads = reads;
    this.writes = writes;
    this.arrays = arrays;
    this.answers = answers;
  }

  /** What a request did, before its answer is written: within a transaction nobody else sees it yet. */
  private record Done(HttpStatus status, @Nullable Written written, @Nullable Part part) {}

  /** A member of a group failed. */
  private static final class GroupFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient CityProblem problem;
    private final String id;

    GroupFailed(String id, CityProblem problem) {
      super(problem);
      this.id = id;
      this.problem = problem;
    }
  }

  /** Answers all requests of {@code json}. */
  byte[] answer(ServiceRoot root, byte[] json) {
    return answer(root, BatchRequest.of(json), new BatchAnswer());
  }

  /** Answers {@code requests}, each into {@code answer}, which is closed. */
  byte[] answer(ServiceRoot root, List<BatchRequest> requests, BatchAnswers into) {
    var units = units(requests);
    var references = new BatchReferences();
    var groups = new HashSet<String>();
    long start = System.nanoTime();
    try (var answer = into) {
      for (var unit : units) {
        var group = unit.getFirst().group();
        if (System.nanoTime() - start > PATIENCE_NANOS || answer.length() > LONGEST_ANSWER) {
          refuse(unit, references, answer, HttpStatus.CONTENT_TOO_LARGE,
              "The requests before this one took 60 s or answered 20 MB, expected less in one batch.\n"
                  + "Maybe send them in parts.");
        } else if (group.isEmpty()) {
          single(root, unit.getFirst(), references, answer);
        } else if (groups.add(group)) {
          group(root, unit, references, answer);
        } else {
          refuse(unit, references, answer, HttpStatus.BAD_REQUEST,
              "%s/atomicityGroup is \"%s\" again, expected all requests of a group next to each other."
                  .formatted(unit.getFirst().place(), group));
        }
      }
      return answer.finish();
    }
  }

  /** Requests by themselves, and groups. */
  private static List<List<BatchRequest>> units(List<BatchRequest> requests) {
    var units = new ArrayList<List<BatchRequest>>();
    for (var request : requests) {
      if (request.group().isEmpty() || units.isEmpty()
          || !units.getLast().getFirst().group().equals(request.group())) {
        units.add(new ArrayList<>());
      }
      units.getLast().add(request);
    }
    return units;
  }

  private static void refuse(List<BatchRequest> unit, BatchReferences references, BatchAnswers answer,
      HttpStatus status, String message) {
    for (var request : unit) {
      references.went(request.id(), false);
      answer.add(request, Part.refused(status, message));
    }
    if (!unit.getFirst().group().isEmpty()) {
      references.went(unit.getFirst().group(), false);
    }
  }

  private void single(ServiceRoot root, BatchRequest request, BatchReferences references, BatchAnswers answer) {
    Part part;
    boolean well = true;
    try {
      part = part(root, run(root, request, references));
    } catch (CityProblem problem) {
      well = false;
      part = Part.refused(problem);
    }
    references.went(request.id(), well);
    answer.add(request, part);
  }

  private void group(ServiceRoot root, List<BatchRequest> unit, BatchReferences references, BatchAnswers answer) {
    List<Done> all;
    try {
      for (var request : unit) {
        if (request.mistake() != null) {
          throw new GroupFailed(request.id(), request.mistake());
        }
      }
      all = writes.inTransaction(() -> {
        var done = new ArrayList<Done>();
        for (var request : unit) {
          try {
            done.add(run(root, request, references));
          } catch (CityProblem problem) {
            throw new GroupFailed(request.id(), problem);
          }
          references.went(request.id(), true);
        }
        return done;
      });
    } catch (GroupFailed failed) {
      refuse(unit, references, answer, failed.problem.status(),
          "Request \"%s\" of the atomicityGroup \"%s\" failed, so that nothing of the group was done: %s".formatted(
              failed.id, unit.getFirst().group(), failed.problem.getMessage()));
      return;
    } catch (CityProblem problem) {
      refuse(unit, references, answer, problem.status(), String.valueOf(problem.getMessage()));
      return;
    }
    references.went(unit.getFirst().group(), true);
    for (int i = 0; i < unit.size(); i++) {
      answer.add(unit.get(i), part(root, all.get(i)));
    }
  }

  private Part part(ServiceRoot root, Done done) {
    var written = done.written();
    if (written != null) {
      return Part.json(done.status(), WrittenEntity.address(root, written), answers.json(root, written));
    }
    return done.part() == null ? Part.empty(done.status()) : done.part();
  }

  private Done run(ServiceRoot root, BatchRequest request, BatchReferences references) {
    if (request.mistake() != null) {
      throw request.mistake();
    }
    references.require(request);
    var url = references.url(request).split("\\?", 2);
    // In JSON an address may hold what it must not hold on the way through HTTP.
    var options = url.length < 2 ? null : url[1].replace(" ", "%20");
    var at = new ServiceRoot(root.url(), "/" + ServiceRoot.decode(url[0]));
    if (request.method().equals("GET")) {
      var reply = reads.get(at, options);
      var part = reply.type() == null
          ? Part.empty(reply.status())
          : new Part(reply.status(), "", reply.type(), reply.body());
      return new Done(part.status(), null, part);
    }
    if (at.path().equals("/CreateObservations") && request.method().equals("POST")) {
      if (!request.group().isEmpty()) {
        throw SensorThingsProblem.badRequest(
            "%s/url is CreateObservations within an atomicityGroup, expected it outside.".formatted(request.place()));
      }
      return new Done(HttpStatus.CREATED, null, Part.json(HttpStatus.CREATED, "",
          arrays.create(at, bytes(references.body(request, false)), idempotencyKey(request))));
    }
    return change(request, ResourcePath.parse(at.path()), options, references);
  }

  private Done change(BatchRequest request, ResourcePath path, @Nullable String options, BatchReferences references) {
    if (path.isRoot()) {
      throw Writes.notAllowed("Nothing can be changed at the root.", "Maybe post to Things or Observations.");
    }
    boolean link = path.form() == ResourcePath.Form.REFERENCE;
    var body = references.body(request, link);
    if (link && Set.of("POST", "PUT").contains(request.method())) {
      writes.link(path, EntityReference.ofAddress(JsonInput.readObject(bytes(body))), true);
      return new Done(HttpStatus.NO_CONTENT, null, null);
    }
    return switch (request.method()) {
      case "POST" -> {
        var written = writes.create(path, bytes(body), idempotencyKey(request));
        references.wrote(request.id(), written);
        yield new Done(HttpStatus.CREATED, written, null);
      }
      case "PATCH" -> new Done(HttpStatus.OK, writes.change(path, tree(body), Mode.MERGE, request.header("Content-Type")
          .toLowerCase(Locale.ROOT).startsWith(SensorThingsWrite.JSON_PATCH)), null);
      case "PUT" -> new Done(HttpStatus.OK, writes.change(path, tree(body), Mode.REPLACE, false), null);
      default -> {
        if (link) {
          SensorThingsWrite.unlink(writes, path, linked(options));
        } else if (path.isSet()) {
          int deleted = writes.deleteAll(path, options);
          yield new Done(HttpStatus.OK, null,
              Part.json(HttpStatus.OK, "", JsonInput.bytes(JsonInput.newObject().put("deleted", deleted))));
        } else {
          writes.delete(path);
        }
        yield new Done(HttpStatus.OK, null, null);
      }
    };
  }

  /** The option {@code $id} of a link to remove. */
  private static @Nullable String linked(@Nullable String options) {
    for (var pair : options == null ? new String[0] : options.split("&", -1)) {
      if (pair.startsWith("$id=") || pair.startsWith("%24id=")) {
        try {
          return URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
          throw SensorThingsProblem.badRequest("$id has a broken percent-encoding, expected %XX.");
        }
      }
    }
    return null;
  }

  private static byte[] bytes(@Nullable JsonNode body) {
    return body == null ? new byte[0] : JsonInput.bytes(body);
  }

  private static JsonNode tree(@Nullable JsonNode body) {
    return JsonInput.readTree(bytes(body));
  }

  private static @Nullable String idempotencyKey(BatchRequest request) {
    var key = request.header("Idempotency-Key");
    if (key.length() > 200) {
      throw SensorThingsProblem.badRequest(
          "%s/headers/Idempotency-Key has %d characters, expected 1 to 200.".formatted(request.place(), key.length()));
    }
    return key.isBlank() ? null : key;
  }
}
