package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.ObservationId;
import de.citycloud.platform.hub.sensorthings.Link.Join;
import de.citycloud.platform.municipality.CurrentMunicipality;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the one entity to which a path leads, so that it can be changed. */
@Component
class EntityPaths {
  private final JdbcClient jdbc;
  private final EntityStore store;
  private final ObservationStore observations;

  EntityPaths(JdbcClient jdbc, EntityStore store, ObservationStore observations) {
    this.jdbc = jdbc;
    this.store = store;
    this.observations = observations;
  }

  /** An entity that exists. */
  sealed interface Found {
    /** One of the seven kinds with a number of their own. */
    record Entity(EntityType type, int id) implements Found {}

    /** An Observation, under its present id. */
    record Observation(ObservationId id) implements Found {}
  }

  /** @throws SensorThingsProblem 404 if nothing is there */
  Found get(List<ResourcePath.Step> steps) {
    var found = start(steps.getFirst());
    for (var step : steps.subList(1, steps.size())) {
      found = follow(found, step);
    }
    return found;
  }

  private Found start(ResourcePath.Step step) {
    var id = step.id();
    if (id == null) {
      throw SensorThingsProblem.badRequest("%s names all of them, expected a key: %s(1).".formatted(
          step.type().plural(), step.type().plural()));
    }
    if (step.type() == EntityType.OBSERVATION) {
      return id.observation().flatMap(observations::find).map(Found.Observation::new).orElseThrow(() -> none(step));
    }
    return id.number().filter(number -> store.exists(step.type(), number))
        .map(number -> new Found.Entity(step.type(), number)).orElseThrow(() -> none(step));
  }

  private Found follow(Found from, ResourcePath.Step step) {
    var link = step.link();
    if (link == null) {
      throw new IllegalStateException("Only the first step of a path has no link.");
    }
    if (link.many()) {
      var target = start(step);
      if (!isLinked(from, link, target)) {
        throw none(step);
      }
      return target;
    }
    var column = switch (from) {
      case Found.Entity(var type, var id) when link.join() instanceof Join.Forward(var name) -> store
          .column(type, id, name).map(Integer::valueOf);
      case Found.Observation(var id) when link.target() == EntityType.DATASTREAM -> Optional.of(id.datastreamId());
      case Found.Observation(var id) -> featureOf(id);
      default -> Optional.<Integer>empty();
    };
    return new Found.Entity(link.target(), column.orElseThrow(() -> none(step)));
  }

  private boolean isLinked(Found from, Link link, Found target) {
    return switch (target) {
      case Found.Observation(var id) when from instanceof Found.Entity(var type, var parent) ->
        parent == (type == EntityType.DATASTREAM
            ? id.datastreamId()
            : featureOf(id).orElse(0));
      case Found.Entity(var type, var id) when from instanceof Found.Entity(var source, var parent) -> switch (link
          .join()) {
        case Join.Backward(var column) -> store.column(type, id, column).equals(Optional.of(parent + ""));
        case Join.Through through -> store.linked(through, parent).contains(id);
        default -> false;
      };
      default -> false;
    };
  }

  private Optional<Integer> featureOf(ObservationId id) {
    return jdbc
        .sql("""
             select coalesce(o.feature_id, d.default_feature_id) from observation o
             join datastream d on d.municipality_id = o.municipality_id and d.id = o.datastream_id
             where o.municipality_id = ? and o.datastream_id = ? and o.phenomenon_time = at_micros(?) and o.seq = ?
               and coalesce(o.feature_id, d.default_feature_id) is not null
             """).param(CurrentMunicipality.get().id()).param(id.datastreamId()).param(id.epochMicros()).param(id.seq())
        .query(Integer.class).optional();
  }

  private static SensorThingsProblem none(ResourcePath.Step step) {
    return SensorThingsProblem
        .notFound("""
                  There is no %s%s here.
                  Maybe it was deleted, or belongs to another municipality.\
                  """.formatted(step.type().singular(), step.id() == null ? "" : " " + step.id()));
  }
}
