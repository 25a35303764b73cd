package de.citycloud.platform.hub.page;

import de.citycloud.platform.hub.Observations;
import de.citycloud.platform.hub.ObservationsRecorded;
import de.citycloud.platform.hub.ObservationsRecorded.Recorded;
import de.citycloud.platform.hub.Reading;
import de.citycloud.platform.hub.Result;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands committed values on to the open live streams. The commit lane only drops its batch here; a thread of our own
 * looks up what the values belong to. Of a batch with more than {@value #LARGE_BATCH} values only the newest of each
 * Datastream goes on: nobody watches an import of history live.
 */
@Component
@EnableConfigurationProperties(LiveProperties.class)
class LiveStreams implements SmartLifecycle {
  private static final int LARGE_BATCH = 500;
  private static final int BATCHES = 64;
  private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
  private final ObjectProvider<Observations> observations;
  private final LiveSeries series;
  private final LiveProperties limits;
  private final JsonMapper json;
  private final Semaphore free;
  private final Map<Integer, Set<LiveStream>> open = new ConcurrentHashMap<>();
  private final BlockingQueue<ObservationsRecorded> batches = new ArrayBlockingQueue<>(BATCHES);
  private volatile Observations.@Nullable Subscription subscription;
  private volatile @Nullable Thread reader;

  LiveStreams(ObjectProvider<Observations> observations, LiveSeries series, LiveProperties limits, JsonMapper json) {
    this.observations = observations;
    this.series = series;
    this.limits = limits;
    this.json = json;
    this.free = new Semaphore(limits.clients());
  }

  /** Where to write once a client is let in. */
  interface Opened {
    OutputStream out() throws java.io.IOException;
  }

  /**
   * Writes to a client until it leaves.
   *
   * @throws CityProblem {@code live-full} (503) if too many clients listen already
   */
  void serve(LiveFilter filter, Opened client) throws java.io.IOException {
    if (!free.tryAcquire()) {
      throw new CityProblem("live-full", HttpStatus.SERVICE_UNAVAILABLE,
          """
          %d live streams are open, which is all this program serves at a time.
          Maybe ask for the map layer every minute instead, or come back in half a minute.\
          """.formatted(limits.clients()), Map.of("retryAfterSeconds", 30));
    }
    var municipality = CurrentMunicipality.get().id();
    var stream = new LiveStream(filter);
    try {
      var out = client.out();
      open.compute(municipality, (id, streams) -> {
        var all = streams == null ? ConcurrentHashMap.<LiveStream>newKeySet() : streams;
        all.add(stream);
        return all;
      });
      if (isRunning()) {
        stream.writeTo(out, limits.heartbeat());
      }
    } finally {
      open.computeIfPresent(municipality, (id, streams) -> {
        streams.remove(stream);
        return streams.isEmpty() ? null : streams;
      });
      free.release();
    }
  }

  /** Called in the commit lane: never waits, and costs nothing where nobody listens. */
  private void take(ObservationsRecorded batch) {
    if (!open.containsKey(batch.municipality().id())) {
      return;
    }
    if (!batches.offer(new ObservationsRecorded(batch.municipality(), thinned(batch.observations())))) {
      LOG.warn("{} batches wait for the live stream; it starts anew.", BATCHES);
      streamsOf(batch.municipality().id()).forEach(LiveStream::close);
    }
  }

  private static List<Recorded> thinned(List<Recorded> observations) {
    if (observations.size() <= LARGE_BATCH) {
      return observations;
    }
    var newest = new LinkedHashMap<Integer, Recorded>();
    for (var recorded : observations) {
      newest.merge(recorded.id().datastreamId(), recorded,
          (one, other) -> other.id().phenomenonTime().isBefore(one.id().phenomenonTime()) ? one : other);
    }
    return List.copyOf(newest.values());
  }

  private Set<LiveStream> streamsOf(int municipality) {
    return open.getOrDefault(municipality, Set.of());
  }

  private void handOn() {
    try {
      while (true) {
        var batch = batches.take();
        try {
          CurrentMunicipality.run(batch.municipality(), () -> handOn(batch));
        } catch (RuntimeException e) {
          LOG.warn("A batch did not reach the live stream of {}: {}", batch.municipality().slug(), e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      // The program stops.
    }
  }

  private void handOn(ObservationsRecorded batch) {
    var streams = streamsOf(batch.municipality().id());
    if (streams.isEmpty()) {
      return;
    }
    var ids = batch.observations().stream().map(recorded -> recorded.id().datastreamId()).distinct().toList();
    var found = series.find(batch.municipality(), ids);
    for (var recorded : batch.observations()) {
      var of = found.get(recorded.id().datastreamId());
      if (of != null) {
        String event = null;
        for (var stream : streams) {
          if (stream.filter().wants(of)) {
            event = event == null ? event(recorded, of) : event;
            stream.offer(event);
          }
        }
      }
    }
  }

  private String event(Recorded recorded, LiveSeries.Series of) {
    var observation = recorded.observation();
    var time = observation.phenomenonEnd() == null ? observation.phenomenonTime() : observation.phenomenonEnd();
    var blank = of.reading();
    var value = observation.result() instanceof Result.Numeric number ? number.value() : null;
    var text = observation.result() instanceof Result.Json other
        ? other.value().isString() ? other.value().asString() : other.value().toString()
        : null;
    var now = Instant.now();
    var place = of.place().withMain(new Reading(blank.datastreamId(), blank.name(), blank.unit(), blank.role(),
        blank.interval(), time, value, text, now));
    var data = json.createObjectNode().put("id", recorded.id().toString()).put("thing", place.id())
        .put("kind", place.kind().key()).put("main", of.main()).put("state", place.stateAt(now).key());
    PlaceJson.addReading(data, place);
    return "id: " + recorded.id() + "\nevent: observation\ndata: " + json.writeValueAsString(data) + "\n\n";
  }

  @Override
  public void start() {
    reader = Thread.ofVirtual().name("live-stream").start(this::handOn);
    observations.ifAvailable(hub -> subscription = hub.subscribe(this::take));
  }

  @Override
  public void stop() {
    var commits = subscription;
    if (commits != null) {
      commits.close();
    }
    var thread = reader;
    reader = null;
    if (thread != null) {
      thread.interrupt();
    }
    open.values().forEach(streams -> streams.forEach(LiveStream::close));
  }

  @Override
  public boolean isRunning() {
    return reader != null;
  }

  /** Stops first: the web server waits for open requests before it goes. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
