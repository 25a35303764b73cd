package de.citycloud.platform.hub.connector;

import de.citycloud.platform.hub.NewObservation;
import de.citycloud.platform.hub.Observations;
import de.citycloud.platform.hub.source.Findings;
import de.citycloud.platform.hub.source.SourceRecord;
import de.citycloud.platform.hub.source.SourceRecord.DatastreamFound;
import de.citycloud.platform.hub.source.SourceRecord.EventFound;
import de.citycloud.platform.hub.source.SourceRecord.ObservationFound;
import de.citycloud.platform.hub.source.SourceRecord.ThingFound;
import de.citycloud.platform.problem.CityProblem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stores what a connector finds, in batches: first Things and Datastreams, then their Observations, durable before the
 * next batch. A repeated input changes nothing. One writer serves one input.
 */
final class RecordWriter implements Findings {
  private static final int BATCH = 5_000;
  private static final int REJECTED_BATCH = 200;
  private static final int REJECTED_KEPT = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  /** A clock may be wrong by this much before the value says so. */
  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Duration BEHIND = Duration.ofMinutes(30);
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private final SourceRow source;
  private final Observations store;
  private final EntityUpsert entities;
  private final Quarantine quarantine;
  private final JsonMapper json;
  private final Instant receivedAt;
  private final boolean live;

  private final Map<String, ThingFound> things = new LinkedHashMap<>();
  private final Map<String, DatastreamFound> streams = new LinkedHashMap<>();
  private final List<ObservationFound> observations = new ArrayList<>();
  private final List<Quarantine.Entry> rejected = new ArrayList<>();
  private int rejectedKept;
  private @Nullable Instant newest;

  /** @param live true if the source tells a value as soon as it has it, so that an old time is a wrong clock */
  RecordWriter(SourceRow source, Observations store, EntityUpsert entities, Quarantine quarantine, JsonMapper json,
      Instant receivedAt, boolean live) {
    this.source = source;
    this.store = store;
    this.entities = entities;
    this.quarantine = quarantine;
    this.json = json;
    this.receivedAt = receivedAt;
    this.live = live;
  }

  /** Newest phenomenonTime stored that is not ahead of the clock; null if none. */
  @Nullable
  Instant newest() {
    return newest;
  }

  @Override
  public void accept(SourceRecord found) throws IOException {
    switch (found) {
      case ThingFound thing -> {
        if (observations.size() >= BATCH || things.size() >= BATCH) {
          flush(); // here and nowhere else, so that a Thing and what is said of it stay together
        }
        var before = things.get(thing.id());
        if (before == null || before.sketch() || !thing.sketch()) {
          things.put(thing.id(), thing);
        }
      }
      case DatastreamFound stream -> streams.put(stream.thingId() + '\0' + stream.key(), stream);
      case ObservationFound observation -> {
        if (observation.time().isBefore(EARLIEST) || observation.time().isAfter(LATEST)) {
          reject("Thing " + observation.thingId(),
              "The time is %s, expected one from 1900 to 2200.".formatted(observation.time()), null);
        } else {
          observations.add(observation);
        }
      }
      case EventFound _ -> {
        // counted, not stored yet
      }
    }
  }

  @Override
  public void reject(String place, String reason, @Nullable String excerpt) throws IOException {
    if (rejectedKept < REJECTED_KEPT) {
      rejectedKept++;
      rejected.add(new Quarantine.Entry(place, reason, excerpt));
      if (rejected.size() >= REJECTED_BATCH) {
        keepRejected();
      }
    }
  }

  /** Stores what is left. */
  void flush() throws IOException {
    saveEntities();
    if (!observations.isEmpty()) {
      record();
    }
    observations.clear();
    things.clear();
    streams.clear();
    keepRejected();
  }

  private void keepRejected() {
    if (!rejected.isEmpty()) {
      quarantine.add(source.id(), rejected);
      rejected.clear();
    }
  }

  private void saveEntities() throws IOException {
    if (things.isEmpty()) {
      return;
    }
    var known = entities.findThings(source.id(), things.keySet());
    var changed = new ArrayList<ThingFound>();
    int fresh = 0;
    for (var thing : things.values()) {
      var before = known.get(thing.id());
      if (before == null) {
        fresh++;
        changed.add(thing);
      } else if (!thing.sketch() && !Arrays.equals(before.fingerprint(), entities.fingerprint(thing))) {
        changed.add(thing);
      }
    }
    if (fresh > 0 && entities.countThings(source.id()) + fresh > EntityUpsert.MAX_THINGS) {
      changed.removeIf(thing -> !known.containsKey(thing.id()));
      reject("the whole input", "The source describes more than %,d Things, expected fewer; new ones are left out."
          .formatted(EntityUpsert.MAX_THINGS), null);
    }
    var knownStreams = entities.findDatastreams(source.id(), things.keySet());
    var changedStreams = streams.values().stream().filter(stream -> {
      var before = knownStreams.get(stream.thingId() + '\0' + stream.key());
      return before == null || !Arrays.equals(before.fingerprint(),
          entities.fingerprint(stream, EntityUpsert.interval(source, stream)));
    }).toList();
    if (!changed.isEmpty() || !changedStreams.isEmpty()) {
      entities.save(source, changed, changedStreams);
    }
  }

  private void record() throws IOException {
    var ids = new HashMap<String, Integer>();
    entities.findDatastreams(source.id(), observations.stream().map(ObservationFound::thingId).distinct().toList())
        .forEach((key, known) -> ids.put(key, known.datastreamId()));
    var batch = new ArrayList<NewObservation>(observations.size());
    for (var found : observations) {
      var id = ids.get(found.thingId() + '\0' + found.datastreamKey());
      if (id != null) {
        batch.add(new NewObservation(id, found.time(), found.end(), null, found.result(), null, extras(found)));
        if ((newest == null || found.time().isAfter(newest)) && !found.time().isAfter(receivedAt.plus(AHEAD))) {
          newest = found.time();
        }
      }
    }
    if (!batch.isEmpty()) {
      await(batch);
    }
  }

  private void await(List<NewObservation> batch) {
    try {
      store.record(batch, Observations.Repeats.STORE_ONCE, null).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | CompletionException e) {
      throw e.getCause() instanceof CityProblem problem
          ? problem
          : new IllegalStateException("The store failed", e.getCause());
    } catch (TimeoutException e) {
      throw busy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
  }

  private static CityProblem busy() {
    return new CityProblem("hub-busy", HttpStatus.SERVICE_UNAVAILABLE,
        "The store did not answer within %d s.\nMaybe send it again in a while.".formatted(PATIENCE.toSeconds()),
        Map.of("retryAfterSeconds", 10));
  }

  private @Nullable ObjectNode extras(ObservationFound found) {
    var reasons = new ArrayList<>(found.flags());
    if (found.time().isAfter(receivedAt.plus(AHEAD))) {
      reasons.add("clock-ahead");
    } else if (live && found.time().isBefore(receivedAt.minus(BEHIND))) {
      reasons.add("clock-behind");
    }
    if (reasons.isEmpty() && found.parameters().isEmpty()) {
      return null;
    }
    var extras = json.createObjectNode();
    if (!reasons.isEmpty()) {
      var quality = extras.putObject("resultQuality").put("status", "suspect").putArray("reasons");
      reasons.forEach(quality::add);
    }
    if (!found.parameters().isEmpty()) {
      extras.set("parameters", json.valueToTree(new java.util.TreeMap<>(found.parameters())));
    }
    return extras;
  }
}
