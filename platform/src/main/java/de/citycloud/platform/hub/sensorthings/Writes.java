package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.database.StoreSpace;
import de.citycloud.platform.hub.EntityChanged;
import de.citycloud.platform.hub.EntityChanges;
import de.citycloud.platform.hub.FeaturesOfInterest;
import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.Observations;
import de.citycloud.platform.hub.sensorthings.EntityColumns.Mode;
import de.citycloud.platform.hub.sensorthings.EntityPaths.Found;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Everything that changes something, whoever asks: a call, a part of a batch. Each call is all or nothing. */
@Service
class Writes {
  private static final int ATTEMPTS = 4;
  private static final int PATIENCE_SECONDS = 30;
  /** Entities that one DELETE with a filter takes. */
  static final int MOST_DELETED = 10_000;

  private final EntityWriter writer;
  private final EntityStore store;
  private final EntityPaths paths;
  private final ObservationStore stored;
  private final Reads reads;
  private final StoreSpace space;
  private final Observations observations;
  private final FeaturesOfInterest features;
  private final ThingPlaces places;
  private final EntityChanges changes;
  private final TransactionTemplate transaction;

  Writes(EntityWriter writer, EntityStore store, EntityPaths paths, ObservationStore stored, Reads reads,
      Observations observations, FeaturesOfInterest features, ThingPlaces places, EntityChanges changes,
      PlatformTransactionManager transactions, StoreSpace space) {
    this.space = space;
    this.writer = writer;
    this.store = store;
    this.paths = paths;
    this.stored = stored;
    this.reads = reads;
    this.observations = observations;
    this.features = features;
    this.places = places;
    this.changes = changes;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** What a path is about, once it was changed. */
  record Written(EntityType type, String id, @Nullable NewObservation observation) {}

  /** Creates an entity in the set at the end of {@code path}. */
  Written create(ResourcePath path, byte[] body, @Nullable String idempotencyKey) {
    var last = path.last();
    if (!path.isSet() || path.form() != ResourcePath.Form.ENTITY) {
      throw notAllowed("POST creates in a set, and this path names one entity or property.",
          "Maybe you mean PATCH or PUT.");
    }
    if (last.type() == EntityType.OBSERVATION) {
      if (TransactionSynchronizationManager.isActualTransactionActive()) {
        throw inGroup();
      }
      return createObservation(path, body, idempotencyKey);
    }
    var json = JsonInput.readObject(body);
    var deep = new DeepInsert();
    boolean grouped = TransactionSynchronizationManager.isActualTransactionActive();
    int id = inTransaction(() -> {
      deep.clear();
      int created = writer.create(last.type(), json, context(path), "", deep);
      if (grouped && !deep.observations().isEmpty()) {
        throw inGroup();
      }
      deep.observations().forEach(this::complete);
      return created;
    });
    recordBrought(deep);
    return new Written(last.type(), Integer.toString(id), null);
  }

  /** PATCH and PUT. */
  Written change(ResourcePath path, JsonNode body, Mode mode, boolean jsonPatch) {
    requireEntity(path);
    return inTransaction(() -> switch (paths.get(path.steps())) {
      case Found.Entity(var type, var id) -> {
        var json = jsonPatch ? JsonPatch.changes(readForPatch(type, id), body) : object(body);
        if (!writer.change(type, id, json, mode)) {
          throw SensorThingsProblem.notFound("%s(%d) was deleted meanwhile.".formatted(type.plural(), id));
        }
        yield new Written(type, Integer.toString(id), null);
      }
      case Found.Observation(var id) -> {
        var before = stored.read(id).orElseThrow(
            () -> SensorThingsProblem.notFound("Observation %s was deleted meanwhile.".formatted(id)));
        var after = replaced(id, before, jsonPatch ? JsonPatch.changes(before, body) : object(body), mode);
        yield new Written(EntityType.OBSERVATION, stored.replace(id, after).toString(), after);
      }
    });
  }

  /** DELETE of one entity, with what cannot be without it. */
  void delete(ResourcePath path) {
    requireEntity(path);
    inTransaction(() -> {
      switch (paths.get(path.steps())) {
        case Found.Observation(var id) -> stored.delete(id);
        case Found.Entity(var type, var id) -> delete(type, id);
      }
      return Boolean.TRUE;
    });
  }

  /**
   * DELETE of all entities of a set for which {@code $filter} holds, all or none; returns how many these were.
   *
   * @param options behind the question mark, percent-encoded; must hold {@code $filter} and nothing else
   */
  int deleteAll(ResourcePath path, @Nullable String options) {
    if (!path.property().isEmpty() || path.form() != ResourcePath.Form.ENTITY) {
      throw notAllowed("This path names no set of entities.", "Maybe DELETE Observations?$filter=…");
    }
    var query = QueryParser.parse(path.type(), options);
    if (query.filter() == null) {
      throw notAllowed("This path names all %s, expected one of them or a $filter.".formatted(path.type().plural()),
          "Maybe add a key, %s(1), or say which: ?$filter=…".formatted(path.type().plural()));
    }
    if (!query.equals(new Query(path.type(), List.of(), List.of(), query.filter(), List.of(), null, 0, false, false,
        query.texts())) || query.texts().orderBy() != null || query.texts().select() != null) {
      throw SensorThingsProblem.badRequest("A set is deleted, expected no option but $filter.");
    }
    var keys = reads.keys(path, query, MOST_DELETED);
    if (keys.size() > MOST_DELETED) {
      throw new CityProblem("sensorthings-too-many", HttpStatus.CONTENT_TOO_LARGE,
          """
          The $filter holds for more than %d %s, expected at most that many at a time. Nothing was deleted.
          Maybe narrow it, for example by phenomenonTime, and send several requests.\
          """.formatted(MOST_DELETED, path.type().plural()));
    }
    return inTransaction(() -> {
      if (path.type() == EntityType.OBSERVATION) {
        stored.deleteAll(keys.stream().map(ObservationId.class::cast).toList());
      } else {
        keys.forEach(key -> delete(path.type(), (Integer) key));
      }
      return keys.size();
    });
  }

  private void delete(EntityType type, int id) {
    if (type == EntityType.LOCATION) {
      store.deleteHistoryAt(id);
      places.changed();
    }
    if (type == EntityType.FEATURE_OF_INTEREST) {
      stored.deleteOf(id);
      places.changed();
    }
    store.delete(type, id);
    changes.publish(
        new EntityChanged(CurrentMunicipality.get(), type.plural(), id, EntityChanged.Kind.DELETED, Set.of()));
  }

  /** POST, PUT and DELETE of {@code …/$ref}: links between entities that exist. */
  void link(ResourcePath path, Found target, boolean add) {
    var link = path.isRoot() ? null : path.last().link();
    if (link == null) {
      throw notAllowed("This path names a set, not a link.", "Maybe you mean Things(1)/Locations/$ref.");
    }
    inTransaction(() -> {
      var source = paths.get(path.steps().subList(0, path.steps().size() - 1));
      if (!(source instanceof Found.Entity(var type, var id))
          || !(target instanceof Found.Entity(var kind, var other))) {
        throw notAllowed("An Observation stays with its Datastream.", "Maybe PATCH the Observation itself.");
      }
      if (kind != link.target()) {
        throw JsonInput.problem("The reference names a %s, expected a %s.".formatted(kind.singular(),
            link.target().singular()));
      }
      if (!store.exists(kind, other)) {
        throw SensorThingsProblem.notFound("There is no %s(%d) here.".formatted(kind.plural(), other));
      }
      if (add) {
        writer.link(type, id, link, other);
      } else if (!writer.unlink(type, id, link, other)) {
        throw SensorThingsProblem.notFound("%s(%d) is not linked to %s(%d).".formatted(type.plural(), id,
            kind.plural(), other));
      }
      return Boolean.TRUE;
    });
  }

  /** Records one Observation that was read already. */
  Written record(ReceivedObservation received, @Nullable String idempotencyKey, byte[] asked) {
    var deep = new DeepInsert();
    NewObservation observation;
    if (received.isComplete()) {
      observation = received.observation();
      check(observation);
    } else {
      observation = inTransaction(() -> {
        deep.clear();
        var complete = complete(received, "", deep);
        checkPlaced(complete);
        return complete;
      });
    }
    var ids = recordOrUndo(List.of(observation), idempotencyKey, asked, deep);
    return new Written(EntityType.OBSERVATION, ids.getFirst().toString(), observation);
  }

  /** Records many at once, all or none. */
  List<ObservationId> record(List<NewObservation> all, @Nullable String idempotencyKey, byte[] asked) {
    return await(all, idempotencyKey, asked);
  }

  private Written createObservation(ResourcePath path, byte[] body, @Nullable String idempotencyKey) {
    var steps = path.steps();
    if (steps.size() == 1) {
      return record(ObservationJson.parse(body, null), idempotencyKey, body);
    }
    // Datastreams(1)/Observations: the store checks the Datastream anyway, so that no question is needed first.
    if (steps.size() == 2 && steps.getFirst().type() == EntityType.DATASTREAM && steps.getFirst().id() != null) {
      var id = steps.getFirst().id().number()
          .orElseThrow(() -> SensorThingsProblem.notFound("There is no such Datastream here."));
      return record(ObservationJson.parse(body, id), idempotencyKey, body);
    }
    var parent = inTransaction(() -> paths.get(steps.subList(0, steps.size() - 1)));
    if (parent instanceof Found.Entity(var type, var id) && type == EntityType.DATASTREAM) {
      return record(ObservationJson.parse(body, id), idempotencyKey, body);
    }
    if (parent instanceof Found.Entity(var type, var id) && type == EntityType.FEATURE_OF_INTEREST) {
      var received = ObservationJson.parse(body, null);
      return record(new ReceivedObservation(withFeature(received.observation(), id), received.datastream(), null),
          idempotencyKey, body);
    }
    throw notAllowed("Observations cannot be created here.", "Maybe post to Observations.");
  }

  private Map<String, Integer> context(ResourcePath path) {
    var steps = path.steps();
    if (steps.size() == 1) {
      return Map.of();
    }
    var parent = paths.get(steps.subList(0, steps.size() - 1));
    if (!(parent instanceof Found.Entity(var type, var id))) {
      throw notAllowed("Nothing can be created below an Observation.", "Maybe post to the set at the root.");
    }
    return Map.of(inverse(type, path.last()), id);
  }

  /** Name of the link that leads back. */
  private static String inverse(EntityType from, ResourcePath.Step step) {
    var link = step.link();
    for (var back : step.type().links()) {
      boolean same = link != null && back.target() == from && switch (link.join()) {
        case Link.Join.Backward(var column) -> back.join() instanceof Link.Join.Forward(var name)
            && name.equals(column);
        case Link.Join.Through(var table, var ignored, var other) -> back.join() instanceof Link.Join.Through through
            && through.table().equals(table);
        default -> false;
      };
      if (same) {
        return back.name();
      }
    }
    throw notAllowed("Nothing can be created along this link.", "Maybe post to the set at the root.");
  }

  private NewObservation replaced(ObservationId id, ObjectNode before, ObjectNode json, Mode mode) {
    ObjectNode merged;
    if (mode == Mode.MERGE) {
      merged = before.deepCopy();
      merged.setAll(json);
    } else {
      merged = json.deepCopy();
      for (var link : List.of("Datastream", "FeatureOfInterest")) {
        if (!merged.has(link) && before.has(link)) {
          merged.set(link, before.get(link));
        }
      }
    }
    var received = ObservationJson.parse(merged, null);
    if (!received.isComplete()) {
      throw JsonInput
          .problem("""
                   /%s is no reference, expected {"@iot.id": …}.
                   Related entities can be brought along when an Observation is created, not when it is changed.\
                   """.formatted(received.datastream() == null ? "FeatureOfInterest" : "Datastream"));
    }
    var after = received.observation();
    if (after.datastreamId() != id.datastreamId() && !store.exists(EntityType.DATASTREAM, after.datastreamId())) {
      throw unknown("/Datastream", EntityType.DATASTREAM, after.datastreamId());
    }
    if (after.featureId() != null && !store.exists(EntityType.FEATURE_OF_INTEREST, after.featureId())) {
      throw unknown("/FeatureOfInterest", EntityType.FEATURE_OF_INTEREST, after.featureId());
    }
    return after;
  }

  private ObjectNode readForPatch(EntityType type, int id) {
    return store.read(type, id)
        .orElseThrow(() -> SensorThingsProblem.notFound("There is no %s(%d) here.".formatted(type.plural(), id)));
  }

  /** Makes what came along with an Observation. */
  private NewObservation complete(ReceivedObservation received, String place, DeepInsert deep) {
    var observation = received.observation();
    var datastream = received.datastream();
    var feature = received.feature();
    int datastreamId = datastream == null
        ? observation.datastreamId()
        : writer.create(EntityType.DATASTREAM, datastream, Map.of(), place + "/Datastream", deep);
    var featureId = feature == null
        ? observation.featureId()
        : Integer.valueOf(
            writer.create(EntityType.FEATURE_OF_INTEREST, feature, Map.of(), place + "/FeatureOfInterest", deep));
    if (!store.exists(EntityType.DATASTREAM, datastreamId)) {
      throw unknown(place + "/Datastream", EntityType.DATASTREAM, datastreamId);
    }
    if (featureId != null && !store.exists(EntityType.FEATURE_OF_INTEREST, featureId)) {
      throw unknown(place + "/FeatureOfInterest", EntityType.FEATURE_OF_INTEREST, featureId);
    }
    return new NewObservation(datastreamId, observation.phenomenonTime(), observation.phenomenonEnd(),
        observation.resultTime(), observation.result(), featureId, observation.extras());
  }

  private void complete(DeepInsert.Brought brought) {
    var deep = brought.deep();
    var observation = complete(brought.received(), brought.place(), deep);
    checkPlaced(observation);
    deep.complete(observation);
  }

  private void recordBrought(DeepInsert deep) {
    if (!deep.completed().isEmpty()) {
      recordOrUndo(deep.completed(), null, null, deep);
    }
  }

  /** If the Observations cannot be stored, what was made for them goes again: the whole request failed. */
  private List<ObservationId> recordOrUndo(List<NewObservation> all, @Nullable String idempotencyKey,
      byte @Nullable [] asked, DeepInsert deep) {
    try {
      return await(all, idempotencyKey, asked);
    } catch (CityProblem problem) {
      if (!deep.created().isEmpty()) {
        inTransaction(() -> {
          for (var created : deep.created().reversed()) {
            delete(created.type(), created.id());
          }
          return Boolean.TRUE;
        });
      }
      throw problem;
    }
  }

  /** What the store of Observations does not check itself. */
  void check(NewObservation observation) {
    var feature = observation.featureId();
    if (feature != null) {
      if (!features.exists(feature)) {
        throw unknown("/FeatureOfInterest", EntityType.FEATURE_OF_INTEREST, feature);
      }
    } else if (!features.isPlaced(observation.datastreamId())) {
      throw noFeature(observation.datastreamId());
    }
  }

  /** As {@link #check}, within the transaction that made the Datastream. */
  private void checkPlaced(NewObservation observation) {
    if (observation.featureId() == null && !store.isPlaced(observation.datastreamId())) {
      throw noFeature(observation.datastreamId());
    }
  }

  private List<ObservationId> await(List<NewObservation> all, @Nullable String idempotencyKey,
      byte @Nullable [] asked) {
    try {
      return observations.record(all, Observations.Repeats.KEEP, idempotencyKey, asked).get(PATIENCE_SECONDS,
          TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CityProblem problem) {
        throw problem;
      }
      throw busy("The Observations could not be stored.", e);
    } catch (TimeoutException e) {
      throw busy("The store did not answer within %d s; it is not known whether it stored the Observations."
          .formatted(PATIENCE_SECONDS), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy("The program is about to stop.", e);
    }
  }

  /** The store commits Observations by itself: they cannot be part of an open transaction. */
  private static SensorThingsProblem inGroup() {
    return SensorThingsProblem.badRequest("""
                                          An Observation stands in an atomicityGroup, expected none there: the store \
                                          commits Observations on their own.
                                          Send it outside of the group, or with CreateObservations.\
                                          """);
  }

  /** Within an open transaction the work joins it; who opened it tries again. */
  <T> T inTransaction(Supplier<T> work) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return work.get();
    }
    if (space.isShort()) {
      throw space.full();
    }
    for (int attempt = 1;; attempt++) {
      try {
        var result = transaction.execute(status -> work.get());
        if (result == null) {
          throw new IllegalStateException("A transaction has no result, expected one.");
        }
        return result;
      } catch (ConcurrencyFailureException | DuplicateKeyException e) {
        if (attempt == ATTEMPTS) {
          throw busy("Others change the same entities at the same time.", e);
        }
      } catch (DataIntegrityViolationException e) {
        throw new CityProblem("sensorthings-conflict", HttpStatus.CONFLICT,
            """
            The store refuses this, expected entities that exist and values it can hold.
            Maybe one of the entities was deleted meanwhile.\
            """);
      } catch (DataAccessException | TransactionException e) {
        throw busy("The store does not answer.", e);
      }
    }
  }

