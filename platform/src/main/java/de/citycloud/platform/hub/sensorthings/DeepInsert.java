package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.problem.CityProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What one request creates, and the Observations it brings along, which are recorded after the commit. */
final class DeepInsert {
  private static final int MOST_ENTITIES = 10_000;
  private static final int MOST_OBSERVATIONS = 100_000;

  /** An entity that was created. */
  record Created(EntityType type, int id) {}

  /** An Observation that came along, with its place in the request. */
  record Brought(DeepInsert deep, ReceivedObservation received, String place) {}

  private final List<Created> created = new ArrayList<>();
  private final Set<Created> known = new HashSet<>();
  private final List<Brought> observations = new ArrayList<>();
  private final List<NewObservation> completed = new ArrayList<>();

  /** Starts again, since the transaction does. */
  void clear() {
    created.clear();
    known.clear();
    observations.clear();
    completed.clear();
  }

  void complete(NewObservation observation) {
    completed.add(observation);
  }

  /** What came along, ready to be recorded. */
  List<NewObservation> completed() {
    return completed;
  }

  void created(EntityType type, int id, String place) {
    if (created.size() >= MOST_ENTITIES) {
      throw tooMany(place, MOST_ENTITIES, "entities");
    }
    created.add(new Created(type, id));
    known.add(created.getLast());
  }

  boolean isNew(EntityType type, int id) {
    return known.contains(new Created(type, id));
  }

  /** An Observation inside of a Datastream or of a FeatureOfInterest. */
  void observation(JsonNode node, EntityType parent, int id, String place) {
    if (!(node instanceof ObjectNode object)) {
      throw JsonInput.problem("%s is %s, expected an Observation { … }.".formatted(place, JsonInput.shown(node)));
    }
    if (observations.size() >= MOST_OBSERVATIONS) {
      throw tooMany(place, MOST_OBSERVATIONS, "Observations");
    }
    try {
      if (parent == EntityType.DATASTREAM) {
        observations.add(new Brought(this, ObservationJson.parse(object, id), place));
      } else {
        var read = ObservationJson.parse(object, null);
        var plain = read.observation();
        observations.add(new Brought(this, new ReceivedObservation(new NewObservation(plain.datastreamId(),
            plain.phenomenonTime(), plain.phenomenonEnd(), plain.resultTime(), plain.result(), id, plain.extras()),
            read.datastream(), null), place));
      }
    } catch (CityProblem problem) {
      throw new CityProblem(problem.slug(), problem.status(), "In " + place + ": " + problem.getMessage());
    }
  }

  /** In the order in which they were created. */
  List<Created> created() {
    return created;
  }

  List<Brought> observations() {
    return observations;
  }

  private static CityProblem tooMany(String place, int most, String what) {
    return new CityProblem("sensorthings-too-many", HttpStatus.CONTENT_TOO_LARGE,
        "%s is one too many, expected at most %d %s in one request.".formatted(place, most, what));
  }
}