  private static ObjectNode object(JsonNode body) {
    if (body instanceof ObjectNode object) {
      return object;
    }
    throw JsonInput.problem("The body is no JSON object, expected properties as { … }.");
  }

  private static NewObservation withFeature(NewObservation plain, int feature) {
    return new NewObservation(plain.datastreamId(), plain.phenomenonTime(), plain.phenomenonEnd(), plain.resultTime(),
        plain.result(), feature, plain.extras());
  }

  private static void requireEntity(ResourcePath path) {
    if (path.isRoot() || path.isSet() || !path.property().isEmpty() || path.form() != ResourcePath.Form.ENTITY) {
      throw notAllowed("This path names no single entity.", "Maybe add a key: Things(1).");
    }
  }

  static CityProblem notAllowed(String what, String advice) {
    return new CityProblem("sensorthings-method", HttpStatus.METHOD_NOT_ALLOWED, what + "\n" + advice);
  }

  private static CityProblem unknown(String place, EntityType type, int id) {
    return new CityProblem("sensorthings-reference", HttpStatus.UNPROCESSABLE_CONTENT,
        """
        %s names %s(%d), which does not exist here; expected one that does.
        Maybe it was deleted, or belongs to another municipality.\
        """.formatted(place, type.plural(), id));
  }

  static CityProblem noFeature(int datastream) {
    return new CityProblem("observation-without-feature", HttpStatus.CONFLICT,
        """
        The Observation names no FeatureOfInterest, and the Thing of Datastream %d has no Location to make one from.
        Maybe give the Thing a Location, or name a FeatureOfInterest.\
        """.formatted(datastream));
  }

  private static CityProblem busy(String why, Throwable cause) {
    var problem = new CityProblem("hub-busy", HttpStatus.SERVICE_UNAVAILABLE, why + "\nSend it again in a moment.",
        Map.of("retryAfterSeconds", 2));
    problem.initCause(cause);
    return problem;
  }
}
